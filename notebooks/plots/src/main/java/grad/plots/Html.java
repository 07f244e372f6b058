package grad.plots;

import java.util.regex.Pattern;

/** Text made safe between tags, in attributes and in SVG. */
final class Html {
    /** What no XML may hold, not even as a number: control characters, halves of a pair, and two that are no characters. */
    private static final Pattern NO_CHARACTERS = Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private Html() {}

    static String escape(String text) {
        return NO_CHARACTERS.matcher(text).replaceAll("\uFFFD")
                .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
