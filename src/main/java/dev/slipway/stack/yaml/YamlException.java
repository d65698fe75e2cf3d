package dev.slipway.stack.yaml;

/// A text that is not YAML or goes beyond the limits.
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final String sentence;

    YamlException(Position position, String sentence) {
        super(sentence);
        this.position = position;
        this.sentence = sentence;
    }

    /// What is wrong, without the position.
    public String sentence() {
        return sentence;
    }

    /// Where it stopped making sense.
    public Position position() {
        return position;
    }
}
