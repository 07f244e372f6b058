package grad.kernel;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Values as readable text: arrays and collections by their elements, long ones shortened with a count. */
final class PlainText {
    private static final int MOST_ELEMENTS = 100;
    private static final int MOST_CHARACTERS = 20_000;
    private static final int LONGEST = 1_000_000;

    private PlainText() { }

    /** As much of the text as a front end can show. */
    static String shortened(Object value) {
        return shortened(value instanceof String string ? string : of(value), LONGEST);
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "… " + text.length() + " characters in all";
    }

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text, Collections.newSetFromMap(new IdentityHashMap<>()));
        return text.toString();
    }

    /** Text that the JVM has made, as {@code because "REPL.$JShell$32.s" is null}, without the class around a cell's own name. */
    static String plain(String text) {
        return text == null ? null : text.replaceAll("REPL\\.\\$JShell\\$\\w+[.$]", "");
    }

    /** The value's own text; where that begins with the name of its class, as an exception's does, the name is as the cell wrote it. */
    static String own(Object value) {
        String text = String.valueOf(value);
        if (value instanceof Class) return plain(text);
        String name = value == null ? "" : value.getClass().getName();
        return text.startsWith(name) ? plain(name) + text.substring(name.length()) : text;
    }

    /** {@code within} are the containers that this value is in; one may contain itself. */
    private static void write(Object value, StringBuilder text, Set<Object> within) {
        if (value == null || !(value.getClass().isArray() || isContainer(value)))
            text.append(own(value));
        else if (!within.add(value))
            text.append("…");
        else {
            writeContainer(value, text, within);
            within.remove(value);
        }
    }

    private static boolean isContainer(Object value) {
        return (value instanceof Collection || value instanceof Map || value instanceof Map.Entry) && hasPlainToString(value);
    }

    private static void writeContainer(Object value, StringBuilder text, Set<Object> within) {
        if (value instanceof Collection<?> collection)
            list(collection.iterator(), collection.size(), "[", "]", text, within);
        else if (value instanceof Map<?, ?> map)
            list(map.entrySet().iterator(), map.size(), "{", "}", text, within);
        else if (value instanceof Map.Entry<?, ?> entry) {
            write(entry.getKey(), text, within);
            text.append('=');
            write(entry.getValue(), text, within);
        } else {
            int length = Array.getLength(value);
            list(IntStream.range(0, length).mapToObj(i -> Array.get(value, i)).iterator(), length, "[", "]", text, within);
        }
    }

    private static void list(Iterator<?> elements, int size, String open, String close, StringBuilder text, Set<Object> within) {
        text.append(open);
        for (int i = 0; elements.hasNext(); i++) {
            if (i > 0) text.append(", ");
            if (i == MOST_ELEMENTS || text.length() > MOST_CHARACTERS) {
                text.append("… ").append(size).append(" in all");
                break;
            }
            write(elements.next(), text, within);
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
