package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The cells run so far in this process. */
final class History {
    private static final int SESSION = 1;

    private record Entry(int number, String code, String result) { }

    private final List<Entry> entries = new ArrayList<>();

    void add(int number, String code, String result) {
        entries.add(new Entry(number, code, result));
    }

    /** Answers a history request: the last n entries, a range of numbers, or those that match a pattern. */
    JsonObject answer(JsonObject request) {
        boolean withOutput = Json.flag(request, "output", false);
        JsonArray history = new JsonArray();
        for (Entry entry : select(request)) {
            JsonArray row = new JsonArray();
            row.add(SESSION);
            row.add(entry.number);
            row.add(withOutput ? Json.GSON.toJsonTree(new String[] {entry.code, entry.result}) : Json.GSON.toJsonTree(entry.code));
            history.add(row);
        }
        return Json.object("status", "ok", "history", history);
    }

    private List<Entry> select(JsonObject request) {
        return switch (Json.text(request, "hist_access_type", "tail")) {
            case "range" -> range(Json.number(request, "session", 0), Json.number(request, "start", 0),
                    Json.number(request, "stop", Integer.MAX_VALUE));
            case "search" -> last(Json.number(request, "n", Integer.MAX_VALUE),
                    search(Json.text(request, "pattern", "*"), Json.flag(request, "unique", false)));
            default -> last(Json.number(request, "n", Integer.MAX_VALUE), entries);
        };
    }

    /** Session 0 is the current one, as is 1. */
    private List<Entry> range(int session, int start, int stop) {
        if (session != 0 && session != SESSION) return List.of();
        return entries.stream().filter(entry -> entry.number >= start && entry.number < stop).toList();
    }

    private List<Entry> search(String glob, boolean unique) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (!matches(glob, entry.code)) continue;
            if (unique) found.removeIf(earlier -> earlier.code.equals(entry.code));
            found.add(entry);
        }
        return found;
    }

    /** A star that fails takes one character more; those before it need no other try. A regular expression would try them all, for ever. */
    private static boolean matches(String glob, String text) {
        int g = 0, t = 0, star = -1, starEnd = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                starEnd = t;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++starEnd;
            } else
                return false;
        }
        return glob.substring(g).chars().allMatch(c -> c == '*');
    }

    private static List<Entry> last(int n, List<Entry> from) {
        return from.subList(Math.max(0, from.size() - Math.max(0, n)), from.size());
    }
}
