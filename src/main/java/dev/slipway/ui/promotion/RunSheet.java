package dev.slipway.ui.promotion;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.operation.StepState;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An operation as its page shows it. Pure: journal, what is live, and the moment called now give
/// the same sheet.
///
/// @param state what the journal adds up to
/// @param here whether this process works on it
record RunSheet(
        OperationDetail detail,
        RunState state,
        List<Stage> stages,
        Live live,
        boolean here,
        Optional<Estimate> estimate,
        Instant now) {
    private static final Status NOT_RUN = Status.SKIPPED.saying("Not run");
    private static final Status BACK =
            new Status("Put back", Icon.UNDO, dev.slipway.ui.kit.Tone.WARNING);

    RunSheet {
        stages = List.copyOf(stages);
    }

    /// A group of steps that belong together.
    ///
    /// @param taken how long it took, or takes until now
    /// @param expected how long it took before, as far as that is known
    /// @param part whether it is a later part of the stage above
    record Stage(
            String name,
            String note,
            Status status,
            Optional<Duration> taken,
            Optional<Duration> expected,
            boolean part,
            boolean current,
            List<PlanStep> steps) {
        String sentence() {
            return name
                    + ", "
                    + status.word()
                    + (note.isEmpty() || note.equals(status.word()) ? "" : ", " + note);
        }
    }

    static RunSheet of(
            OperationDetail detail,
            Live live,
            boolean here,
            Optional<Estimate> estimate,
            Instant now) {
        return of(detail, RunState.of(detail.plan(), detail.entries()), live, here, estimate, now);
    }

    static RunSheet of(
            OperationDetail detail,
            RunState state,
            Live live,
            boolean here,
            Optional<Estimate> estimate,
            Instant now) {
        return new RunSheet(
                detail,
                state,
                new Stages(detail, state, live, estimate, now).all(),
                live,
                here,
                estimate,
                now);
    }

    OperationRow row() {
        return detail.row();
    }

    Plan plan() {
        return detail.plan();
    }

    /// Whether it has ended for good.
    boolean over() {
        return row().state().terminal() && row().state() != OperationState.NEEDS_OPERATOR;
    }

    /// The step it is at; empty when all are done.
    Optional<PlanStep> current() {
        return over() ? Optional.empty() : state.current();
    }

    /// The figures of the health gate it is at.
    Optional<GateFigures> gate() {
        return current()
                .flatMap(step ->
                        GateFigures.of(
                                step,
                                step.key().equals(live.step()) ? live.notes() : Map.of(),
                                now));
    }

    /// When it is likely to end, from earlier operations; empty when none is known.
    Optional<Instant> endsAt() {
        return estimate.map(e -> {
            var at = row().startedAt().plus(e.total());
            return at.isBefore(now) ? now : at;
        });
    }

    /// The number of the stage it is at, from 1.
    int position() {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).current()) {
                return i + 1;
            }
        }
        return stages.size();
    }

    /// Computes the stages.
    private record Stages(
            OperationDetail detail,
            RunState state,
            Live live,
            Optional<Estimate> estimate,
            Instant now) {
        List<Stage> all() {
            var spans = Timeline.of(detail);
            var all = new ArrayList<Stage>();
            for (var row : PlanRows.of(detail.plan())) {
                var groups = row.steps().stream().map(PlanStep::group).distinct().toList();
                if (groups.getFirst().startsWith("traffic-")) {
                    for (var group : groups) {
                        var steps =
                                row.steps().stream().filter(s -> s.group().equals(group)).toList();
                        var percent = group.substring(group.indexOf('-') + 1);
                        all.add(
                                stage(
                                        "Traffic " + percent + " %",
                                        steps,
                                        spans,
                                        !group.equals(groups.getFirst())));
                    }
                } else {
                    all.add(stage(Words.briefly(row.title()), row.steps(), spans, false));
                }
            }
            return all;
        }

        private Stage stage(
                String name, List<PlanStep> steps, Map<String, Timeline.Span> spans, boolean part) {
            var current = current().filter(steps::contains).isPresent();
            var status = status(steps, current);
            return new Stage(
                    name,
                    note(steps, current, status),
                    status,
                    taken(steps, spans, current),
                    expected(steps),
                    part,
                    current,
                    List.copyOf(steps));
        }

        private Optional<PlanStep> current() {
            return detail.row().state().terminal()
                            && detail.row().state() != OperationState.NEEDS_OPERATOR
                    ? Optional.empty()
                    : state.current()
                            .or(() ->
                                    detail.plan().steps().stream()
                                            .filter(s -> waits(state.stateOf(s.key())))
                                            .findFirst());
        }

        private static boolean waits(StepState step) {
            return step == StepState.NEEDS_OPERATOR || step == StepState.CONTRADICTED;
        }

        private Status status(List<PlanStep> steps, boolean current) {
            var states = steps.stream().map(s -> state.stateOf(s.key())).toList();
            if (states.stream().anyMatch(Stages::waits)) {
                return Status.ATTENTION.saying("Needs you");
            }
            if (states.contains(StepState.FAILED) || states.contains(StepState.COMPENSATING)) {
                return Status.FAILED;
            }
            if (states.contains(StepState.COMPENSATED)) {
                return BACK.saying("Failed, put back");
            }
            if (states.stream().allMatch(StepState::ended)) {
                return states.contains(StepState.WARNED)
                        ? Status.ATTENTION.saying("Done, with a warning")
                        : Status.DONE;
            }
            if (current) {
                return switch (detail.row().state()) {
                    case PAUSED -> Status.PAUSED;
                    case INTERRUPTED -> Status.PAUSED.saying("Interrupted");
                    default -> Status.RUNNING;
                };
            }
            return detail.row().state().terminal() ? NOT_RUN : Status.QUEUED;
        }

        private String note(List<PlanStep> steps, boolean current, Status status) {
            var reason =
                    steps.stream()
                            .map(s -> state.reasonOf(s.key()))
                            .filter(text -> !text.isEmpty())
                            .findFirst();
            if (reason.isPresent()) {
                return status.word() + ": " + reason.get();
            }
            if (current && status.equals(Status.RUNNING)) {
                var at = current().orElseThrow();
                if (at.key().equals(live.step()) && !live.text().isEmpty()) {
                    return live.text();
                }
                return steps.size() > 1 ? at.title() : status.word();
            }
            return status.equals(Status.DONE) && steps.size() > 1
                    ? "Done, " + Words.count(steps.size(), "part")
                    : status.word();
        }

        private Optional<Duration> taken(
                List<PlanStep> steps, Map<String, Timeline.Span> spans, boolean current) {
            var own =
                    steps.stream()
                            .map(PlanStep::group)
                            .distinct()
                            .filter(spans::containsKey)
                            .map(spans::get)
                            .toList();
            if (own.isEmpty() && !current) {
                return Optional.empty();
            }
            var from =
                    own.stream()
                            .map(Timeline.Span::from)
                            .min(Instant::compareTo)
                            .orElse(lastEnd(spans));
            var to = own.stream().map(Timeline.Span::to).max(Instant::compareTo).orElse(from);
            var running = current && detail.row().state() == OperationState.RUNNING;
            return Optional.of(Duration.between(from, running && now.isAfter(to) ? now : to));
        }

        private Instant lastEnd(Map<String, Timeline.Span> spans) {
            return spans.values().stream()
                    .map(Timeline.Span::to)
                    .max(Instant::compareTo)
                    .orElse(detail.row().startedAt());
        }

        private Optional<Duration> expected(List<PlanStep> steps) {
            return estimate.flatMap(e -> {
                var known =
                        steps.stream()
                                .map(PlanStep::group)
                                .distinct()
                                .filter(e.groups()::containsKey)
                                .toList();
                return known.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                known.stream()
                                        .map(g -> e.groups().getOrDefault(g, Duration.ZERO))
                                        .reduce(Duration.ZERO, Duration::plus));
            });
        }
    }
}
