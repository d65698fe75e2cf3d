package dev.slipway.ui.rollback;

/// The pages of going back with code alone, in order.
public enum RollbackPage {
    CHOOSE("Choose"),
    CONFIRM("Confirm"),
    RUN("Run"),
    RESULT("Result");

    private final String title;

    RollbackPage(String title) {
        this.title = title;
    }

    /// As people read it.
    public String title() {
        return title;
    }
}
