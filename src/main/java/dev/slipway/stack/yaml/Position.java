package dev.slipway.stack.yaml;

/// A place in a text, both numbers counted from one.
public record Position(int line, int column) {
    /// Where a text begins.
    public static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
