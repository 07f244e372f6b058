package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.scalar.MLP;
import grad.scalar.Value;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DiagramTest {
    private static Document parse(Figure figure) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(figure.svg().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document svg, String tag) {
        NodeList found = svg.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }

    private static List<String> texts(Figure figure) throws Exception {
        return elements(parse(figure), "text").stream().map(Element::getTextContent).toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static double height(Document svg, String text) {
        return elements(svg, "text").stream().filter(element -> element.getTextContent().equals(text))
                .mapToDouble(element -> number(element, "y")).min().getAsDouble();
    }

    /** Boxes of values have a corner radius of 6. */
    private static List<Rectangle2D> boxes(Figure figure) throws Exception {
        return elements(parse(figure), "rect").stream().filter(rect -> number(rect, "rx") == 6)
                .map(rect -> (Rectangle2D) new Rectangle2D.Double(number(rect, "x"), number(rect, "y"), number(rect, "width"),
                        number(rect, "height")))
                .toList();
    }

    private static void assertApart(Figure figure, int expected) throws Exception {
        List<Rectangle2D> boxes = boxes(figure);
        assertEquals(expected, boxes.size());
        Rectangle2D page = new Rectangle2D.Double(0, 0, figure.width(), figure.height());
        for (int i = 0; i < boxes.size(); i++) {
            assertTrue(page.contains(boxes.get(i)), "box " + i + " lies on the page");
            for (int j = 0; j < i; j++) assertFalse(boxes.get(i).intersects(boxes.get(j)), "boxes " + i + " and " + j + " overlap");
        }
    }

    private static int marks(Figure figure) throws Exception {
        return (int) elements(parse(figure), "rect").stream().filter(rect -> rect.getAttribute("fill").equals("#ffd27a")).count();
    }

    private static Value sumOfProducts() {
        Value a = Value.of(2).named("a");
        Value b = Value.of(3).named("b");
        return a.add(b).named("c").mul(4).named("d");
    }

    @Test
    void everyLabelNumberAndOperationIsWritten() throws Exception {
        Value d = sumOfProducts();
        d.backward();
        Figure figure = new GraphDrawing(d).figure();
        assertTrue(texts(figure).containsAll(List.of("a", "b", "c", "d", "+", "·", "2.0", "3.0", "5.0", "20.0", "4.0", "1.0",
                "data", "grad")));
        assertEquals("Computation graph: 5 values, 2 operations, output d = 20; gradients a 4, b 4, c 4, d 1", figure.alt());
        assertTrue(figure.html().contains("data:image/svg+xml;base64,"));
        assertFalse(texts(new GraphDrawing(d).withoutGradients().figure()).contains("grad"));
    }

    @Test
    void aConstantHasNoGradient() throws Exception {
        List<String> texts = texts(new GraphDrawing(Value.of(1).named("x").add(7)).figure());
        assertEquals(2, texts.stream().filter("grad"::equals).count(), "of x and the sum");
    }

    @Test
    void gradientsThatHaveJustArrivedAreMarked() throws Exception {
        Value d = sumOfProducts();
        Value c = d.parents().get(0);
        GraphDrawing drawing = new GraphDrawing(d);
        assertEquals(0, marks(drawing.figure()), "nothing has arrived yet");
        d.grad = 1;
        assertEquals(1, marks(drawing.figure()));
        d.propagate();
        assertEquals(1, marks(drawing.figure()), "only c, not d again");
        c.propagate();
        assertEquals(2, marks(drawing.figure()), "a and b");
        assertEquals(0, marks(drawing.figure()), "nothing new");
    }

    @Test
    void wordsSayWhatIsMarked() {
        Value d = Value.of(2).named("a").tanh().named("d");
        GraphDrawing drawing = new GraphDrawing(d);
        String graph = "Computation graph: 2 values, 1 operation, output d = 0.964028";
        assertEquals(graph + "; all gradients 0", drawing.figure().alt());
        d.grad = 1;
        assertEquals(graph + "; gradients d 1 (just arrived)", drawing.figure().alt());
        d.propagate();
        assertEquals(graph + "; gradients a 0.0707 (just arrived), d 1", drawing.figure().alt());
        drawing.withoutGradients().order(List.of(d)).highlight(d.parents());
        assertEquals(graph + "; badges d 1; highlighted a", drawing.figure().alt());
    }

    @Test
    void gradientsThatArriveDoNotMoveTheBoxes() throws Exception {
        Value root = Value.of(0.5).named("x").tanh().add(Value.of(1));
        GraphDrawing drawing = new GraphDrawing(root);
        List<Rectangle2D> before = boxes(drawing.figure());
        root.backward();
        assertEquals(before, boxes(drawing.figure()));
    }

    @Test
    void fortyNodesStandApart() throws Exception {
        Random random = new Random(1);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 10; i++) values.add(Value.of(random.nextGaussian()).named("p" + i));
        while (values.size() < 39) {
            Value newer = values.get(values.size() - 1 - random.nextInt(10));
            values.add(newer.mul(values.get(random.nextInt(values.size()))));
        }
        Value root = Value.sum(values);
        root.backward();
        int all = grad.scalar.Graph.record(root).nodes().size();
        assertApart(new GraphDrawing(root).figure(), all);
        Value product = values.get(0);
        for (Value value : values.subList(1, 10)) product = product.mul(value).tanh();
        assertApart(new GraphDrawing(product).figure(), 28);
    }

    @Test
    void aWholeNetworkIsOnePictureWithItsNeuronsInOrder() throws Exception {
        MLP mlp = MLP.tanh(new Random(7), 3, 4, 4, 1);
        Value out = mlp.forward(2, 3, -1)[0].named("out");
        out.backward();
        Figure figure = new GraphDrawing(out).figure();
        assertApart(figure, 3 + 9 + 18);
        Document svg = parse(figure);
        List<Double> firstWeights = List.of(0, 4, 8, 12, 16, 21, 26, 31).stream().map(i -> mlp.parameters().get(i))
                .map(weight -> height(svg, Numbers.decimal(weight.data))).toList();
        for (List<Double> layer : List.of(firstWeights.subList(0, 4), firstWeights.subList(4, 8))) {
            assertEquals(layer.stream().sorted().toList(), layer, "neurons stand in their order, the first on top");
        }
        List<String> texts = texts(figure);
        for (Value parameter : mlp.parameters()) assertTrue(texts.contains(Numbers.decimal(parameter.data)));
        assertEquals("Computation graph: 62 values, 18 operations, output out = " + Numbers.brief(out.data, 6), figure.alt());
        assertTrue(figure.width() < 1300, "wide: " + figure.width());
    }

    @Test
    void badgesAndHighlightsBelongToTheGraph() throws Exception {
        Value d = sumOfProducts();
        GraphDrawing drawing = new GraphDrawing(d).order(List.of(d, d.parents().get(0))).highlight(List.of(d));
        assertTrue(texts(drawing.figure()).containsAll(List.of("1", "2")));
        String message = assertThrows(IllegalArgumentException.class, () -> drawing.highlight(List.of(Value.of(1).named("z"))))
                .getMessage();
        assertEquals("GraphDrawing: z = Value(1, grad 0) is not part of this graph", message);
    }

    @Test
    void aGraphTooLargeForAPictureIsRefused() {
        Value x = Value.of(1);
        for (int i = 0; i < 100_000; i++) x = x.add(1);
        Value chain = x;
        String message = assertThrows(IllegalArgumentException.class, () -> new GraphDrawing(chain)).getMessage();
        assertTrue(message.contains("200001 values are more than a picture can hold"), message);
    }

    @Test
    void framesOfADiagramShareOneLayout() throws Exception {
        Diagram diagram = new Diagram("a diamond").node("a", "a").node("b", "b", "<count> 2").node("c", "c").circle("+", "+")
                .edge("a", "b").edge("a", "c").edge("b", "+").edge("c", "+");
        Figure first = diagram.badge("a", "1").accent("a").figure();
        Figure second = diagram.plain().badge("b", "2").dim("a").figure();
        assertEquals(boxes(first), boxes(second));
        assertTrue(texts(first).contains("1"));
        assertFalse(texts(second).contains("1"));
        assertTrue(texts(second).contains("<count> 2"));
        assertEquals(first.width() * 2, first.image().getWidth(), "frames for an animation");
        assertEquals("Diagram: there is no node named \"z\"; add nodes before edges, badges and accents",
                assertThrows(IllegalArgumentException.class, () -> diagram.edge("a", "z")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> diagram.node("a", "again"));
    }

    @Test
    void aCycleCanBeDrawn() throws Exception {
        Figure figure = new Diagram("a cycle").node("a", "a").node("b", "b").edge("a", "b").edge("b", "a").figure();
        assertApart(figure, 2);
        assertEquals(4, elements(parse(figure), "path").size(), "two curves and two heads");
    }
}
