package grad.kernel;

import java.util.regex.Pattern;

/** A magic was used wrongly, or could not do its work; the message is one line that says what to do, and no password: notebooks keep errors. */
final class MagicError extends CellError {
    private static final Pattern PASSWORD = Pattern.compile("(?<=:/{1,2})[^/\\s]+@|[^/\\s:]+:[^/\\s]*@");

    MagicError(String message) {
        super("MagicError", PASSWORD.matcher(message).replaceAll("…@"));
    }
}
