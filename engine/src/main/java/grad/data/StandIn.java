package grad.data;

import grad.Rng;

/** Images of MNIST's size made from the 8×8 digits: enlarged to 20×20 as MNIST's are, and put near the middle of 28×28. */
final class StandIn {
    private static final int SIDE = 28;
    private static final int ENLARGED = 20;
    private static final int MOST_SHIFT = 2;

    private StandIn() { }

    /** {@code copies} of all digits one after the other, each moved by up to two pixels either way; pixels 0 … 255 in whole numbers. */
    static Images of(Images digits, int copies, Rng rng) {
        float[] enlarged = enlarge(digits);
        int n = digits.size();
        float[] pixels = new float[copies * n * SIDE * SIDE];
        int[] labels = new int[copies * n];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = digits.labels()[i % n];
            int top = (SIDE - ENLARGED) / 2 + rng.nextInt(2 * MOST_SHIFT + 1) - MOST_SHIFT;
            int left = (SIDE - ENLARGED) / 2 + rng.nextInt(2 * MOST_SHIFT + 1) - MOST_SHIFT;
            for (int r = 0; r < ENLARGED; r++) {
                System.arraycopy(enlarged, (i % n * ENLARGED + r) * ENLARGED, pixels, (i * SIDE + top + r) * SIDE + left, ENLARGED);
            }
        }
        return new Images(pixels, labels, SIDE, SIDE, digits.classes());
    }

    private static float[] enlarge(Images digits) {
        float[] enlarged = new float[digits.size() * ENLARGED * ENLARGED];
        int at = 0;
        for (int image = 0; image < digits.size(); image++) {
            for (int r = 0; r < ENLARGED; r++) {
                float y = (r + 0.5f) * digits.height() / ENLARGED - 0.5f;
                for (int c = 0; c < ENLARGED; c++) {
                    float x = (c + 0.5f) * digits.width() / ENLARGED - 0.5f;
                    enlarged[at++] = Math.round(between(digits, image, y, x) * 255 / 16);
                }
            }
        }
        return enlarged;
    }

    /** Bilinear: the four pixels around (y, x), the nearer the more; beyond the edge, the edge. */
    private static float between(Images digits, int image, float y, float x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        float down = y - top;
        float right = x - left;
        float above = (1 - right) * pixel(digits, image, top, left) + right * pixel(digits, image, top, left + 1);
        float below = (1 - right) * pixel(digits, image, top + 1, left) + right * pixel(digits, image, top + 1, left + 1);
        return (1 - down) * above + down * below;
    }

    private static float pixel(Images digits, int image, int r, int c) {
        int row = Math.max(0, Math.min(digits.height() - 1, r));
        int column = Math.max(0, Math.min(digits.width() - 1, c));
        return digits.pixels()[(image * digits.height() + row) * digits.width() + column];
    }
}
