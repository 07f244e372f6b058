package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
            case "range" -> range(Json.number(request, "session", 0), Json.number(request, "start", 0), Json.number(request, "stop", Integer.MAX_VALUE));
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
        String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (!pattern.matcher(entry.code).matches()) continue;
            if (unique) found.removeIf(earlier -> earlier.code.equals(entry.code));
            found.add(entry);
        }
        return found;
    }

    private static List<Entry> last(int n, List<Entry> from) {
        return from.subList(Math.max(0, from.size() - Math.max(0, n)), from.size());
    }
}
