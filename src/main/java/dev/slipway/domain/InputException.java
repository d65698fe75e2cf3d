package dev.slipway.domain;

import java.util.List;

/// What a person gave is wrong and no remote was asked: a file, an argument, a name. The command
/// line ends with code 2 and prints each sentence; nothing was changed.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /// One problem, as a whole sentence.
    public InputException(String problem) {
        this(List.of(problem));
    }

    /// Several problems, each a whole sentence.
    public InputException(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    /// The sentences, in the order of the input.
    public List<String> problems() {
        return problems;
    }
}
