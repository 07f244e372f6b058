package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test void hasTheKnownImages() {
        Images digits = Digits.load();
        assertEquals("Images(1797 of 8×8, pixels 0 … 16, 10 classes)", digits.toString());
        // a zero, as scikit-learn's documentation prints its first row
        assertArrayEquals(new float[] {0, 0, 5, 13, 9, 1, 0, 0}, Arrays.copyOf(digits.image(0), 8));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, Arrays.copyOf(digits.labels(), 10));
    }

    @Test void everyDigitIsThereAsOftenAsPublished() {
        int[] counts = new int[10];
        for (int label : Digits.load().labels()) counts[label]++;
        assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
    }

    @Test void theLastFifthIsWhatOthersTestOn() {
        Images.Split split = Digits.load().split(0.8);
        assertEquals(1437, split.train().size());
        assertEquals(360, split.test().size());
    }

    @Test void theTableIsTheOneDistributedAndCarriesItsAttribution() throws Exception {
        try (var table = Digits.class.getResourceAsStream("digits.csv.gz")) {
            assertEquals("ca09b38354112f159cd554f69e213828",
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(table.readAllBytes())));
        }
        try (var text = Digits.class.getResourceAsStream("digits.txt")) {
            assertTrue(new String(text.readAllBytes(), StandardCharsets.UTF_8).contains("https://doi.org/10.24432/C50P49"));
        }
    }
}
