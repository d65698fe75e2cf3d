package dev.slipway.ui.rollback;

import java.util.List;

/// What goes back.
enum RollbackScope {
    /// The code alone.
    CODE,
    /// Nothing: an earlier point of the database is looked into.
    LOOK,
    /// The code and the database.
    CODE_AND_DATA,
    /// The database alone; the code stays.
    DATA,
    /// A restore is taken back.
    UNDO;

    /// The ones a person may choose from.
    static final List<RollbackScope> CHOICES = List.of(CODE, LOOK, CODE_AND_DATA, DATA);

    /// Whether a point of the database's history is asked for.
    boolean asksForPoint() {
        return this == LOOK || this == CODE_AND_DATA || this == DATA;
    }

    /// Whether the database is put back in place.
    boolean restores() {
        return this == CODE_AND_DATA || this == DATA || this == UNDO;
    }

    /// Whether a release is chosen.
    boolean choosesRelease() {
        return this == CODE || this == CODE_AND_DATA;
    }

    /// The pages there are, in order.
    List<RollbackPage> pages() {
        return switch (this) {
            case CODE ->
                    List.of(
                            RollbackPage.CHOOSE,
                            RollbackPage.CONFIRM,
                            RollbackPage.RUN,
                            RollbackPage.RESULT);
            case LOOK -> List.of(RollbackPage.CHOOSE, RollbackPage.WINDOW);
            case CODE_AND_DATA, DATA ->
                    List.of(
                            RollbackPage.CHOOSE,
                            RollbackPage.WINDOW,
                            RollbackPage.CONFIRM,
                            RollbackPage.RUN,
                            RollbackPage.RESULT);
            case UNDO ->
                    List.of(
                            RollbackPage.WINDOW,
                            RollbackPage.CONFIRM,
                            RollbackPage.RUN,
                            RollbackPage.RESULT);
        };
    }
}
