package dev.slipway.ui.promotion;

import dev.slipway.operation.Plan;
import dev.slipway.release.Repair;
import dev.slipway.release.rollback.RollbackProposal;
import java.util.List;

/// What an operation is for, as its page tells it.
enum Subject {
    PROMOTION,
    REPAIR,
    ROLLBACK,
    /// Something else that a plan says itself, such as a hold.
    OTHER;

    private static final List<Page> WIZARD = List.of(Page.values());
    private static final List<Page> SHORT = List.of(Page.PLAN, Page.CONFIRM, Page.RUN, Page.RESULT);

    static Subject of(Plan plan) {
        return switch (plan.kind()) {
            case "promotion" -> PROMOTION;
            case Repair.KIND -> REPAIR;
            case RollbackProposal.KIND -> ROLLBACK;
            default -> OTHER;
        };
    }

    /// The pages it has, in order.
    List<Page> pages() {
        return switch (this) {
            case PROMOTION, REPAIR -> WIZARD;
            case ROLLBACK, OTHER -> SHORT;
        };
    }
}
