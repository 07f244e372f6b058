package grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grad.scalar.Loss;
import grad.scalar.MLP;
import grad.scalar.Value;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CheckTest {
    @Test void trueClaimIsPrinted() { assertEquals("ok: 1 + 1 = 2\n", printed(() -> Check.that(1 + 1 == 2, "1 + 1 = 2"))); }

    @Test void falseClaimThrows() {
        Exception e = assertThrows(IllegalStateException.class, () -> Check.that(1 + 1 == 3, "1 + 1 = 3"));
        assertEquals("claim failed: 1 + 1 = 3", e.getMessage());
    }

    @Test void rightGradientsAreAccepted() {
        String line = printed(() -> Check.gradient(v -> v[0].mul(v[0]).mul(3).add(v[0].mul(v[1])).add(v[1].mul(v[1]).mul(5)), 2, 3));
        assertTrue(line.matches("ok: gradients of 2 inputs agree with finite differences \\(worst relative error \\d\\.\\de-\\d\\d\\)\n"),
                line);
        assertTrue(printed(() -> Check.gradient(v -> v[0].exp(), 1)).startsWith("ok: gradients of 1 input agree with"));
        printed(() -> Check.gradient(v -> v[0], 1));
        printed(() -> Check.gradient(v -> Value.mul(1e9, v[0].tanh()), 0.5));
        printed(() -> Check.gradient(v -> v[0].mul(1e-9).add(v[1].exp()), 1000, 5));
        MLP net = MLP.tanh(new Random(1), 3, 4, 4, 1);
        printed(() -> Check.gradient(v -> Loss.squaredError(net.forward(v), new double[] {1}), 2, 3, -1));
    }

    @Test void smallGradientsOfTensorsAreCheckedToo() {
        Tensor many = Tensor.ones(2000);
        printed(() -> Check.gradient(x -> x[0].mean(), many));
        assertThrows(IllegalStateException.class,
                () -> Check.gradient(x -> Operation.of("lost", x[0].detach().mean(), g -> List.of(g.expand(2000).mul(0)), x[0]), many));
        String said = assertThrows(IllegalStateException.class,
                () -> Check.gradient(x -> x[0].rows(x[0].get(0) == 1 ? new int[] {0} : new int[] {0, 1}), many)).getMessage();
        assertEquals("gradient check: the result has shape [2] for a nudged input, and had [1]", said);
    }

    @Test void aGradientThatIsNotANumberIsRejectedWhicheverInputHasIt() {
        Tensor one = Tensor.ones(2);
        for (int i = 0; i < 2; i++) {
            int bad = i;
            Exception e = assertThrows(IllegalStateException.class, () ->
                    Check.gradient(x -> x[bad].sub(x[bad]).sqrt().add(x[1 - bad]), one, one));
            assertTrue(e.getMessage().startsWith("gradient check failed: number 0 of input " + i + " has gradient NaN"), e.getMessage());
        }
    }

    @Test void lostGradientIsRejected() {
        String reason = rejected(v -> Value.of(v[0].data).mul(v[1]), 2, 4);
        assertTrue(reason.matches("gradient check failed: input 0 has gradient 0\\.0, but finite differences give (4\\.0|3\\.99999).*"),
                reason);
    }

    @Test void wrongSignIsRejected() { rejected(v -> withFactor(-1, v[0]).add(v[1]), 2, 3); }

    @Test void doubledGradientIsRejected() { rejected(v -> withFactor(2, v[0]).add(v[1]), 2, 3); }

    @Test void gradientOffByAThousandthIsRejected() {
        assertTrue(rejected(v -> withFactor(1.001, v[0]).add(v[1]), 2,
                3).startsWith("gradient check failed: input 0 has gradient 1.001, but"));
    }

    @Test void gradientWhereNoneBelongsIsRejected() { rejected(v -> v[0].mul(v[1]).sub(Value.of(v[0].data * v[1].data)), 2, 3); }

    @Test void gradientThatIsNotANumberIsRejected() {
        assertTrue(rejected(v -> v[0].add(v[1].sub(3).pow(2).pow(0.5)), 2,
                3).startsWith("gradient check failed: input 1 has gradient NaN, but"));
    }

    @Test void resultThatIsNotANumberIsRejected() { rejected(v -> v[0].log(), -1); }

    @Test void worstOffenderIsNamed() {
        String reason = rejected(v -> withFactor(1.01, v[0]).add(withFactor(1.5, v[1])).add(withFactor(1.1, v[2])).add(v[3]), 2, 3, 4, 5);
        assertTrue(reason.startsWith("gradient check failed: input 1 has gradient 1.5, but finite differences give "), reason);
    }

    /** x itself, with a gradient that is {@code factor} times too large: the rest of x goes round the graph. */
    private static Value withFactor(double factor, Value x) { return x.mul(factor).add((1 - factor) * x.data); }

    /** The reason without the relative error at its end. */
    private static String rejected(Function<Value[], Value> wrong, double... at) {
        String message = assertThrows(IllegalStateException.class, () -> Check.gradient(wrong, at)).getMessage();
        assertTrue(message.matches(".* \\(relative error (NaN|\\d\\.\\de[-+]\\d\\d)\\)"), message);
        return message.replaceFirst(" \\(relative error .*", "");
    }

    private static String printed(Runnable check) {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            check.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
