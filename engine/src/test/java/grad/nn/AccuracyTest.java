package grad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grad.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {
    private final Tensor scores = Tensor.of(new double[][] {{1, 3, 2}, {5, 0, 0}, {0, 0, 1}, {-1, -3, -2}});

    @Test void isTheShareOfRowsWhereTheLabelScoresHighest() { assertEquals(0.75, Accuracy.of(scores, 1, 0, 0, 0)); }

    @Test void wantsOneLabelForEachRow() {
        var e = assertThrows(IllegalArgumentException.class, () -> Accuracy.of(scores, 1, 2));
        assertEquals("accuracy: 2 labels for scores [4, 3]; it takes one for each row of a matrix", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> Accuracy.of(scores, 1, 0, 0, 10));
        assertEquals("accuracy: label 10 at row 3, classes 0..2", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> Accuracy.of(Tensor.zeros(0, 3)));
        assertEquals("accuracy: no predictions", e.getMessage());
    }
}
