package grad.plots;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A board to draw on, with a trained network inside that reads along. In the browser the drawing can then be changed along the network's
 * gradient, as far as it likes (a dream) or as little as it can (an adversary). Without script it shows the examples and one sentence.
 *
 * <pre>{@code
 * DrawingBoard board = new DrawingBoard("Draw a digit", 8, 8, 0, 16).framing(DrawingBoard.Framing.FILLED)
 *     .layer(weight1, bias1).layer(weight2, bias2).example(pixels, "a 3");
 * display(board.html(), "text/html");
 * Files.writeString(Path.of("draw-a-digit.html"), board.page());
 * }</pre>
 *
 * <p>The network is a chain of linear layers with a ReLU between each two; its last outputs are the scores of the classes. Its numbers
 * are written as float32 in base64, so that a page has about 5.4 bytes for each of them and 40 kB besides.
 */
public final class DrawingBoard {
    /** How a drawing is brought to the size and place of the images that the network was trained on. */
    public enum Framing {
        /** It stays where it was drawn. */
        NONE,
        /** As the 8×8 digits: stretched to the full height and 20 of 32 columns, in strokes of the usual weight. */
        FILLED,
        /** As MNIST (LeCun, Cortes and Burges 1998): in 20 of 28 pixels with its proportions, its centre of mass in the middle. */
        CENTRED
    }

    private final String title;
    private final int width;
    private final int height;
    private final double low;
    private final double high;
    private final List<Linear> layers = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private double divisor = 1;
    private Framing framing = Framing.NONE;
    private List<String> classes = List.of();
    private String caption = "";

    private record Linear(float[] weight, float[] bias) {}

    private record Example(float[] pixels, String name) {}

    /** For a network that takes images of {@code width × height} pixels from {@code low} (black, no ink) to {@code high} (white). */
    public DrawingBoard(String title, int width, int height, double low, double high) {
        Require.that(width > 0 && height > 0, "DrawingBoard: an image has at least one pixel, got " + width + "×" + height);
        Require.range("DrawingBoard", low, high);
        this.title = title;
        this.width = width;
        this.height = height;
        this.low = low;
        this.high = high;
    }

    /**
     * The next linear layer: {@code weight} is [outputs, inputs], row after row, and {@code bias} has one number per output.
     *
     * @throws IllegalArgumentException when it does not take what comes before it
     */
    public DrawingBoard layer(float[] weight, float[] bias) {
        int inputs = layers.isEmpty() ? width * height : outputs();
        Require.that(bias.length > 0 && weight.length == inputs * bias.length, "DrawingBoard: layer " + (layers.size() + 1) + " takes "
                + inputs + " inputs to " + bias.length + " outputs,"
                + " so its weights are " + inputs * bias.length + " numbers, got " + weight.length);
        layers.add(new Linear(weight.clone(), bias.clone()));
        return this;
    }

    /** What pixels are divided by before they enter the first layer, 1 unless set. */
    public DrawingBoard dividedBy(double divisor) {
        Require.that(divisor > 0 && divisor < Double.POSITIVE_INFINITY, "DrawingBoard: the divisor is positive and finite, got " + divisor);
        this.divisor = divisor;
        return this;
    }

    public DrawingBoard framing(Framing framing) {
        this.framing = framing;
        return this;
    }

    /** The names of the network's outputs, {@code 0, 1, 2 …} unless set. */
    public DrawingBoard classes(String... names) {
        classes = List.of(names);
        return this;
    }

    /** An image to begin with instead of a drawing; the first one is there from the start. */
    public DrawingBoard example(float[] pixels, String name) {
        Require.that(pixels.length == width * height, "DrawingBoard: an example of " + width + "×" + height + " has " + width * height
                + " pixels, got " + pixels.length);
        examples.add(new Example(pixels.clone(), name));
        return this;
    }

    /** A line of text above it. */
    public DrawingBoard withCaption(String caption) {
        this.caption = caption;
        return this;
    }

    /**
     * The board for {@code display(board.html(), "text/html")}: whole in itself, and as often on a page as one likes.
     *
     * @throws IllegalArgumentException without a layer, or when there are not as many names as classes
     */
    public String html() {
        return html(title);
    }

    /** The board as a page of its own, for a file. @throws IllegalArgumentException as {@link #html()} does */
    public String page() {
        return Resource.text("drawing-page.html").replace("${title}", Html.escape(title)).replace("${board}", html(""));
    }

    private String html(String heading) {
        Require.that(!layers.isEmpty(), "DrawingBoard: there is no network; add its layers first");
        Require.that(classes.isEmpty() || classes.size() == outputs(),
                "DrawingBoard: the network has " + outputs() + " outputs, got " + classes.size() + " names");
        return "<figure class=\"javagrad-drawing\" style=\"margin:4px 0;padding:10px;color:#24292f;"
                + "background-color:#ffffff;border:1px solid #e3e6ea;border-radius:10px\">"
                + "<style>" + Resource.text("drawing-board.css") + "</style>"
                + (heading.isEmpty() ? "" : "<p class=\"heading\"><b>" + Html.escape(heading) + "</b></p>")
                + (caption.isEmpty() ? "" : "<p>" + Html.escape(caption) + "</p>")
                + "<div class=\"still\">" + still()
                + "<p>Here you can draw, and a network reads along, where scripts may run;"
                + " in a notebook, trust it and run the cell.</p></div>"
                + "<script type=\"application/json\">" + data() + "</script>"
                + "<script>(() => {\n" + Resource.text("network.js") + Resource.text("sketch.js")
                + Resource.text("drawing-board.js") + "})();</script></figure>";
    }

    private String still() {
        if (examples.isEmpty()) return "";
        DigitSheet sheet = new DigitSheet("", width, height, low, high).columns(5);
        for (Example example : examples) sheet.digit(example.pixels, example.name);
        return sheet.figure().image("display:block;max-width:100%;height:auto");
    }

    private int outputs() {
        return layers.get(layers.size() - 1).bias.length;
    }

    /** What the script knows, as JSON. */
    String data() {
        List<String> names = classes.isEmpty() ? IntStream.range(0, outputs()).mapToObj(Integer::toString).toList() : classes;
        return ("{\"width\":%s,\"height\":%s,\"low\":%s,\"high\":%s,\"divisor\":%s,"
                + "\"framing\":%s,\"classes\":[%s],\"layers\":[%s],\"examples\":[%s]}").formatted(
                width, height, low, high, divisor, quoted(framing.name()),
                names.stream().map(DrawingBoard::quoted).collect(Collectors.joining(",")),
                layers.stream().map(layer -> "{\"weight\":%s,\"bias\":%s}".formatted(base64(layer.weight), base64(layer.bias)))
                        .collect(Collectors.joining(",")),
                examples.stream().map(example -> "{\"name\":%s,\"pixels\":%s}".formatted(quoted(example.name), base64(example.pixels)))
                        .collect(Collectors.joining(",")));
    }

    /** Letters that could end a text or a script element are written as their numbers. */
    private static String quoted(String text) {
        String safe = text.chars()
                .mapToObj(c -> c < ' ' || c == '"' || c == '\\' || c == '<' ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
        return '"' + safe + '"';
    }

    private static String base64(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }

    @Override
    public String toString() {
        return "DrawingBoard(\"" + title + "\", " + width + "×" + height + ", " + layers.size() + " layers)";
    }
}
