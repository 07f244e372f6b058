package grad.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test void replayGivesTheBitsOfBuildingAnew() {
        for (int seed = 0; seed < 300; seed++) {
            RandomFormula formula = new RandomFormula(seed, 4, 30);
            Value[] replayed = Value.leaves(formula.point());
            Graph graph = Graph.record(formula.apply(List.of(replayed)));
            Random rng = new Random(seed);
            for (int k = 0; k < 3; k++) {
                double[] at = rng.doubles(4, -2, 2).toArray();
                for (int i = 0; i < at.length; i++) {
                    replayed[i].grad = 0;
                    graph.set(replayed[i], at[i]);
                }
                double result = graph.forward();
                graph.backward();
                Value[] anew = Value.leaves(at);
                Value y = formula.apply(List.of(anew));
                y.backward();
                assertEquals(y.data, result, "seed " + seed);
                assertArrayEquals(gradients(anew), gradients(replayed), "seed " + seed);
            }
        }
    }

    @Test void replayedDotGivesTheBitsOfBuildingAnew() {
        Random rng = new Random(1);
        for (int n = 1; n < 40; n++) {
            Value[] replayed = Value.leaves(rng.doubles(2 * n + 1, -1, 1).toArray());
            Graph graph = Graph.record(dotOf(replayed));
            double[] at = rng.doubles(2 * n + 1, -1, 1).toArray();
            for (int i = 0; i < at.length; i++) replayed[i].data = at[i];
            Value[] anew = Value.leaves(at);
            Value y = dotOf(anew);
            y.backward();
            assertEquals(y.data, graph.forward());
            graph.backward();
            assertArrayEquals(gradients(anew), gradients(replayed));
        }
    }

    /** Weights, inputs and a bias from one array; every second weight is the first, so that its gradients add up. */
    private static Value dotOf(Value[] x) {
        int n = x.length / 2;
        Value[] w = Arrays.copyOf(x, n);
        for (int i = 1; i < n; i += 2) w[i] = x[0];
        return Value.dot(w, Arrays.copyOfRange(x, n, 2 * n), x[2 * n]).tanh().mul(x[0]);
    }

    private static double[] gradients(Value[] x) { return Arrays.stream(x).mapToDouble(v -> v.grad).toArray(); }

    @Test void backwardTwiceAddsUpAtLeaves() {
        Value x = Value.of(3);
        Graph graph = Graph.record(x.mul(x));
        graph.backward();
        graph.backward();
        assertEquals(12, x.grad);
        assertEquals(6, graph.grad(x));
    }

    @Test void recordingLeavesTheValuesAsTheyAre() {
        Value x = Value.of(3);
        Value inner = x.mul(2);
        Value y = inner.tanh();
        y.backward();
        double grad = inner.grad;
        Graph graph = Graph.record(y);
        graph.set(x, 1);
        graph.forward();
        graph.backward();
        assertEquals(6, inner.data);
        assertEquals(grad, inner.grad);
        assertEquals(2, graph.data(inner));
        y.backward();
        assertEquals(grad, inner.grad, "no traversal leaves a trace for the next");
    }

    @Test void leafMayBelongToSeveralGraphs() {
        Value x = Value.of(3);
        Value y = Value.of(4);
        Graph product = Graph.record(x.mul(y));
        Graph difference = Graph.record(y.sub(x));
        x.data = 5;
        assertEquals(20, product.forward());
        assertEquals(-1, difference.forward());
        product.backward();
        difference.backward();
        assertEquals(3, x.grad);
    }

    @Test void graphsOfTwoThreadsMayShareTheirInputs() {
        Value[] inputs = IntStream.range(0, 500).mapToObj(Value::of).toArray(Value[]::new);
        IntStream.range(0, 2).parallel().forEach(thread -> {
            for (int k = 0; k < 200; k++) {
                Value sum = Value.of(thread);
                for (int i = 0; i < inputs.length; i++) sum = sum.add(inputs[thread == 0 ? i : inputs.length - 1 - i]);
                assertEquals(sum.data, Graph.record(sum).forward());
            }
        });
    }

    @Test void leafAloneIsAGraph() {
        Value x = Value.of(3);
        Graph graph = Graph.record(x);
        graph.set(x, 4);
        assertEquals(4, graph.forward());
        graph.backward();
        assertEquals(1, x.grad);
    }

    @Test void nodesFollowTheirOperandsAndTheResultIsLast() {
        for (int seed = 0; seed < 50; seed++) {
            Value y = new RandomFormula(seed, 4, 30).apply(List.of(Value.leaves(1, 2, 3, 4)));
            List<Value> nodes = Graph.record(y).nodes();
            assertSame(y, nodes.get(nodes.size() - 1));
            for (Value v : nodes) for (Value p : v.parents()) assertTrue(nodes.indexOf(p) < nodes.indexOf(v));
            assertEquals(nodes.size(), nodes.stream().distinct().count());
        }
    }

    @Test void constantsGetNoGradient() {
        Value x = Value.of(2);
        Value c = x.constant(3);
        Graph graph = Graph.record(x.mul(c).add(c).pow(c));
        graph.backward();
        assertEquals(0, c.grad);
        assertEquals(0, graph.grad(c));
    }

    @Tag("soak")
    @Test void tenMillionNodesDoNotOverflow() {
        Value x = Value.of(1e-7);
        Value y = Value.of(0);
        for (int i = 0; i < 5_000_000; i++) y = y.add(x.mul(2));
        y.backward();
        assertEquals(1, y.data, 1e-6);
        assertEquals(1e7, x.grad);
        x.grad = 0;
        Graph graph = Graph.record(y);
        assertEquals(y.data, graph.forward());
        graph.backward();
        assertEquals(1e7, x.grad);
    }

    @Test void foreignLeafIsRefused() {
        Graph graph = Graph.record(Value.of(1).add(2));
        Exception e = assertThrows(IllegalArgumentException.class, () -> graph.set(Value.of(5), 0));
        assertEquals("Value(5, grad 0) is not part of this graph: record the result that uses it", e.getMessage());
    }

    @Test void computedValueCannotBeSet() {
        Value y = Value.of(1).add(2).named("y");
        Exception e = assertThrows(IllegalArgumentException.class, () -> Graph.record(y).set(y, 0));
        assertEquals("set: y = Value(3, grad 0) is computed; only a leaf can be set", e.getMessage());
    }

    @Test void dotTextHasABoxPerValueAndACirclePerOperation() {
        Value a = Value.of(2).named("a");
        Value y = a.mul(3).tanh().named("y");
        y.backward();
        assertEquals("""
                digraph {
                  rankdir=LR;
                  node [shape=record];
                  n0 [label="{a | data 2 | grad 0.0000737296}"];
                  n1 [label="{data 3}"];
                  n2 [label="{data 6 | grad 0.0000245765}"];
                  o2 [shape=circle, label="·"];
                  o2 -> n2;
                  n0 -> o2;
                  n1 -> o2;
                  n3 [label="{y | data 0.999988 | grad 1}"];
                  o3 [shape=circle, label="tanh"];
                  o3 -> n3;
                  n2 -> o3;
                }
                """, Graph.record(y).toDot());
    }

    @Test void dotTextEscapesNames() {
        String dot = Graph.record(Value.of(1).named("a|b {\"c\\}<>")).toDot();
        assertTrue(dot.contains("[label=\"{a\\|b\\ \\{\\\"c\\\\\\}\\<\\> | data 1 | grad 0}\"]"), dot);
    }

    @Test void orderPutsEveryNodeAfterItsOperands() {
        Map<String, List<String>> needs = Map.of("jam", List.of("fruit", "sugar"), "cake",
                List.of("dough", "jam"), "dough", List.of("sugar", "flour"));
        List<String> order = Graph.order("cake", v -> needs.getOrDefault(v, List.of()));
        assertEquals(6, order.size());
        assertEquals("cake", order.get(5));
        needs.forEach((v, operands) -> operands.forEach(p -> assertTrue(order.indexOf(p) < order.indexOf(v), order.toString())));
    }

    @Test void aNodeOfWhichNothingIsKnownIsNamed() {
        var unknown = assertThrows(IllegalArgumentException.class, () -> Graph.order("cake", Map.of("cake", List.of("egg"))::get));
        assertEquals("order: nothing is known of egg; a node that depends on nothing has an empty list", unknown.getMessage());
        var nothing = assertThrows(NullPointerException.class, () -> Graph.order("cake", node -> Collections.singletonList(null)));
        assertEquals("order: cake depends on null", nothing.getMessage());
    }

    @Test void orderKnowsTheSameOperandTwice() {
        assertEquals(List.of("x", "square"), Graph.order("square", v -> v.equals("square") ? List.of("x", "x") : List.<String>of()));
    }

    @Test void orderOfALongChainDoesNotOverflow() {
        List<Integer> order = Graph.order(100_000, v -> v == 0 ? List.of() : List.of(v - 1));
        assertEquals(IntStream.rangeClosed(0, 100_000).boxed().toList(), order);
    }

    @Test void cycleIsRefusedAndNamed() {
        Map<String, List<String>> needs = Map.of("loss", List.of("x", "a"), "a", List.of("b", "x"), "b", List.of("c"), "c", List.of("a"));
        assertEquals("a cycle has no order: a needs b needs c needs a; break it, so that every node exists before it is used",
                rotated(refusal("loss", needs)));
    }

    @Test void cycleThroughTheRootIsRefused() {
        assertTrue(refusal("a",
                Map.of("a", List.of("x", "b"), "b",
                        List.of("a"))).matches("a cycle has no order: (a needs b needs a|b needs a needs b); .*"));
    }

    @Test void selfLoopIsRefused() {
        assertTrue(refusal("a", Map.of("a", List.of("a"))).startsWith("a cycle has no order: a needs a; "));
        assertTrue(refusal("y", Map.of("y", List.of("x", "a"), "a", List.of("a"))).startsWith("a cycle has no order: a needs a; "));
    }

    @Test void longCycleIsRefusedInOneShortLine() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Graph.order(0, v -> List.of((v + 1) % 100_000)));
        assertTrue(e.getMessage().matches("a cycle has no order: (\\d+ needs ){5}… needs (\\d+ needs ){4}\\d+; .*"),
                () -> e.getMessage().substring(0, 300));
    }

    private static String refusal(String root, Map<String, List<String>> needs) {
        return assertThrows(IllegalArgumentException.class, () -> Graph.order(root, v -> needs.getOrDefault(v, List.of()))).getMessage();
    }

    /** The message with the round starting at a, wherever it started. */
    private static String rotated(String message) {
        return message.replace("b needs c needs a needs b", "a needs b needs c needs a").replace("c needs a needs b needs c",
                "a needs b needs c needs a");
    }
}
