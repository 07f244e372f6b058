package grad.plots;

/** The words that stand for a picture: its kind, its title unless that is empty, and what is in it. */
final class Alt {
    private Alt() {}

    static String of(String kind, String title, String content) {
        return (title.isEmpty() ? kind : kind + ": " + title) + " (" + content + ")";
    }

    /** {@code 1 value}, {@code 2 values}. */
    static String count(long n, String one) {
        return n + " " + one + (n == 1 ? "" : "s");
    }
}
