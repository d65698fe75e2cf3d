package dev.slipway.ui.rollback;

/// The pages of going back, in order; see [RollbackScope#pages].
public enum RollbackPage {
    CHOOSE("Choose"),
    WINDOW("Data-loss window"),
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
