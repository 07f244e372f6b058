package grad.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * 1797 handwritten digits, 8×8 pixels from 0 to 16: small enough to learn from in seconds.
 *
 * <p>Source: E. Alpaydin and C. Kaynak 1998, <i>Optical Recognition of Handwritten Digits</i>, UCI Machine Learning Repository,
 * <a href="https://doi.org/10.24432/C50P49">doi 10.24432/C50P49</a>, licence CC BY 4.0, in the file that scikit-learn distributes.
 */
public final class Digits {
    private static final int SIDE = 8;
    private static final int BLACKEST = 16;
    private static final int CLASSES = 10;

    private Digits() { }

    /** All images in the order of the file, in new arrays at every call. */
    public static Images load() {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Digits.class.getResourceAsStream("digits.csv.gz")), StandardCharsets.US_ASCII))) {
            return read(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Digits: cannot read the table in the engine's jar", e);
        }
    }

    /**
     * The images of a table: 64 pixels and the label in each row, with commas between.
     *
     * @throws IOException naming row and reason, for anything else
     */
    static Images read(List<String> rows) throws IOException {
        if (rows.isEmpty()) throw new IOException("row 1: the table is empty");
        int d = SIDE * SIDE;
        float[] pixels = new float[rows.size() * d];
        int[] labels = new int[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            String[] cells = rows.get(i).split(",", -1);
            if (cells.length != d + 1) {
                throw new IOException("row " + (i + 1) + ": expected " + (d + 1) + " numbers, found " + cells.length);
            }
            for (int j = 0; j < d; j++) pixels[i * d + j] = number(cells[j], BLACKEST, i);
            labels[i] = number(cells[d], CLASSES - 1, i);
        }
        return new Images(pixels, labels, SIDE, SIDE, CLASSES);
    }

    private static int number(String cell, int largest, int row) throws IOException {
        try {
            int n = Integer.parseInt(cell);
            if (n >= 0 && n <= largest) return n;
        } catch (NumberFormatException e) {
            // refused below, as a number out of bounds is
        }
        throw new IOException("row " + (row + 1) + ": expected a number from 0 to " + largest + ", found \"" + cell + "\"");
    }
}
