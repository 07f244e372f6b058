package grad;

import grad.kernels.AlongAxis;
import java.util.Arrays;

/** What is reduced along which axis, and the shape that is left. */
record Reduction(String operation, int[] shape, int axis, int[] reduced, AlongAxis lines) {
    private static Reduction of(String operation, int[] shape, int asked, int axis, int[] reduced) {
        AlongAxis lines = new AlongAxis(Shape.size(shape, 0, axis), shape[axis], Shape.size(shape, axis + 1, shape.length));
        return new Reduction(operation, shape, asked, reduced, lines);
    }

    /** Along an axis, counted from the end if it is negative. */
    static Reduction along(String operation, int axis, int[] shape, Dims dims) {
        int along = Shape.axis(operation, axis, shape);
        return of(operation, shape, axis, along, Shape.reduced(shape, along, dims));
    }

    /** Of so many numbers to a single one. */
    static Reduction ofAll(String operation, int size) { return of(operation, new int[] {size}, 0, 0, new int[0]); }

    /** The same lines, which must have a largest element. */
    AlongAxis withElements() {
        if (lines.n() == 0) {
            throw new IllegalArgumentException(operation + ": axis " + axis + " of shape " + Arrays.toString(shape) + " has no elements");
        }
        return lines;
    }
}
