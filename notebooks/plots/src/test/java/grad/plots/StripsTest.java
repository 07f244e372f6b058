package grad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StripsTest {
    @Test
    void everyValueIsAPointInTheColourOfItsRow() {
        Figure figure = new Strips("Five seeds", "% read rightly").strip("wide", 92.5, 93, 94.2).strip("small", 90).figure();
        int[] pixels = Palette.pixels(figure.image());
        long blue = Arrays.stream(pixels).filter(rgb -> rgb == Theme.BLUE.getRGB()).count();
        long red = Arrays.stream(pixels).filter(rgb -> rgb == Theme.VERMILLION.getRGB()).count();
        assertTrue(red > 150, "one disc");
        assertEquals(3.0, (double) blue / red, 0.3);
        assertEquals("Strips: Five seeds (% read rightly for wide, small)", figure.alt());
        assertThrows(IllegalArgumentException.class, () -> new Strips("", "").figure());
    }
}
