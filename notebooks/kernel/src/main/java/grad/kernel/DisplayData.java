package grad.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** A value in the forms a front end can show, by mime type. */
public record DisplayData(Map<String, Object> data) {
    private static final String TEXT = "text/plain";

    /** Renders a value as the given mime types; without any, an image as PNG and everything else as text. */
    static DisplayData of(Object value, String... mimes) {
        if (value instanceof DisplayData rendered && mimes.length == 0) return rendered;
        Map<String, Object> data = new LinkedHashMap<>();
        for (String mime : mimes) data.put(mime, as(mime, value));
        if (mimes.length == 0) {
            if (value instanceof RenderedImage) data.put("image/png", as("image/png", value));
            data.put(TEXT, as(TEXT, value));
        }
        return new DisplayData(data);
    }

    private static Object as(String mime, Object value) {
        if (value instanceof RenderedImage image)
            return mime.equals(TEXT) ? "image " + image.getWidth() + " x " + image.getHeight() : encode(image, mime);
        if (value instanceof byte[] bytes && !mime.equals(TEXT))
            return isText(mime) ? new String(bytes, UTF_8) : Base64.getEncoder().encodeToString(bytes);
        if (mime.equals(TEXT)) return PlainText.shortened(value);
        String text = PlainText.of(value);
        return mime.equals("application/json") || mime.endsWith("+json") ? json(text) : text;
    }

    private static boolean isText(String mime) {
        return mime.startsWith("text/") || mime.endsWith("+xml") || mime.endsWith("json") || mime.endsWith("javascript");
    }

    private static String encode(RenderedImage image, String mime) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (mime.startsWith("image/") && ImageIO.write(image, mime.substring("image/".length()), bytes))
                return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("cannot encode the image as " + mime, e);
        }
        if (image.getColorModel().hasAlpha())
            throw new IllegalArgumentException("an image with transparency cannot be shown as " + mime + ": use image/png");
        throw new IllegalArgumentException("an image cannot be shown as " + mime + ": use image/png, image/jpeg or image/gif");
    }

    private static JsonElement json(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("this is not JSON: " + e.getMessage(), e);
        }
    }
}
