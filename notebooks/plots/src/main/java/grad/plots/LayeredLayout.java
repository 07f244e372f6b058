package grad.plots;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Places the nodes of a directed graph in layers from left to right and routes its edges as splines (Eclipse Layout Kernel). */
final class LayeredLayout {
    static {
        LayoutMetaDataService.initElkReflect();
    }

    private static final double CLEARANCE = 3;

    private final ElkNode graph = ElkGraphUtil.createGraph();
    private final Map<String, ElkNode> nodes = new LinkedHashMap<>();
    private final Map<String, ElkPort> exits = new LinkedHashMap<>();
    private final List<ElkEdge> edges = new ArrayList<>();

    LayeredLayout(double margin, double layerGap, double nodeGap) {
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(margin));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, layerGap);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, layerGap / 2);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, nodeGap);
        graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        graph.setProperty(LayeredOptions.CROSSING_MINIMIZATION_FORCE_NODE_MODEL_ORDER, true);
    }

    void node(String id, double width, double height) {
        ElkNode node = ElkGraphUtil.createNode(graph);
        node.setDimensions(width, height);
        node.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_SIDE);
        nodes.put(id, node);
    }

    /** All edges leave a node from one point. */
    void edge(String from, String to) {
        edges.add(ElkGraphUtil.createSimpleEdge(exits.computeIfAbsent(from, this::exit), nodes.get(to)));
    }

    private ElkPort exit(String id) {
        ElkPort port = ElkGraphUtil.createPort(nodes.get(id));
        port.setProperty(LayeredOptions.PORT_SIDE, PortSide.EAST);
        return port;
    }

    void run() {
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
    }

    double width() {
        return graph.getWidth();
    }

    double height() {
        return graph.getHeight();
    }

    Rectangle2D bounds(String id) {
        return bounds(nodes.get(id), 0);
    }

    private static Rectangle2D bounds(ElkNode node, double around) {
        return new Rectangle2D.Double(node.getX() - around, node.getY() - around,
                node.getWidth() + 2 * around, node.getHeight() + 2 * around);
    }

    /** The i-th edge, in the order in which edges were added: one smooth curve where nothing is in its way, else the router's spline. */
    Path2D curve(int i) {
        ElkEdge edge = edges.get(i);
        ElkEdgeSection section = edge.getSections().get(0);
        double x = section.getStartX(), y = section.getStartY(), endX = section.getEndX(), endY = section.getEndY();
        double handle = (endX - x) / 2;
        Path2D smooth = new Path2D.Double();
        smooth.moveTo(x, y);
        smooth.curveTo(x + handle, y, endX - handle, endY, endX, endY);
        return handle > 0 && isFree(smooth, edge) ? smooth : spline(section);
    }

    private boolean isFree(Path2D curve, ElkEdge edge) {
        List<ElkNode> others = new ArrayList<>(nodes.values());
        others.removeAll(List.of(ElkGraphUtil.getSourceNode(edge), ElkGraphUtil.getTargetNode(edge)));
        double[] from = new double[2];
        double[] to = new double[2];
        for (PathIterator i = curve.getPathIterator(null, 0.5); !i.isDone(); i.next()) {
            boolean isStart = i.currentSegment(to) == PathIterator.SEG_MOVETO;
            Line2D piece = new Line2D.Double(from[0], from[1], to[0], to[1]);
            if (!isStart && others.stream().anyMatch(node -> piece.intersects(bounds(node, CLEARANCE)))) return false;
            System.arraycopy(to, 0, from, 0, 2);
        }
        return true;
    }

    private static Path2D spline(ElkEdgeSection section) {
        List<Point2D> points = new ArrayList<>();
        section.getBendPoints().forEach(bend -> points.add(new Point2D.Double(bend.getX(), bend.getY())));
        points.add(new Point2D.Double(section.getEndX(), section.getEndY()));
        Path2D path = new Path2D.Double();
        path.moveTo(section.getStartX(), section.getStartY());
        int at = 0;
        for (; at + 3 <= points.size(); at += 3) {
            Point2D a = points.get(at), b = points.get(at + 1), c = points.get(at + 2);
            path.curveTo(a.getX(), a.getY(), b.getX(), b.getY(), c.getX(), c.getY());
        }
        for (; at < points.size(); at++) path.lineTo(points.get(at).getX(), points.get(at).getY());
        return path;
    }
}
