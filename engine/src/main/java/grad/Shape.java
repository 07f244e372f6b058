package grad;

import java.util.Arrays;

/** What can be said of shapes without looking at numbers. A shape is the sizes of the axes, slowest first; [] is a single number. */
final class Shape {
    private Shape() { }

    /** How many numbers a shape holds. */
    static int size(int... shape) { return size(shape, 0, shape.length); }

    /** The product of the sizes from axis {@code from} up to, and without, axis {@code to}. */
    static int size(int[] shape, int from, int to) {
        long size = 1;
        boolean empty = false;
        for (int i = from; i < to; i++) {
            int n = shape[i];
            if (n < 0) throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has a negative size");
            empty |= n == 0;
            size = Math.min(size * n, Integer.MAX_VALUE);
        }
        if (!empty && size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " is too large for one array");
        }
        return empty ? 0 : (int) size;        // empty in whichever order its axes stand
    }

    /** The shape both operands are stretched to: axes are matched from the last, and an axis of size 1 or a missing one fits any. */
    static int[] broadcast(String operation, int[] a, int[] b) {
        if (Arrays.equals(a, b)) return a;
        int rank = Math.max(a.length, b.length);
        int[] shape = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int x = i <= a.length ? a[a.length - i] : 1;
            int y = i <= b.length ? b[b.length - i] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException(operation + ": shapes " + Arrays.toString(a) + " and " + Arrays.toString(b)
                        + " do not fit: sizes " + x + " and " + y + " differ, and neither is 1");
            }
            shape[rank - i] = x == 1 ? y : x;
        }
        return forOneArray(shape);
    }

    /** An axis counted from the front; −1 is the last. */
    static int axis(String operation, int axis, int[] shape) {
        int counted = axis < 0 ? axis + shape.length : axis;
        if (counted < 0 || counted >= shape.length) {
            throw new IllegalArgumentException(operation + ": shape " + Arrays.toString(shape) + " has no axis " + axis);
        }
        return counted;
    }

    /** The shape with one axis dropped, or kept with size 1. */
    static int[] reduced(int[] shape, int axis, Dims dims) {
        int[] reduced = shape.clone();
        reduced[axis] = 1;
        return forOneArray(dims == Dims.KEEP ? reduced : without(reduced, axis));
    }

    private static int[] without(int[] shape, int axis) {
        int[] rest = new int[shape.length - 1];
        System.arraycopy(shape, 0, rest, 0, axis);
        System.arraycopy(shape, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    /** Sizes of which one may be −1, to be worked out so that the shape holds as many numbers. */
    static int[] completed(int[] shape, int[] wanted) {
        int size = size(shape);
        int[] sizes = wanted.clone();
        int open = -1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] != -1) continue;
            if (open >= 0) {
                throw new IllegalArgumentException("reshape: only one size can be worked out, but "
                        + Arrays.toString(wanted) + " leaves more open");
            }
            open = i;
            sizes[i] = 1;
        }
        int others = size(sizes);
        if (open >= 0 && others == 0) {
            throw new IllegalArgumentException("reshape: beside a size of 0 the −1 in "
                    + Arrays.toString(wanted) + " could be anything; write the number");
        }
        if (open >= 0) sizes[open] = size / others;
        if (size(sizes) != size) {
            throw new IllegalArgumentException("reshape: " + Arrays.toString(shape) + " has " + size
                    + " numbers, which do not fit " + Arrays.toString(wanted));
        }
        return sizes;
    }

    /** An entry of an axis. */
    static int index(String operation, int index, int axis, int[] shape) {
        if (index < 0 || index >= shape[axis]) {
            throw new IndexOutOfBoundsException(operation + ": index " + index + " on axis "
                    + axis + " of shape " + Arrays.toString(shape));
        }
        return index;
    }

    /** Where in row-major order the number with these indices lies. */
    static int offset(String operation, int[] index, int[] shape) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(operation + ": " + index.length + " indices for shape " + Arrays.toString(shape));
        }
        int offset = 0;
        for (int i = 0; i < index.length; i++) offset = offset * shape[i] + index(operation, index[i], i, shape);
        return offset;
    }

    /** The shape with another size along one axis. */
    static int[] resized(int[] shape, int axis, int size) {
        int[] resized = shape.clone();
        resized[axis] = size;
        return forOneArray(resized);
    }

    /** Refuses what is too large before anything is made of it. */
    private static int[] forOneArray(int[] shape) {
        size(shape);
        return shape;
    }

    /** Axes in a new order, each once, counted from the front. */
    static int[] order(String operation, int[] axes, int[] shape) {
        int[] order = new int[axes.length];
        boolean[] used = new boolean[shape.length];
        for (int i = 0; i < axes.length; i++) order[i] = axis(operation, axes[i], shape);
        for (int axis : order) used[axis] = true;
        boolean all = axes.length == shape.length;
        for (boolean axis : used) all &= axis;
        if (!all) {
            throw new IllegalArgumentException(operation + ": " + Arrays.toString(axes)
                    + " does not name each axis of shape " + Arrays.toString(shape) + " once");
        }
        return order;
    }

    /** The shape of arrays put one after the other along an axis. */
    static int[] joined(int axis, int[]... parts) {
        if (parts.length == 0) throw new IllegalArgumentException("concat: no tensors");
        int[] first = parts[0];
        int along = axis("concat", axis, first);
        long length = 0;
        for (int i = 0; i < parts.length; i++) {
            int[] own = parts[i];
            boolean fits = own.length == first.length && Arrays.equals(resized(own, along, 0), resized(first, along, 0));
            if (!fits) {
                throw new IllegalArgumentException("concat: shape " + Arrays.toString(own) + " of part " + i + " does not continue "
                        + Arrays.toString(first) + " along axis " + along);
            }
            length += own[along];
        }
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("concat: " + length + " along axis " + axis + " are too many for one array");
        }
        return resized(first, along, (int) length);
    }

    /** The shape for so many numbers: the given one, or where nothing is given a single axis. */
    static int[] of(String operation, int numbers, int[] given) {
        int[] shape = given.length == 0 ? new int[] {numbers} : given.clone();
        if (size(shape) != numbers) {
            throw new IllegalArgumentException(operation + ": shape " + Arrays.toString(shape)
                    + " holds " + size(shape) + " numbers, got " + numbers);
        }
        return shape;
    }

    /** The shape of a part of an axis. */
    static int[] slice(int axis, int first, int last, int[] shape) {
        if (first < 0 || last > shape[axis] || first > last) {
            throw new IndexOutOfBoundsException("slice: " + first + " to " + last + " on axis "
                    + axis + " of shape " + Arrays.toString(shape));
        }
        return resized(shape, axis, last - first);
    }
}
