package grad.kernel;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A magic was used wrongly, or could not do its work; one line says what to do, and no password: notebooks keep errors. */
final class MagicError extends CellError {
    private static final Pattern PASSWORD = Pattern.compile("(?<=:/{1,2})[^/\\s]+@|[^/\\s:]+:[^/\\s]*@");

    MagicError(String message) {
        super("MagicError", PASSWORD.matcher(message).replaceAll("…@"));
    }

    /** That something is not where it was looked for. */
    static MagicError lookedFromHere(String message) {
        return new MagicError(message + " (looked from " + Path.of("").toAbsolutePath() + ")");
    }
}
