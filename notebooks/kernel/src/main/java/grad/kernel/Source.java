package grad.kernel;

/** A piece of code and where it stands: the cell or file it belongs to, and the number of its first line there. */
record Source(String place, int firstLine, String code) {
    Source(String place, String code) {
        this(place, 1, code);
    }

    /** The part from one offset to another, its line number kept; blank space in front of it is left out. */
    Source part(int from, int to) {
        while (from < to && Character.isWhitespace(code.charAt(from))) from++;
        return new Source(place, lineOf(from), code.substring(from, to));
    }

    /** The number of the line that a position is on. */
    int lineOf(int position) {
        return firstLine + (int) code.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    Source withSemicolon() {
        return new Source(place, firstLine, code + ";");
    }

    String line(int number) {
        return code.lines().skip(number - firstLine).findFirst().orElse("");
    }
}
