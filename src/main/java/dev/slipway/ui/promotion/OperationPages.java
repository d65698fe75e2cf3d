package dev.slipway.ui.promotion;

import dev.slipway.operation.OperationState;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Which pages of the wizard an operation has behind it, and what stands below their names.
///
/// @param id of the operation
/// @param started drafts whose operation was started from this window
/// @param zone the zone times are shown in
record OperationPages(String id, Drafts started, java.time.ZoneId zone) {
    private static final Texts TEXTS = Texts.of(OperationPages.class);

    Set<Page> readable(RunSheet sheet) {
        var all = new java.util.TreeSet<>(Set.of(Page.PLAN, Page.RUN));
        if (Subject.of(sheet.plan()).pages().contains(Page.CHOOSE)) {
            all.addAll(Set.of(Page.CHOOSE, Page.REHEARSE));
        }
        if (started.of(id).isPresent()) {
            all.add(Page.PREFLIGHT);
        }
        if (sheet.over()) {
            all.add(Page.RESULT);
        }
        return all;
    }

    /// The keys that show them.
    List<Shortcut> keys(RunSheet sheet, Consumer<Page> visit) {
        var pages = Subject.of(sheet.plan()).pages();
        return readable(sheet).stream()
                .map(which ->
                        new Shortcut(
                                "Alt+" + (pages.indexOf(which) + 1),
                                TEXTS.get("promotion.key.page", which.title()),
                                () -> visit.accept(which)))
                .toList();
    }

    List<StepperRail.Step> steps(RunSheet sheet, Page shown) {
        var can = readable(sheet);
        var rows = new ArrayList<StepperRail.Step>();
        for (var which : Subject.of(sheet.plan()).pages()) {
            var failed =
                    which == Page.RUN
                            && sheet.over()
                            && sheet.row().state() != OperationState.SUCCEEDED;
            var done =
                    which.compareTo(Page.RUN) < 0
                            || (which == Page.RUN && sheet.over())
                            || can.contains(which);
            var state =
                    which == shown
                            ? StepperRail.State.CURRENT
                            : failed
                                    ? StepperRail.State.FAILED
                                    : done ? StepperRail.State.DONE : StepperRail.State.AHEAD;
            rows.add(new StepperRail.Step(which.title(), note(which, sheet), state));
        }
        return rows;
    }

    private String note(Page which, RunSheet sheet) {
        var plan = sheet.plan();
        return switch (which) {
            case CHOOSE -> Words.how(plan).map(Words::how).orElseGet(() -> Words.subject(plan));
            case PREFLIGHT ->
                    started.of(id)
                            .flatMap(Draft::proposal)
                            .map(p -> Words.count(p.gates().size(), "gate"))
                            .orElse("passed before");
            case REHEARSE ->
                    Words.how(plan).equals(Optional.of(How.RECORD))
                            ? "tried before"
                            : Words.migrations(plan).isEmpty()
                                    ? "nothing to rehearse"
                                    : "in the run";
            case PLAN -> Words.hash(plan);
            case CONFIRM -> sheet.row().by() + ", " + Times.clock(sheet.row().startedAt(), zone);
            case RUN ->
                    sheet.over()
                            ? Words.count(sheet.stages().size(), "step")
                            : "step " + sheet.position() + " of " + sheet.stages().size();
            case RESULT -> sheet.over() ? word(sheet) : "";
        };
    }

    private static String word(RunSheet sheet) {
        return switch (sheet.row().state()) {
            case SUCCEEDED ->
                    switch (Subject.of(sheet.plan())) {
                        case PROMOTION -> "live";
                        case REPAIR -> "repaired";
                        case ROLLBACK -> "back on " + sheet.plan().target();
                        case RESTORE -> "restored";
                        case RESCUE -> "rows are back";
                        case HEAL -> "healed";
                        case OTHER -> "done";
                    };
            case ROLLED_BACK -> "rolled back";
            case STOPPED_SAFE -> "stopped";
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case INTERRUPTED -> "interrupted";
            case NEEDS_OPERATOR -> "needs you";
        };
    }
}
