package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.function.Supplier;

/** {@code System.in} of a cell: each line is asked of the front end when it is needed. */
final class Input extends InputStream {
    private final Supplier<String> ask;
    private byte[] line = {};
    private int at;

    Input(Supplier<String> ask) {
        this.ask = ask;
    }

    @Override public synchronized int read() {
        fill();
        return line[at++] & 0xFF;
    }

    @Override public synchronized int read(byte[] bytes, int offset, int length) {
        if (length == 0) return 0;
        fill();
        int n = Math.min(length, available());
        System.arraycopy(line, at, bytes, offset, n);
        at += n;
        return n;
    }

    @Override public synchronized int available() {
        return line.length - at;
    }

    private void fill() {
        if (available() > 0) return;
        line = (ask.get() + "\n").getBytes(UTF_8);
        at = 0;
    }
}
