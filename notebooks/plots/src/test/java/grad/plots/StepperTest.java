package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.plots.Walk.Kind;
import grad.plots.Walk.Step;
import grad.scalar.Graph;
import grad.scalar.Op;
import grad.scalar.Value;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class StepperTest {
    /** y = (a + b)·c + (a + b)·d, where s = a + b is used twice. */
    private static final class Diamond {
        final Value a = Value.of(1).named("a");
        final Value b = Value.of(2).named("b");
        final Value s = a.add(b).named("s");
        final Value u = s.mul(Value.of(3).named("c")).named("u");
        final Value v = s.mul(Value.of(4).named("d")).named("v");
        final Value y = u.add(v).named("y");
    }

    private static List<Step> steps(Value result) {
        return walk(Stepper.of(result)).steps();
    }

    private static Walk walk(Stepper stepper) {
        return stepper.walks().values().iterator().next();
    }

    private static List<Step> of(Kind kind, List<Step> steps) {
        return steps.stream().filter(step -> step.kind() == kind).toList();
    }

    private static Step passing(List<Step> steps, Value by, Value at) {
        return steps.stream().filter(step -> step.by() == by && step.at() == at).findFirst().orElseThrow();
    }

    private static Document picture(String html) throws Exception {
        Matcher source = Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"").matcher(html);
        assertTrue(source.find());
        byte[] svg = Base64.getDecoder().decode(source.group(1));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static List<Element> groups(Document svg, String kind) {
        NodeList all = svg.getElementsByTagName("g");
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            if (((Element) all.item(i)).getAttribute("class").equals(kind)) found.add((Element) all.item(i));
        }
        return found;
    }

    @Test
    void gradientsAreThoseOfBackwardToTheLastBit() {
        for (Op op : Op.values()) {
            if (op.arity() == 0) continue;
            double[] numbers = new Random(op.ordinal()).doubles(3, 0.5, 1.5).toArray();
            Value[] x = Value.leaves(numbers);
            Value y = op.arity() == 1 ? x[0].apply(op) : x[0].apply(op, x[1]);
            Value result = y.mul(x[2]).add(y.tanh()).mul(y).sub(Value.dot(new Value[] {x[0], y}, new Value[] {x[2], x[2]}, x[1]));
            Walk walk = walk(Stepper.of(result));
            assertTrue(Arrays.stream(x).allMatch(leaf -> leaf.grad == 0), "the stepper leaves gradients alone");
            result.backward();
            for (Value value : Graph.record(result).nodes()) {
                if (value.op() != Op.CONST) assertEquals(value.grad, walk.grad(value), op + ": " + value);
            }
        }
    }

    @Test
    void valuesAppearAfterTheirOperandsAndGradientsAfterTheForwardPass() {
        Diamond d = new Diamond();
        List<Step> steps = steps(d.y);
        assertEquals(List.of(d.s, d.u, d.v, d.y), of(Kind.FORWARD, steps).stream().map(Step::at).toList());
        List<Kind> kinds = steps.stream().map(Step::kind).toList();
        assertEquals(kinds.stream().sorted().toList(), kinds);
        assertEquals(8, of(Kind.BACKWARD, steps).size(), "one step for each arrow");
    }

    @Test
    void aStepWritesItsMultiplicationOut() {
        Value x = Value.of(2).named("x"), w = Value.of(-0.5).named("w");
        Value o = x.mul(w).named("o"), y = o.tanh().named("y");
        List<Step> steps = steps(y);
        assertEquals(List.of("Forward: compute o.", "o = x · w = 2 · (−0.5) = −1"), of(Kind.FORWARD, steps).get(0).words());
        assertEquals(List.of("Backward: y passes its gradient on to o.", "∂y/∂o = 1 − y² = 1 − (−0.7616)² = 0.42",
                "∂y/∂o += ∂y/∂y · ∂y/∂o = 1 · 0.42 = 0.42", "o.grad: 0 → 0.42"), passing(steps, y, o).words());
        assertEquals(List.of("Backward: o passes its gradient on to x.", "∂o/∂x = w = −0.5",
                "∂y/∂x += ∂y/∂o · ∂o/∂x = 0.42 · (−0.5) = −0.21", "x.grad: 0 → −0.21"), passing(steps, o, x).words());
    }

    @Test
    void everyFormulaOfTheTableIsFilledIn() {
        for (Op op : Op.values()) {
            if (op.arity() == 0) continue;
            Value p = Value.of(1.5).named("p"), q = Value.of(0.5).named("q");
            Value r = (op.arity() == 1 ? p.apply(op) : p.apply(op, q)).named("r");
            for (Step step : steps(r)) {
                for (String line : step.words().subList(1, step.words().size())) {
                    assertFalse(Pattern.compile("(?<!\\p{L})[aby](?!\\p{L})|[ᵇΣ]").matcher(line).find(), op + ": " + line);
                }
            }
        }
    }

    @Test
    void aConstantReceivesNothing() {
        Value x = Value.of(3).named("x");
        List<Step> back = of(Kind.BACKWARD, steps(x.pow(2)));
        assertEquals(List.of(x), back.stream().map(Step::at).toList());
        assertEquals("∂v₁/∂x = 2 · x^(2 − 1) = 2 · 3^(2 − 1) = 6", back.get(0).words().get(1));
    }

    @Test
    void aNumberUsedTwiceByOneOperationReceivesTwice() {
        Value x = Value.of(3).named("x");
        List<Step> back = of(Kind.BACKWARD, steps(x.mul(x).named("y")));
        assertEquals(List.of(3.0, 6.0), back.stream().map(Step::number).toList());
    }

    @Test
    void aWrongOrderGivesTheWrongGradientAndSaysSo() {
        Diamond d = new Diamond();
        Walk walk = walk(Stepper.of(d.y).order("too eager", List.of(d.y, d.v, d.s, d.u)));
        assertEquals(List.of(4.0, 4.0, 7.0), List.of(walk.grad(d.a), walk.grad(d.b), walk.grad(d.s)));
        assertEquals(List.of(d.a, d.b), walk.wrong());
        Step late = passing(walk.steps(), d.u, d.s);
        assertEquals("Too late: s has already passed on what it had.", late.words().get(4));
        assertTrue(late.warns());
        Step end = walk.steps().get(walk.steps().size() - 1);
        assertEquals(List.of("Done, but 2 gradients are wrong.", "a.grad = 4, but ∂y/∂a = 7", "b.grad = 4, but ∂y/∂b = 7"), end.words());
    }

    @Test
    void aRightOrderOfOnesOwnIsNotBlamed() {
        Diamond d = new Diamond();
        Walk walk = walk(Stepper.of(d.y).order("patient", List.of(d.y, d.v, d.u, d.s)));
        assertEquals(List.of(), walk.wrong());
        assertTrue(walk.steps().stream().noneMatch(Step::warns));
        assertEquals("a.grad = 7, b.grad = 7, c.grad = 3, d.grad = 3", walk.steps().get(walk.steps().size() - 1).words().get(1));
    }

    @Test
    void theStepsPointAtTheGroupsOfThePicture() throws Exception {
        Diamond d = new Diamond();
        String html = Stepper.of(d.y).html();
        List<Element> values = groups(picture(html), "value");
        Set<String> ids = new HashSet<>(values.stream().map(group -> group.getAttribute("data-value")).toList());
        assertEquals(8, values.size());
        assertEquals(8, ids.size(), "ids are unique");
        for (int i = 0; i < 8; i++) assertEquals(Integer.toString(i), values.get(i).getAttribute("data-value"),
                "the script counts on their order");
        Matcher named = Pattern.compile("data-(?:at|by)=\"([^\"]*)\"").matcher(html);
        int found = 0;
        for (; named.find(); found++) assertTrue(ids.contains(named.group(1)), named.group());
        assertEquals(15 + 8, found, "each step has a place, each arrow also a sender");
        assertEquals(8, groups(picture(html), "link").size());
    }

    @Test
    void pathsAreMultipliedAndAdded() throws Exception {
        Diamond d = new Diamond();
        List<String> told = groups(picture(Stepper.of(d.y).html()), "value").stream()
                .map(group -> group.getAttribute("aria-label")).toList();
        assertTrue(told.contains("a → s → u → y and a → s → v → y: ∂y/∂a = 1 · 3 · 1 + 1 · 4 · 1 = 7"), told.toString());
        assertTrue(told.contains("y: the result"), told.toString());
    }

    @Test
    void labelsCannotBreakThePage() throws Exception {
        String evil = "</script><b onclick=\"x\">'&$1";
        String html = Stepper.of(Value.of(1).named(evil).exp()).order(evil, List.of()).withCaption(evil).html();
        assertFalse(html.contains("<b onclick"));
        assertEquals(1, html.split("</script>", -1).length - 1, "one script, ended once");
        Element leaf = groups(picture(html), "value").get(0);
        assertTrue(leaf.getTextContent().startsWith(evil), leaf.getTextContent());
    }

    @Test
    void nothingInItHasAnIdOrAsksTheNetwork() {
        String html = Stepper.of(new Diamond().y).html();
        assertFalse(Pattern.compile("\\sid=").matcher(html).find(), "two on one page would clash");
        assertFalse(html.contains("http"), "no address");
    }

    @Test
    void withoutScriptTheLastStepAndAllWordsAreThere() throws Exception {
        Diamond d = new Diamond();
        String html = Stepper.of(d.y).html();
        assertTrue(html.contains("<summary>The 15 steps in words</summary>"));
        assertTrue(html.contains("trust this notebook"));
        assertEquals("s, data, 3, grad, 7, +", texts(groups(picture(html), "value").get(2)));
        String text = Stepper.of(d.y).toString();
        assertTrue(text.startsWith("  1. The inputs are given.\n"), text);
        assertTrue(text.contains(" 15. Done: every gradient is complete.\n"), text);
    }

    /** The name stands third in the group, after box and sign. */
    private static String texts(Element value) {
        NodeList texts = value.getElementsByTagName("text");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < texts.getLength(); i++) all.append(i == 0 ? "" : ", ").append(texts.item(i).getTextContent());
        return all.toString();
    }

    @Test
    void unnamedValuesAreNumberedAroundTheNamesInUse() {
        Value x = Value.of(1).named("v₁");
        assertTrue(Stepper.of(x.neg().exp()).text().contains("v₃ = exp v₂"), Stepper.of(x.neg().exp()).text());
    }

    @Test
    void aResultOlderThanItsInputsIsRefused() {
        Value x = Value.of(2), o = Value.dot(new Value[] {x}, new Value[] {Value.of(3)}, Value.of(1)).named("o");
        x.data = 5;
        String message = assertThrows(IllegalArgumentException.class, Stepper.of(o)::html).getMessage();
        assertEquals("Stepper: o = Value(7, grad 0) is older than the numbers it was computed from; compute the result again", message);
    }

    @Test
    void strangersAndGiantsAreRefused() {
        Diamond d = new Diamond();
        Value stranger = Value.of(5).named("z");
        assertEquals("Stepper: z = Value(5, grad 0) is not part of this graph",
                assertThrows(IllegalArgumentException.class, () -> Stepper.of(d.y).order("o", List.of(stranger))).getMessage());
        assertEquals("Stepper: there are two orders named \"o\"",
                assertThrows(IllegalArgumentException.class, () -> Stepper.of(d.y).order("o", List.of()).order("o", List.of()))
                        .getMessage());
        Value chain = stranger;
        for (int i = 0; i < 60; i++) chain = chain.neg();
        Value giant = chain;
        assertEquals("Stepper: 61 values are too many to step through (60); take a part of the graph",
                assertThrows(IllegalArgumentException.class, () -> Stepper.of(giant)).getMessage());
    }
}
