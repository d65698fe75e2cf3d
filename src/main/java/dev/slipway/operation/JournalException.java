package dev.slipway.operation;

/// The journal could not be written, so nothing may be sent. Its message is a sentence for a person.
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    /// @param sentence what is wrong, where, and what to do
    public JournalException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /// @param sentence what is wrong, where, and what to do
    public JournalException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    /// What is wrong, where, and what to do.
    public String sentence() {
        return sentence;
    }
}
