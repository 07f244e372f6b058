package grad.kernel;

/** The user interrupted the cell. */
final class CellInterrupted extends RuntimeException {
    CellInterrupted(String message) {
        super(message, null, false, false);
    }
}
