package dev.slipway.ui.rescue;

import java.util.List;

/// The pages of a rescue, in order.
enum RescuePage {
    ROWS("Lost rows"),
    CONFIRM("Confirm"),
    RUN("Run"),
    RESULT("Result");

    /// All of them.
    static final List<RescuePage> ALL = List.of(values());

    private final String title;

    RescuePage(String title) {
        this.title = title;
    }

    /// As people read it.
    String title() {
        return title;
    }
}
