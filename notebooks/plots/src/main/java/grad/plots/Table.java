package grad.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table as HTML, in the colours of the page it stands on: text to the left, numbers to the right. */
public final class Table {
    private final List<String> header;
    private final List<List<Object>> rows = new ArrayList<>();
    private String caption = "";

    public Table(String... header) {
        Require.that(header.length > 0, "Table: a table has at least one column");
        this.header = List.of(header);
    }

    /** Adds a row with one cell per column. Numbers are shown with six significant digits; format them as text for more. */
    public Table row(Object... cells) {
        Require.that(cells.length == header.size(), "Table: " + header.size() + " columns, but the row has " + cells.length + " cells");
        rows.add(Arrays.asList(cells.clone()));
        return this;
    }

    public Table caption(String caption) {
        this.caption = caption;
        return this;
    }

    public String html() {
        StringBuilder html = new StringBuilder("<table class=\"javagrad-table\" style=\"border-collapse:collapse;margin:4px 0\">");
        if (!caption.isEmpty()) {
            html.append("<caption style=\"caption-side:bottom;text-align:left;padding:8px 0\">")
                    .append(Html.escape(caption)).append("</caption>");
        }
        html.append("<thead><tr>");
        for (int column = 0; column < header.size(); column++) {
            html.append(cell("th", column, "border-bottom:2px solid #8c959f", header.get(column)));
        }
        html.append("</tr></thead><tbody>");
        for (List<Object> row : rows) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                html.append(cell("td", column, "border-bottom:1px solid rgba(140,149,159,0.3)", text(row.get(column))));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    private String cell(String tag, int column, String border, String text) {
        String align = isNumeric(column) ? "right" : "left";
        return "<" + tag + " style=\"text-align:" + align + ";padding:4px 14px;" + border + "\">" + Html.escape(text) + "</" + tag + ">";
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column) instanceof Number);
    }

    private static String text(Object cell) {
        return cell instanceof Double || cell instanceof Float ? Numbers.brief(((Number) cell).doubleValue(), 6) : String.valueOf(cell);
    }

    @Override
    public String toString() {
        return "Table " + rows.size() + "×" + header.size() + ": " + String.join(", ", header);
    }
}
