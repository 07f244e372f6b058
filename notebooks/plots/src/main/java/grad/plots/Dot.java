package grad.plots;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A data point: a disc with a thin white ring, so that crowded points and coloured ground do not swallow it. */
final class Dot extends Marker {
    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
        Ellipse2D disc = new Ellipse2D.Double(x - size / 2.0, y - size / 2.0, size, size);
        g.fill(disc);
        g.setStroke(new BasicStroke(1.2f));
        g.setColor(Theme.PAPER);
        g.draw(disc);
    }
}
