package grad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file to be run as if it stood in the cell: Java, or a notebook's cells of code. */
record CodeFile(Path path, List<Source> code) {
    /** Reads the file of this name; its extension may be left out. */
    static CodeFile read(String name) throws MagicError, IOException {
        Path file = Stream.of("", ".ipynb", ".jshell", ".jsh", ".java").map(extension -> Path.of(name + extension))
                .filter(Files::isRegularFile).findFirst().orElseThrow(() -> MagicError.lookedFromHere("no file " + name));
        String text = Files.readString(file);
        boolean notebook = file.toString().endsWith(".ipynb");
        return new CodeFile(file.toRealPath(), notebook ? cells(file, text) : List.of(new Source(file.getFileName().toString(), text)));
    }

    private static List<Source> cells(Path notebook, String text) throws MagicError {
        try {
            if (!(JsonParser.parseString(text).getAsJsonObject().get("cells") instanceof JsonArray all))
                throw new IllegalStateException("there is no list of cells in it");
            List<Source> code = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                JsonObject cell = all.get(i).getAsJsonObject();
                if (Json.text(cell, "cell_type", "").equals("code"))
                    code.add(new Source(notebook.getFileName() + " [" + (i + 1) + "]", source(cell.get("source"))));
            }
            return code;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw new MagicError("cannot read " + notebook + ": " + e.getMessage());
        }
    }

    private static String source(JsonElement source) {
        if (source == null) throw new IllegalStateException("one of its cells has no source");
        if (!(source instanceof JsonArray lines)) return source.getAsString();
        return StreamSupport.stream(lines.spliterator(), false).map(JsonElement::getAsString).collect(Collectors.joining());
    }
}
