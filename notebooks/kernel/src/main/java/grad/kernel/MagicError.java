package grad.kernel;

/** A magic was used wrongly, or could not do its work; the message is one line that says what to do. */
final class MagicError extends Exception {
    MagicError(String message) {
        super(Maven.withoutPasswords(message));
    }
}
