package grad.plots;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several figures as one, in rows of equal cells. */
public final class Sheet {
    private static final int GAP = 8;

    private final Frame frame;
    private final int columns;
    private final List<Figure> figures = new ArrayList<>();

    public Sheet(String title, int columns) {
        Require.that(columns > 0, "Sheet: a row holds at least one figure, got " + columns);
        frame = new Frame(title);
        this.columns = columns;
    }

    public Sheet add(Figure figure) {
        figures.add(figure);
        return this;
    }

    public Figure figure() {
        Require.that(!figures.isEmpty(), "Sheet: nothing to draw; add a figure first");
        int cellWidth = figures.stream().mapToInt(Figure::width).max().getAsInt();
        int cellHeight = figures.stream().mapToInt(Figure::height).max().getAsInt();
        int across = Math.min(columns, figures.size());
        int down = (figures.size() + columns - 1) / columns;
        int width = across * (cellWidth + GAP) - GAP;
        int first = frame.title.isEmpty() ? 0 : frame.top(width, Legend.NONE) + GAP;
        frame.size(width, first + down * (cellHeight + GAP) - GAP);
        String words = Numbers.count(figures.size(), "figure") + ": " + figures.stream().map(Figure::alt).collect(Collectors.joining("; "));
        Figure whole = frame.figure("Sheet", words, Legend.NONE, (g, top, w, h) -> {
            for (int i = 0; i < figures.size(); i++) {
                Graphics2D cell = (Graphics2D) g.create();
                cell.translate(i % columns * (cellWidth + GAP), first + i / columns * (cellHeight + GAP));
                figures.get(i).paint(cell);
                cell.dispose();
            }
        });
        return whole.shownAs(html(width, cellWidth, across));
    }

    /** Side by side where there is room, one below the other on a phone: shrunk to its width, their words could not be read. */
    private String html(int width, int cellWidth, int across) {
        int least = Math.max(cellWidth * 7 / 10, width / (across + 1) + 1);      // with room for no more than the columns
        String heading = frame.title.isEmpty() ? ""
                : "<div style=\"margin-bottom:8px;color:#24292f;font-weight:bold\">" + Html.escape(frame.title) + "</div>";
        return heading + "<div style=\"display:grid;gap:" + GAP + "px;width:" + width + "px;max-width:100%;"
                + "grid-template-columns:repeat(auto-fit,minmax(min(100%," + least + "px),1fr))\">"
                + figures.stream().map(figure -> figure.image("display:block;max-width:100%;height:auto"))
                        .collect(Collectors.joining()) + "</div>";
    }
}
