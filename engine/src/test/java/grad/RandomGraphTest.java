package grad;

import static grad.TensorGradientTest.assertClose;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.scalar.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whole programs: random graphs of mixed operations and shared nodes mean the same to tensors as to single values. */
class RandomGraphTest {
    /** Rounding errors grow from node to node. */
    private static final double TOLERANCE = 1e-4;

    @Test void tenThousandRandomGraphsAgreeWithTheScalarEngine() {
        int shared = IntStream.range(0, 10_000).parallel().map(seed -> {
            RandomGraph graph = RandomGraph.inSingleValues(seed);
            compare(graph, "seed " + seed);
            return graph.shared;
        }).sum();
        assertTrue(shared > 40_000, "the graphs share " + shared + " nodes");
    }

    private static void compare(RandomGraph graph, String where) {
        Tensor loss = graph.loss();
        Value expected = Value.of(0);
        for (int i = 0; i < graph.nodes.size(); i++) {
            ValueArray node = graph.nodes.get(i).values();
            expected = expected.add(Value.sum(List.of(node.items())).mul(RandomGraph.weight(i) / node.size()));
        }
        loss.backward();
        expected.backward();
        assertClose(TOLERANCE, new double[] {expected.data}, loss.data(), where);
        for (int i = 0; i < graph.nodes.size(); i++) {
            assertClose(TOLERANCE, graph.nodes.get(i).values().data(), graph.nodes.get(i).tensor().data(), where + ", node " + i);
        }
        for (int i = 0; i < graph.leaves.size(); i++) {
            assertClose(TOLERANCE, graph.leaves.get(i).values().grad(), graph.leaves.get(i).tensor().grad().data(),
                    where + ", gradient of leaf " + i);
        }
    }
}
