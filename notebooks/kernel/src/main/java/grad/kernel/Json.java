package grad.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Short forms for the JSON of the protocol. */
final class Json {
    static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() { }

    /** An object from alternating names and values. */
    static JsonObject object(Object... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2)
            object.add((String) namesAndValues[i], GSON.toJsonTree(namesAndValues[i + 1]));
        return object;
    }

    static String text(JsonObject object, String name, String otherwise) {
        return present(object, name) ? object.get(name).getAsString() : otherwise;
    }

    static boolean flag(JsonObject object, String name, boolean otherwise) {
        return present(object, name) ? object.get(name).getAsBoolean() : otherwise;
    }

    static int number(JsonObject object, String name, int otherwise) {
        return present(object, name) ? object.get(name).getAsInt() : otherwise;
    }

    private static boolean present(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && !value.isJsonNull();
    }
}
