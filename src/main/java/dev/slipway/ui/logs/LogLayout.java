package dev.slipway.ui.logs;

import dev.slipway.log.LogRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts rows into screen lines of one height. Pure, and asked only for what is on screen.
///
/// @param columns how many characters of the message fit into a line
/// @param wrap whether long messages go on in further lines
/// @param expanded numbers of the rows shown in full
record LogLayout(int columns, boolean wrap, Set<Long> expanded) {

    private static final int DETAIL_ROOM = 5;

    /// One line on screen.
    ///
    /// @param part 0 for the line with time and source, then 1, 2 …
    /// @param text the part of the message or detail shown here
    /// @param offset where in the message `text` begins; -1 for a line of detail
    record Line(long number, LogRow row, int part, String text, int offset) {
        boolean isHead() {
            return part == 0;
        }

        boolean isDetail() {
            return offset < 0;
        }
    }

    /// Whether there is more of `row` than its first line shows.
    boolean canExpand(LogRow row) {
        return !row.detail().isEmpty() || row.text().length() > columns;
    }

    /// The lines of one row, top to bottom.
    List<Line> lines(long number, LogRow row) {
        var lines = new ArrayList<Line>();
        boolean full = expanded.contains(number);
        if (row.kind() != LogRow.Kind.LINE) {
            lines.add(new Line(number, row, 0, row.text(), 0));
            return lines;
        }
        if (wrap || full) {
            for (int at = 0; at == 0 || at < row.text().length(); ) {
                int end = end(row.text(), at, columns);
                lines.add(new Line(number, row, lines.size(), row.text().substring(at, end), at));
                at = Math.max(end, at + 1);
            }
        } else {
            lines.add(new Line(number, row, 0, shortened(row.text()), 0));
        }
        if (full) {
            // A line of detail is indented, and nothing stands to its right.
            int width = columns + DETAIL_ROOM;
            for (var detail : row.detail()) {
                for (int at = 0; at == 0 || at < detail.length(); at += width) {
                    lines.add(new Line(number, row, lines.size(), cut(detail, at, width), -1));
                }
            }
        }
        return lines;
    }

    private String shortened(String text) {
        return text.length() <= columns ? text : text.substring(0, Math.max(1, columns - 1)) + "…";
    }

    /// Where a line that begins at `from` ends: between words where there is a place.
    private static int end(String text, int from, int length) {
        if (text.length() - from <= length) {
            return text.length();
        }
        int space = text.lastIndexOf(' ', from + length - 1);
        return space > from ? space + 1 : from + length;
    }

    private static String cut(String text, int from, int length) {
        return text.substring(from, Math.min(text.length(), from + length));
    }
}
