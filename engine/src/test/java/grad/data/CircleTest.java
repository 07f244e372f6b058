package grad.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircleTest {
    @Test void classOneIsInsideTheUnitCircle() {
        Points points = Circle.points(1000, new Random(1));
        for (int i = 0; i < points.size(); i++) assertEquals(Math.hypot(points.x()[i][0], points.x()[i][1]) < 1 ? 1 : 0, points.y()[i]);
    }

    @Test void pointsFillTheSquareAndHalfOfThemAreInside() {
        Points points = Circle.points(10_000, new Random(1));
        double farthest = Arrays.stream(points.x()).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
        assertTrue(farthest <= Circle.EXTENT && farthest > 0.99 * Circle.EXTENT);
        assertEquals(0.5, Arrays.stream(points.y()).average().orElseThrow(), 0.02);
    }

    @Test void sameSeedGivesTheSamePoints() {
        assertArrayEquals(Circle.points(50, new Random(7)).x(), Circle.points(50, new Random(7)).x());
    }

    @Test void noPointsAreRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Circle.points(0, new Random(1)));
        assertEquals("Circle needs at least 1 point, got 0", e.getMessage());
    }
}
