package dev.slipway.domain;

import java.util.List;

/// What a person asked for was refused after the remotes were asked; nothing was changed. The command
/// line ends with code 3 and prints each sentence.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    /// One reason, as a whole sentence.
    public RefusedException(String reason) {
        this(List.of(reason));
    }

    /// Several reasons, each a whole sentence.
    public RefusedException(List<String> reasons) {
        super(String.join(" ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /// The sentences.
    public List<String> reasons() {
        return reasons;
    }
}
