package grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.data.Batch;
import grad.data.Batches;
import grad.data.Digits;
import grad.data.Images;
import grad.nn.Init;
import grad.nn.Linear;
import grad.optim.SGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What {@code backward()} does to the graph: order, sharing, accumulation, freezing, freeing, changes in place. */
class BackwardTest {
    private final Tensor x = parameter(1, 2, 3).named("x");

    private static Tensor parameter(double... numbers) { return Tensor.parameter(row(numbers)); }

    private static Tensor row(double... numbers) { return Tensor.of(new double[][] {numbers}).reshape(numbers.length); }

    private static void assertNumbers(Tensor actual, double... expected) {
        assertArrayEquals(row(expected).data(), actual.data(), actual.toString());
    }

    @Test void reusedNodeAddsItsGradients() {
        Tensor y = x.mul(x);
        y.add(y).mul(x).sum().backward();        // 2x³
        assertNumbers(x.grad(), 6, 24, 54);
    }

    @Test void nodeReachedOverPathsOfDifferentLengthWaitsForAll() {
        Tensor y = x.mul(2);
        y.add(y.mul(3).add(1).mul(5)).sum().backward();
        assertNumbers(x.grad(), 32, 32, 32);
    }

    @Test void gradientsAddUpOverCallsUntilTheyAreZeroed() {
        x.mul(2).sum().backward();
        x.mul(3).sum().backward();
        assertNumbers(x.grad(), 5, 5, 5);
        x.zeroGrad();
        assertNumbers(x.grad(), 0, 0, 0);
        x.mul(4).sum().backward();
        assertNumbers(x.grad(), 4, 4, 4);
    }

    /** Products write the first gradient instead of adding to it: what the array held before must not show. */
    @Test void nothingOfAClearedGradientIsLeft() {
        Tensor w = Tensor.parameter(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
        Tensor x = Tensor.of(new float[] {5, 6}, 1, 2);
        x.matmul(w).sum().backward();
        assertArrayEquals(new float[] {5, 5, 6, 6}, w.grad().data());
        x.matmul(w).sum().backward();
        assertArrayEquals(new float[] {10, 10, 12, 12}, w.grad().data());
        w.zeroGrad();
        assertArrayEquals(new float[4], w.grad().data());
        x.matmul(w).sum().backward();
        assertArrayEquals(new float[] {5, 5, 6, 6}, w.grad().data());
        w.zeroGrad();
        x.matmul(w).add(w.sum()).sum().backward();
        assertArrayEquals(new float[] {7, 7, 8, 8}, w.grad().data());
        w.zeroGrad();
        new SGD(List.of(w), 1).step();
        assertArrayEquals(new float[] {1, 2, 3, 4}, w.data());
    }

    @Test void aGraphThatUsedAGradientKeepsItsNumbers() {
        Tensor x = Tensor.parameter(Tensor.ones(2));
        Tensor w = Tensor.parameter(Tensor.ones(2));
        x.mul(3).sum().backward();
        Tensor y = w.mul(x.grad()).sum();
        x.zeroGrad();
        x.mul(10).sum().backward();
        y.backward();
        assertNumbers(w.grad(), 3, 3);
    }

    @Test void whatWasNeverChosenHasAGradientOfZero() {
        Tensor a = Tensor.parameter(Tensor.ones(2));
        Tensor b = Tensor.parameter(Tensor.ones(2));
        Tensor.where(Tensor.ones(2), a, b).sum().backward();
        assertNumbers(a.grad(), 1, 1);
        assertNumbers(b.grad(), 0, 0);
        a.rows().sum().add(b.sum()).backward();
        assertNumbers(a.grad(), 1, 1);
        assertNumbers(b.grad(), 1, 1);
    }

    @Test void backwardIsLinearInTheUpstreamGradient() {
        Function<Tensor, Tensor> f = t -> t.mul(t.exp()).tanh().div(t.sum()).softmax(0);
        for (int seed = 0; seed < 20; seed++) {
            Random rng = new Random(seed);
            Tensor u = Tensor.normal(rng, 0, 1, 3);
            Tensor v = Tensor.normal(rng, 0, 1, 3);
            Tensor along = gradient(f, u).mul(2).sub(gradient(f, v));
            assertArrayEquals(along.data(), gradient(f, u.mul(2).sub(v)).data(), 1e-6f);
        }
    }

    private static Tensor gradient(Function<Tensor, Tensor> f, Tensor upstream) {
        Tensor t = parameter(0.3, 0.5, -0.2);
        f.apply(t).backward(upstream);
        return t.grad();
    }

    @Test void upstreamGradientWeighsTheResult() {
        x.mul(x).backward(row(1, 10, 100));
        assertNumbers(x.grad(), 2, 40, 600);
    }

    @Test void leafAloneReceivesTheUpstreamGradient() {
        x.backward(row(1, 2, 3));
        assertNumbers(x.grad(), 1, 2, 3);
        Tensor one = parameter(7);
        one.backward();
        assertNumbers(one.grad(), 1);
    }

    @Test void scalarOfAnyRankGoesBackward() {
        x.mul(2).sum(0, Dims.KEEP).backward();
        assertNumbers(x.grad(), 2, 2, 2);
    }

    @Test void frozenLeavesGetNoGradientAndWhatTheyFeedIsNotRecorded() {
        Tensor frozen = parameter(4, 5, 6).requiresGrad(false);
        Tensor y = frozen.exp().mul(2);
        assertFalse(y.requiresGrad());
        x.mul(frozen).add(y).sum().backward();
        assertNumbers(x.grad(), 4, 5, 6);
        assertFalse(frozen.hasGrad());
        frozen.requiresGrad(true);
        x.mul(frozen).sum().backward();
        assertNumbers(frozen.grad(), 1, 2, 3);
    }

    @Test void frozenOperandsOfProductsGetNoGradient() {
        Tensor a = Tensor.parameter(Tensor.ones(2, 3));
        Tensor w = Tensor.parameter(Tensor.ones(4, 3));
        Tensor bias = Tensor.ones(4);
        a.requiresGrad(false);
        a.linear(w, bias).sum().backward();
        assertTrue(w.hasGrad());
        assertFalse(a.hasGrad() || bias.hasGrad());
        a.matmul(w.t()).sum().backward();
        assertFalse(a.hasGrad());
        Tensor.concat(0, a, w).sum().backward();
        Tensor.where(a, a, w.rows(0, 1)).sum().backward();
        assertFalse(a.hasGrad());
    }

    @Test void detachedTensorCarriesNoPast() {
        Tensor y = x.mul(2);
        assertFalse(y.detach().requiresGrad());
        y.add(y.detach()).sum().backward();
        assertNumbers(x.grad(), 2, 2, 2);
    }

    @Test void innerTensorsKeepNoGradient() {
        Tensor y = x.mul(2);
        y.sum().backward();
        assertFalse(y.hasGrad());
    }

    @Test void graphIsFreedByBackwardAndItsLeavesServeTheNext() {
        Tensor y = x.mul(2);
        Tensor first = y.sum();
        Tensor second = y.add(x.exp()).add(x.exp()).sum();
        first.backward();
        var freed = assertThrows(IllegalStateException.class, second::backward);
        assertEquals("backward: the graph behind mul [3]: 2, 4, 6 was freed by an earlier backward(); compute the result again",
                freed.getMessage());
        assertThrows(IllegalStateException.class, first::backward);
        assertNumbers(x.grad(), 2, 2, 2);
        Tensor kept = x.mul(3);
        kept.add(kept).sum().backward();
        assertNumbers(x.grad(), 8, 8, 8);
    }

    @Test void refusalLeavesTheSharedPartOfTheGraphUsable() {
        Tensor freed = x.mul(2);
        Tensor alive = x.mul(x);
        freed.sum().backward();
        x.zeroGrad();
        Tensor mixed = alive.add(alive.neg()).add(freed).sum();
        assertThrows(IllegalStateException.class, mixed::backward);
        alive.sum().backward();
        assertNumbers(x.grad(), 2, 4, 6);
    }

    @Test void brokenOffBackwardFreesTheGraphTooSoThatNothingIsAddedTwice() {
        Tensor y = Operation.of("break", x, g -> { throw new OutOfMemoryError("on purpose"); }, x);
        Tensor first = y.sum();
        Tensor second = y.mul(2).sum();
        assertThrows(OutOfMemoryError.class, first::backward);
        assertThrows(IllegalStateException.class, first::backward);
        assertThrows(IllegalStateException.class, second::backward);
        assertFalse(x.hasGrad());
    }

    @Test void aLeafThatIsFrozenWhenBackwardComesReceivesNothing() {
        List<UnaryOperator<Tensor>> operations = List.of(Tensor::tanh, p -> p.mul(2), p -> p.reshape(3, 1).reshape(3), p -> p.rows(0, 1, 2),
                p -> p.clamp(-9, 9), p -> p.sum().expand(3), p -> p.dropout(0.5, new Rng(1)));
        for (UnaryOperator<Tensor> operation : operations) {
            Tensor p = Tensor.parameter(x);
            Tensor other = Tensor.parameter(x);
            Tensor loss = operation.apply(p).add(other).sum();
            p.requiresGrad(false);
            loss.backward();
            assertFalse(p.hasGrad());
            assertTrue(other.hasGrad());
        }
    }

    @Test void aBackwardPassWithinAnotherIsRefusedInWords() {
        Tensor h = x.mul(2);
        Tensor loss = Operation.of("nested", h.detach(), g -> {
            h.sum().backward();
            return List.of(g);
        }, h).sum();
        String said = assertThrows(IllegalStateException.class, loss::backward).getMessage();
        assertTrue(said.matches("backward: the graph behind mul .* was freed on the way"), said);
    }

    @Test void lookingAtAGradientThatWasSetTo0DoesNotBringItBack() {
        x.mul(x).sum().backward();
        x.zeroGrad();
        x.withGradient(g -> assertEquals(0, g[0]));
        assertFalse(x.hasGrad());
    }

    @Test void changeInPlaceBetweenForwardAndBackwardIsRefused() {
        Tensor y = x.mul(x).sum();
        x.update(data -> data[0] = 9);
        var refused = assertThrows(IllegalStateException.class, y::backward);
        assertEquals("backward of mul: its operand x [3]: 9, 2, 3 was changed in place after it was used; change it after backward(), or change a copy",
                refused.getMessage());
        assertFalse(x.hasGrad());
        x.mul(x).sum().backward();
        assertNumbers(x.grad(), 18, 4, 6);
    }

    @Test void changeOfAFrozenOperandIsRefusedToo() {
        Tensor data = row(1, 1, 1);
        Tensor y = x.mul(data).sum();
        data.update(d -> Arrays.fill(d, 2));
        assertThrows(IllegalStateException.class, y::backward);
    }

    @Test void changeOfAResultIsRefused() {
        Tensor y = x.exp();
        Tensor later = y.update(data -> data[0] = 0).sum();
        var refused = assertThrows(IllegalStateException.class, later::backward);
        assertEquals("backward of exp: its result exp [3]: 0, 7.389, 20.09 was changed in place after it was computed; change it after backward(), or change a copy",
                refused.getMessage());
    }

    @Test void changeAfterBackwardIsFine() {
        Tensor y = x.mul(x).sum();
        y.backward();
        x.update(data -> data[0] = 9);
        x.mul(x).sum().backward();
        assertNumbers(x.grad(), 20, 8, 12);
    }

    @Test void indicesAreThoseOfTheForwardPass() {
        int[] index = {0, 0};
        Tensor rows = x.rows(index);
        Tensor picked = x.reshape(1, 3).rows(0, 0).pick(index);
        Tensor scored = x.reshape(1, 3).rows(0, 0).crossEntropy(index, 0);
        index[0] = 2;
        rows.sum().backward();
        assertNumbers(x.grad(), 2, 0, 0);
        x.zeroGrad();
        picked.sum().backward();
        assertNumbers(x.grad(), 2, 0, 0);
        x.zeroGrad();
        scored.backward();
        assertTrue(x.grad().get(0) < 0 && x.grad().get(2) > 0);
    }

    @Test void labelsArePartsAndIndicesOfTheForwardPassThoughTheirArraysAreUsedAgain() {
        int[] labels = {0, 1};
        Tensor scores = Tensor.parameter(Tensor.zeros(2, 4));
        Tensor loss = scores.crossEntropy(labels, 0);
        labels[0] = 3;
        loss.backward();
        assertNumbers(scores.grad(), -0.375, 0.125, 0.125, 0.125, 0.125, -0.375, 0.125, 0.125);
        Tensor other = Tensor.parameter(Tensor.zeros(3));
        Tensor[] parts = {x, other};
        Tensor joined = Tensor.concat(0, parts);
        parts[0] = other;
        joined.mul(Tensor.of(new float[] {1, 2, 3, 4, 5, 6})).sum().backward();
        assertNumbers(x.grad(), 1, 2, 3);
        assertNumbers(other.grad(), 4, 5, 6);
    }

    @Test void batchesWhoseArraysAreUsedAgainGiveEachLossItsOwnLabels() {
        Images images = Digits.load().take(8);
        Linear layer = new Linear(Init.PYTORCH, new Random(1), 64, 10);
        List<Tensor> losses = new ArrayList<>();
        for (Batch batch : Batches.inOrder(images, 4).reusingArrays().epoch(0)) {
            losses.add(layer.forward(Tensor.of(batch.x(), 4, 64)).crossEntropy(batch.y(), 0));
        }
        losses.get(0).backward();
        Tensor reused = layer.parameters().get(0).grad();
        layer.parameters().forEach(Tensor::zeroGrad);
        layer.forward(Tensor.of(images.take(4).pixels(), 4, 64)).crossEntropy(images.take(4).labels(), 0).backward();
        assertArrayEquals(layer.parameters().get(0).grad().data(), reused.data());
    }

    @Test void aChangeThatBreaksOffIsAChange() {
        Tensor y = x.mul(x).sum();
        assertThrows(ArithmeticException.class, () -> x.update(data -> {
            data[0] = 9;
            throw new ArithmeticException();
        }));
        assertThrows(IllegalStateException.class, y::backward);
    }

    @Test void chainOfAMillionNodesDoesNotOverflow() {
        Tensor one = parameter(1);
        Tensor y = one;
        for (int i = 0; i < 1_000_000; i++) y = y.neg();
        y.backward();
        assertNumbers(one.grad(), 1);
    }

    @Test void transposingTwiceIsTheIdentity() {
        Tensor a = Tensor.parameter(Tensor.normal(new Random(1), 0, 1, 5, 7));
        Tensor upstream = Tensor.normal(new Random(2), 0, 1, 5, 7);
        Tensor twice = a.t().t();
        assertArrayEquals(a.data(), twice.data());
        twice.backward(upstream);
        assertArrayEquals(upstream.data(), a.grad().data());
    }

    @Test void broadcastingIsCommutative() {
        Tensor a = Tensor.normal(new Random(1), 0, 1, 4, 1, 3);
        Tensor b = Tensor.normal(new Random(2), 0, 1, 5, 1);
        assertArrayEquals(new int[] {4, 5, 3}, a.mul(b).shape());
        assertArrayEquals(a.mul(b).data(), b.mul(a).data());
        assertArrayEquals(a.sub(b).data(), b.sub(a).neg().data());
    }

    @Test void dropoutScalesWhatItKeepsAndItsGradientAlike() {
        Tensor a = Tensor.parameter(Tensor.ones(1000));
        Tensor y = a.dropout(0.75, new Rng(5));
        Tensor upstream = Tensor.arange(1000);
        y.backward(upstream);
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            float mask = y.data()[i];
            assertTrue(mask == 0 || mask == 4);
            assertEquals(mask * i, a.grad().data()[i]);
            if (mask != 0) kept++;
        }
        assertEquals(250, kept, 70);        // five standard deviations
        assertArrayEquals(y.data(), a.dropout(0.75, new Rng(5)).data());
        assertFalse(Arrays.equals(y.data(), a.dropout(0.75, new Rng(6)).data()));
        assertArrayEquals(a.data(), a.dropout(0, new Rng(1)).data());
    }

    @Test void arraysThatAreUsedAgainShowNothingOfTheirPast() {
        Tensor x = Tensor.parameter(Tensor.arange(5000));
        for (int pass = 1; pass <= 3; pass++) {
            x.zeroGrad();
            x.mul(2).mul(pass).sum().backward();
            for (float g : x.grad().data()) assertEquals(2 * pass, g);
        }
    }
}
