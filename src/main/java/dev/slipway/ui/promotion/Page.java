package dev.slipway.ui.promotion;

/// The pages of a promotion, in order.
public enum Page {
    CHOOSE("Choose"),
    PREFLIGHT("Preflight"),
    REHEARSE("Rehearse"),
    PLAN("Plan"),
    CONFIRM("Confirm"),
    RUN("Run"),
    RESULT("Result");

    private final String title;

    Page(String title) {
        this.title = title;
    }

    /// As people read it.
    public String title() {
        return title;
    }
}
