package grad.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import grad.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LionTest {
    @Test void everyNumberMovesByTheSameStepAlongItsRunningGradient() {
        Tensor p = Tensor.parameter(Tensor.of(new float[] {1, 1, 1}));
        Lion lion = new Lion(List.of(p), 0.1);
        float[][] gradients = {{5, -0.01f, 0}, {-0.1f, -3, 0}, {-4, 0, 1}};
        for (float[] g : gradients) {
            lion.zeroGrad();
            p.backward(Tensor.of(g));
            lion.step();
        }
        assertArrayEquals(new float[] {0.9f - 0.1f + 0.1f, 1.3f, 0.9f}, p.data(), 1e-6f);
    }
}
