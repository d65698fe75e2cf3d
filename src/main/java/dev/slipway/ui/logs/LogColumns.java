package dev.slipway.ui.logs;

/// Where the columns of the log begin, in pixels from the left of the pane.
///
/// @param where how wide the last column is, from the right; 0 leaves it out
/// @param sourceLength how many characters of the source are shown
record LogColumns(
        double time,
        double source,
        double level,
        double expand,
        double message,
        double where,
        int sourceLength) {
    private static final double ROOM_FOR_WIDE = 760;

    /// As the heads of the page "Logs" say.
    static final LogColumns WIDE = new LogColumns(16, 132, 256, 330, 346, 64, 16);

    /// Closer together, so that a pane of half the window keeps room for the message.
    static final LogColumns NARROW = new LogColumns(10, 104, 186, 238, 250, 0, 10);

    /// Those that suit a pane of this width.
    static LogColumns of(double width) {
        return width < ROOM_FOR_WIDE ? NARROW : WIDE;
    }

    /// How many pixels of a pane of `width` are left for the message.
    double room(double width) {
        return width - message - (where == 0 ? 20 : where + 40);
    }
}
