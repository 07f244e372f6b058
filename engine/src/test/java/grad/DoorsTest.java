package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.optim.Optimizer;
import grad.optim.SGD;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a reader may bring along: an operation with its own gradient, and an optimiser. */
class DoorsTest {
    private static final Tensor AT = Tensor.of(new float[] {-1.5f, 0.25f, 3, -0.125f, 1, 0.5f}, 2, 3);

    /** log(1 + eˣ), whose slope is the sigmoid. */
    private static Tensor softplus(Tensor x) {
        return Operation.of("softplus", x.detach().exp().add(1).log(), g -> List.of(g.mul(x.detach().sigmoid())), x);
    }

    /** x · y, with a gradient that {@code backward} says. */
    private static Function<Tensor[], Tensor> product(Function<Tensor[], Function<Tensor, List<Tensor>>> backward) {
        return x -> Operation.of("product", x[0].detach().mul(x[1].detach()), backward.apply(x), x);
    }

    private static String failure(Function<Tensor[], Tensor> f, Tensor... at) {
        return assertThrows(IllegalStateException.class, () -> Check.gradient(f, at)).getMessage();
    }

    @Test void anOperationOfOnesOwnHasItsNumbersAndItsGradient() {
        Tensor x = Tensor.parameter(AT);
        Tensor y = softplus(x);
        assertEquals("softplus", y.toString().split(" ")[0]);
        assertArrayEquals(AT.exp().add(1).log().data(), y.data());
        y.mul(y).sum().backward();
        Tensor again = Tensor.parameter(AT);
        Tensor composed = again.exp().add(1).log();
        composed.mul(composed).sum().backward();
        assertArrayEquals(again.grad().data(), x.grad().data(), 1e-6f);
        Check.gradient(v -> softplus(v[0]), AT);
        Check.gradient(v -> softplus(v[0].matmul(v[1])).sum(0), AT, AT.t());
    }

    @Test void aFrozenParentCostsNoGradient() {
        Tensor x = Tensor.parameter(AT);
        Tensor frozen = Tensor.ones(2, 3);
        Operation.of("product", x.detach(), g -> List.of(g, g.mul(x.detach())), x, frozen).sum().backward();
        assertArrayEquals(Tensor.ones(2, 3).data(), x.grad().data());
        assertTrue(!frozen.hasGrad());
        assertTrue(!Operation.of("nothing", frozen, g -> List.of(g), frozen).requiresGrad());
    }

    @Test void wrongGradientsAreFoundByTheCheck() {
        Tensor other = AT.mul(AT);
        Check.gradient(product(x -> g -> List.of(g.mul(x[1].detach()), g.mul(x[0].detach()))), AT, other);
        String swapped = failure(product(x -> g -> List.of(g.mul(x[0].detach()), g.mul(x[1].detach()))), AT, other);
        assertTrue(swapped.startsWith("gradient check failed: number "), swapped);
        String missing = failure(x -> Operation.of("product", x[0].detach().mul(x[1].detach()),
                g -> List.of(g.mul(x[1].detach())), x[0]), AT, other);
        assertTrue(missing.matches("gradient check failed: number \\d of input 1 gets no gradient, but finite differences give .*"),
                missing);
        String upstream = failure(x -> Operation.of("softplus", x[0].exp().add(1).log(), g -> List.of(x[0].detach().sigmoid()), x[0]), AT);
        assertTrue(upstream.startsWith("gradient check failed: number "), upstream);
    }

    @Test void whatDoesNotFitIsRefusedInWords() {
        assertEquals("backward of product: there must be one gradient for each of the 2 tensors it was computed from, got 1",
                failure(product(x -> g -> List.of(g)), AT, AT));
        assertEquals("backward of product: a gradient of shape [] for [2, 3]: -1.5, 0.25, 3, -0.125, 1, 0.5; both shapes must be the same",
                failure(product(x -> g -> List.of(g, g.sum())), AT, AT));
        assertEquals("Operation: it needs a name", assertThrows(IllegalArgumentException.class, () ->
                Operation.of(" ", AT, g -> List.of(g), AT)).getMessage());
        assertEquals("Operation cube: it needs the tensors that it was computed from",
                assertThrows(IllegalArgumentException.class, () -> Operation.of("cube", AT, g -> List.of())).getMessage());
    }

    @Test void aSingleNumberHasAGradientOfItsShape() {
        Tensor p = Tensor.parameter(Tensor.scalar(3));
        Operation.of("square", p.detach().pow(2), g -> List.of(g.mul(p.detach()).mul(2)), p).backward();
        assertEquals(6, p.grad().item());
    }

    @Test void whatTheGradientFunctionKeepsIsItsOwn() {
        Tensor[] kept = new Tensor[1];
        Tensor x = Tensor.parameter(Tensor.ones(5000));
        Operation.of("mine", x.detach(), g -> List.of(kept[0] = g), x).sum().backward();
        x.mul(7).sum().backward();
        assertArrayEquals(Tensor.ones(5000).data(), kept[0].data());
    }

    @Test void missingGradientsAreRefusedInWords() {
        Tensor x = Tensor.parameter(AT);
        String missing = "backward of none: there must be one gradient for each of the 1 tensors it was computed from, got ";
        for (var gradients : List.<Function<Tensor, List<Tensor>>>of(g -> null, g -> Arrays.asList((Tensor) null), g -> List.of(g, g))) {
            Tensor y = Operation.of("none", AT, gradients, x).sum();
            String said = assertThrows(IllegalStateException.class, y::backward).getMessage();
            assertTrue(said.startsWith(missing), said);
        }
    }

    @Test void numbersChangedInPlaceAreNoticed() {
        Tensor x = Tensor.parameter(AT);
        Tensor y = softplus(x).sum();
        x.update(numbers -> numbers[0] = 1);
        assertTrue(assertThrows(IllegalStateException.class,
                y::backward).getMessage().startsWith("backward of softplus: its operand [2, 3]: 1, 0.25, "));
        Tensor given = AT.detach();
        Tensor z = Operation.of("given", given, g -> List.of(g), x);
        given.update(numbers -> numbers[0] = 7);
        assertEquals(-1.5f, z.get(0, 0), "its numbers are a copy");
    }

    // ---- an optimiser

    private static final class Momentum extends Optimizer {
        private final float[][] velocity;

        Momentum(List<Tensor> parameters, double learningRate) {
            super(parameters, learningRate);
            velocity = parameters.stream().map(p -> new float[p.size()]).toArray(float[][]::new);
        }

        @Override protected void step(int i, float[] x, float[] g) {
            float rate = (float) learningRate();
            for (int k = 0; k < x.length; k++) {
                velocity[i][k] = 0.9f * velocity[i][k] + g[k];
                x[k] -= rate * velocity[i][k];
            }
        }
    }

    private static float[] trained(Function<List<Tensor>, Optimizer> make) {
        Tensor p = Tensor.parameter(AT);
        Tensor q = Tensor.parameter(Tensor.ones(3));
        Optimizer optimizer = make.apply(List.of(p, q));
        for (int step = 0; step < 20; step++) {
            optimizer.zeroGrad();
            Tensor loss = p.mul(q).sub(1).pow(2).mean();
            loss.backward();
            optimizer.step();
        }
        return p.data();
    }

    @Test void anOptimiserOfOnesOwnMovesAsTheShippedOneDoes() {
        assertArrayEquals(trained(p -> new SGD(p, 0.05).momentum(0.9)), trained(p -> new Momentum(p, 0.05)));
    }

    @Test void itsStepsAreNoticedByGraphsThatUsedTheNumbers() {
        Tensor p = Tensor.parameter(AT);
        Tensor loss = p.mul(p).sum();
        p.sum().backward();
        new Momentum(List.of(p), 0.1).step();
        assertThrows(IllegalStateException.class, loss::backward);
    }
}
