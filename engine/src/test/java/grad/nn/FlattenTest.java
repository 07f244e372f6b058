package grad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grad.Tensor;
import org.junit.jupiter.api.Test;

class FlattenTest {
    @Test void everyExampleBecomesARow() {
        assertArrayEquals(new int[] {2, 12}, new Flatten().forward(Tensor.ones(2, 3, 4)).shape());
        assertArrayEquals(new int[] {5, 1}, new Flatten().forward(Tensor.ones(5)).shape());
        Tensor x = Tensor.parameter(Tensor.ones(2, 2, 2));
        new Flatten().forward(x).select(1, 3).sum().backward();
        assertArrayEquals(new float[] {0, 0, 0, 1, 0, 0, 0, 1}, x.grad().data());
        assertThrows(IllegalArgumentException.class, () -> new Flatten().forward(Tensor.scalar(1)));
    }
}
