package grad.kernel;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/** Values as readable text: arrays and collections by their elements, long ones shortened with a count. */
final class PlainText {
    private static final int MOST_ELEMENTS = 100;
    private static final int MOST_CHARACTERS = 20_000;

    private static final int LONGEST = 1_000_000;

    private PlainText() { }

    /** As much of the text as a front end can show. */
    static String shortened(Object value) {
        String text = value instanceof String string ? string : of(value);
        if (text.length() <= LONGEST) return ErrorText.plain(text);
        return ErrorText.plain(text.substring(0, LONGEST)) + "… " + text.length() + " characters in all";
    }

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return ErrorText.plain(text.toString());
    }

    private static void write(Object value, StringBuilder text) {
        if (value != null && value.getClass().isArray())
            list(IntStream.range(0, Array.getLength(value)).mapToObj(i -> Array.get(value, i)).iterator(), Array.getLength(value), "[", "]", text);
        else if (value instanceof Collection<?> collection && hasPlainToString(value))
            list(collection.iterator(), collection.size(), "[", "]", text);
        else if (value instanceof Map<?, ?> map && hasPlainToString(value))
            list(map.entrySet().iterator(), map.size(), "{", "}", text);
        else if (value instanceof Map.Entry<?, ?> entry && hasPlainToString(value)) {
            write(entry.getKey(), text);
            text.append('=');
            write(entry.getValue(), text);
        } else
            text.append(value);
    }

    private static void list(Iterator<?> elements, int size, String open, String close, StringBuilder text) {
        text.append(open);
        for (int i = 0; elements.hasNext(); i++) {
            if (i > 0) text.append(", ");
            if (i == MOST_ELEMENTS || text.length() > MOST_CHARACTERS) {
                text.append("… ").append(size).append(" in all");
                break;
            }
            write(elements.next(), text);
        }
        text.append(close);
    }

    /** Whether toString is the JDK's own: a class that writes itself knows better. */
    private static boolean hasPlainToString(Object value) {
        try {
            return value.getClass().getMethod("toString").getDeclaringClass().getModule() == Object.class.getModule();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every object has toString", e);
        }
    }
}
