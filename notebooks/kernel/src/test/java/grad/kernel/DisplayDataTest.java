package grad.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DisplayDataTest {
    private static final BufferedImage IMAGE = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);

    @Test void mimeTypeAskedForIsTheOnlyOneSent() {
        assertEquals(Map.of("text/html", "<b>x</b>"), DisplayData.of("<b>x</b>", "text/html").data());
    }

    @Test void imageIsPngAndItsSizeInText() {
        Map<String, Object> data = DisplayData.of(IMAGE).data();
        assertEquals(Set.of("image/png", "text/plain"), data.keySet());
        assertEquals("image 4 x 3", data.get("text/plain"));
        byte[] png = Base64.getDecoder().decode((String) data.get("image/png"));
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, java.util.Arrays.copyOf(png, 4));
    }

    @Test void imageAsSomethingElseIsRefusedWithTheWayOut() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> DisplayData.of(IMAGE, "text/html"));
        assertTrue(e.getMessage().contains("image/png"), e.getMessage());
    }

    @Test void transparencyIsRefusedWhereTheFormatHasNone() {
        BufferedImage transparent = new BufferedImage(4, 3, BufferedImage.TYPE_INT_ARGB);
        Exception e = assertThrows(IllegalArgumentException.class, () -> DisplayData.of(transparent, "image/jpeg"));
        assertEquals("an image with transparency cannot be shown as image/jpeg: use image/png", e.getMessage());
    }

    @Test void bytesAreEncodedForABinaryTypeAndDecodedForAText() {
        assertEquals("R0lG", DisplayData.of("GIF".getBytes(), "image/gif").data().get("image/gif"));
        assertEquals("<svg/>", DisplayData.of("<svg/>".getBytes(), "image/svg+xml").data().get("image/svg+xml"));
        assertEquals("[1, 2]", DisplayData.of(new byte[] {1, 2}).data().get("text/plain"));
    }

    @Test void jsonIsSentAsJson() {
        assertEquals("{\"a\":[1]}", DisplayData.of("{\"a\": [1]}", "application/json").data().get("application/json").toString());
    }

    @Test void whatIsRenderedIsNotRenderedAgain() {
        DisplayData once = DisplayData.of(List.of(1), "text/html");
        assertEquals(once, DisplayData.of(once));
    }
}
