package dev.slipway.ui.promotion;

import dev.slipway.operation.Plan;
import dev.slipway.release.Repair;
import dev.slipway.release.rollback.HealProposal;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.release.rollback.rescue.RescueProposal;
import dev.slipway.release.step.RestoreBranch;
import java.util.List;

/// What an operation is for, as its page tells it.
enum Subject {
    PROMOTION,
    REPAIR,
    ROLLBACK,
    /// A rollback that puts the database back, too.
    RESTORE,
    /// Brings back rows that a restore took away.
    RESCUE,
    /// Uploads what serves again.
    HEAL,
    /// Something else that a plan says itself, such as a hold.
    OTHER;

    private static final List<Page> WIZARD = List.of(Page.values());
    private static final List<Page> SHORT = List.of(Page.PLAN, Page.CONFIRM, Page.RUN, Page.RESULT);

    /// Whether Workers are put back by it.
    boolean goesBack() {
        return this == ROLLBACK || this == RESTORE;
    }

    static Subject of(Plan plan) {
        return switch (plan.kind()) {
            case "promotion" -> PROMOTION;
            case Repair.KIND -> REPAIR;
            case RollbackProposal.KIND ->
                    plan.step(RestoreBranch.KEY).isPresent() ? RESTORE : ROLLBACK;
            case RescueProposal.KIND -> RESCUE;
            case HealProposal.KIND -> HEAL;
            default -> OTHER;
        };
    }

    /// The pages it has, in order.
    List<Page> pages() {
        return switch (this) {
            case PROMOTION, REPAIR -> WIZARD;
            case ROLLBACK, RESTORE, RESCUE, HEAL, OTHER -> SHORT;
        };
    }
}
