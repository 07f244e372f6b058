package grad.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

class DigitsFuzzTest {
    static Stream<byte[]> seeds() {
        String image = "0,16,".repeat(32);
        return Stream.of(image + "9", image + "10", "1," + image + "0", image + "0\n" + image, image
                + "-1\n", "2.5," + image, ",".repeat(64), image + "\uff15")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Timeout(10) @MethodSource("seeds") @FuzzTest
    void rowsAreReadAndTheRestIsRefused(byte[] bytes) {
        List<String> rows = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        try {
            Images digits = Digits.read(rows);
            assertEquals(rows.size(), digits.size());
            for (float pixel : digits.pixels()) assertTrue(pixel >= 0 && pixel <= 16, "pixel " + pixel);
        } catch (IOException e) {
            assertTrue(e.getMessage().matches("(?s)row [1-9].+"), e.getMessage());
        }
    }
}
