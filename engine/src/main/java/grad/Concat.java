package grad;

import java.util.Arrays;

/** Tensors put one after the other along an axis; each part gets its part of the gradient. */
final class Concat {
    private final Tensor[] parts;
    private final int axis;
    private final int[] shape;
    private final int outer;
    private final int width;        // numbers of the result for each step over the axes before the joined one

    Concat(int axis, Tensor... parts) {
        if (parts.length == 0) throw new IllegalArgumentException("concat: no tensors");
        this.parts = parts.clone();
        this.shape = parts[0].shape();
        this.axis = Shape.axis("concat", axis, shape);
        for (int i = 1; i < parts.length; i++) {
            long length = (long) shape[this.axis] + lengthThatFits(i);
            if (length > Integer.MAX_VALUE) throw new IllegalArgumentException("concat: " + length + " along axis " + axis + " are too many for one array");
            shape[this.axis] = (int) length;
        }
        this.outer = Shape.size(shape, 0, this.axis);
        this.width = Shape.size(shape, this.axis, shape.length);
    }

    private int lengthThatFits(int i) {
        int[] own = parts[i].shape();
        int[] expected = parts[0].shape();
        if (own.length == expected.length) expected[axis] = own[axis];
        if (!Arrays.equals(own, expected)) {
            throw new IllegalArgumentException("concat: shape " + Arrays.toString(own) + " of part " + i + " does not continue "
                    + Arrays.toString(parts[0].shape()) + " along axis " + axis);
        }
        return own[axis];
    }

    Tensor node() {
        float[] y = new float[Shape.size(shape)];
        int at = 0;
        for (Tensor part : parts) {
            int w = width(part);
            for (int o = 0; o < outer; o++) System.arraycopy(part.data(), o * w, y, o * width + at, w);
            at += w;
        }
        return Tensor.node("concat", shape, y, this::addGradients, parts);
    }

    private void addGradients(float[] g) {
        int at = 0;
        for (Tensor part : parts) {
            int w = width(part);
            for (int o = 0; part.requiresGrad() && o < outer; o++) Tensor.addTo(part.gradient(), o * w, g, o * width + at, w);
            at += w;
        }
    }

    private int width(Tensor part) { return Shape.size(part.shape(), axis, shape.length); }
}
