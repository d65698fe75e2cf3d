package dev.slipway.cli;

import java.io.Console;
import java.util.Optional;

/// The person's terminal, when both input and output are one.
final class Terminal {
    private Terminal() {}

    static Optional<Console> present() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
