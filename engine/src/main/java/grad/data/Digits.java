package grad.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * 1797 handwritten digits, 8×8 pixels from 0 to 16: small enough to learn from in seconds.
 *
 * <p>Source: E. Alpaydin and C. Kaynak 1998, <i>Optical Recognition of Handwritten Digits</i>, UCI Machine Learning Repository,
 * <a href="https://doi.org/10.24432/C50P49">doi 10.24432/C50P49</a>, licence CC BY 4.0, in the file that scikit-learn distributes.
 */
public final class Digits {
    private static final int SIZE = 1797;
    private static final int SIDE = 8;

    private Digits() { }

    /** All images in the order of the file, in new arrays at every call. */
    public static Images load() {
        int d = SIDE * SIDE;
        float[] pixels = new float[SIZE * d];
        int[] labels = new int[SIZE];
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Digits.class.getResourceAsStream("digits.csv.gz")), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < SIZE; i++) {
                String[] cells = lines.readLine().split(",");
                for (int j = 0; j < d; j++) pixels[i * d + j] = Integer.parseInt(cells[j]);
                labels[i] = Integer.parseInt(cells[d]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Digits: cannot read the table in the engine's jar", e);
        }
        return new Images(pixels, labels, SIDE, SIDE, 10);
    }
}
