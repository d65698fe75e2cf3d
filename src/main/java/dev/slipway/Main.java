package dev.slipway;

import dev.slipway.app.Start;

/// Opens the window, or runs a command when there is an argument.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        System.exit(Start.run(arguments));
    }
}
