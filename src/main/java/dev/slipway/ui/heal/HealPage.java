package dev.slipway.ui.heal;

import java.util.List;

/// The pages of healing, in order. There is nothing to choose, so it begins with "Confirm".
enum HealPage {
    CONFIRM("Confirm"),
    RUN("Run"),
    RESULT("Result");

    /// All of them.
    static final List<HealPage> ALL = List.of(values());

    private final String title;

    HealPage(String title) {
        this.title = title;
    }

    /// As people read it.
    String title() {
        return title;
    }
}
