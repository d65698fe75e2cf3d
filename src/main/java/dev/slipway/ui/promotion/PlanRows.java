package dev.slipway.ui.promotion;

import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.rehearsal.StatementReport;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepGroup;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Repair.How;
import dev.slipway.release.step.UploadAgain;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.rehearsal.Classes;
import dev.slipway.ui.rehearsal.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A plan as people read it: groups of steps that belong together are one row, so that the whole
/// plan fits on a page. Every step of the plan is in exactly one row.
final class PlanRows {
    private static final Set<String> OPENING = Set.of("claim-lock", "record-restore-point");
    private static final Set<String> STAGING = Set.of("stage", "smoke");
    private static final Set<String> CLOSING =
            Set.of(
                    "settle",
                    "tag",
                    "record-deployment",
                    "comment",
                    "discard-unfinished",
                    "discard-rehearsal",
                    "release-lock");

    private PlanRows() {}

    /// One row.
    ///
    /// @param number from 1
    /// @param detail the second line
    /// @param icon of what it touches, empty when it only reads
    /// @param open whether it is public at once, so that it is only undone by another public change
    /// @param steps what it consists of, in order
    record Row(
            int number,
            String title,
            String detail,
            Optional<Icon> icon,
            String touches,
            String undo,
            String ifFails,
            boolean open,
            List<PlanStep> steps) {
        Row {
            steps = List.copyOf(steps);
        }

        String sentence() {
            return "Step %d, %s, %s. Touches: %s. Undo: %s. If it fails: %s"
                    .formatted(number, title, detail, touches, undo, ifFails);
        }
    }

    private static boolean alone(List<PlanStep> steps) {
        return steps.stream().anyMatch(step -> step.parameters().containsKey("statement"));
    }

    /// The rows of `plan`.
    static List<Row> of(Plan plan) {
        return of(plan, Optional.empty());
    }

    /// The rows of `plan`.
    ///
    /// @param rehearsal what was measured of its migrations
    static List<Row> of(Plan plan, Optional<RehearsalResult> rehearsal) {
        var bundles = new LinkedHashMap<String, List<PlanStep>>();
        plan.steps()
                .forEach(step ->
                        bundles.computeIfAbsent(bundle(step.group()), _ -> new ArrayList<>())
                                .add(step));
        var rows = new ArrayList<Row>();
        bundles.forEach(
                (name, steps) -> rows.add(row(rows.size() + 1, plan, name, steps, rehearsal)));
        return List.copyOf(rows);
    }

    private static String bundle(String group) {
        if (OPENING.contains(group)) {
            return "opening";
        }
        if (STAGING.contains(group)) {
            return "staging";
        }
        if (CLOSING.contains(group)) {
            return "closing";
        }
        return group.matches("traffic-[0-9]+") ? "traffic" : group;
    }

    private static Row row(
            int number,
            Plan plan,
            String name,
            List<PlanStep> steps,
            Optional<RehearsalResult> rehearsal) {
        var live = Words.liveName(plan);
        return switch (name) {
            case "opening" ->
                    row(
                            number,
                            restorePoint(steps)
                                    ? "Claim the lock, record the restore point"
                                    : "Claim the lock",
                            !restorePoint(steps)
                                    ? "nobody else can change production meanwhile"
                                    : has(steps, "record-restore-point.branch")
                                            ? "live versions, ledger, time; a branch keeps it for 72 h"
                                            : "live versions, ledger and time, read back",
                            Icon.BRANCH,
                            has(steps, "record-restore-point.branch")
                                    ? "GitHub ref, Neon"
                                    : "GitHub ref",
                            "automatic",
                            "stop, nothing changed",
                            steps);
            case "rehearse" ->
                    row(
                            number,
                            "Rehearse " + migrations(plan),
                            "on a throw-away branch of production",
                            Icon.DATABASE,
                            "Neon: new branch",
                            "automatic",
                            "stop, nothing changed",
                            steps);
            case "merge" ->
                    row(
                            number,
                            steps.getFirst().title(),
                            "head pinned; a newer push stops the plan",
                            Icon.MERGE,
                            steps.getFirst().touches(),
                            "revert PR",
                            "stop, users see " + live,
                            steps);
            case "await-versions" ->
                    row(
                            number,
                            "Wait for the versions of " + Words.commit(plan),
                            "CI builds " + String.join(", ", Words.workers(plan)),
                            null,
                            "reads only",
                            "—",
                            "stop, users see " + live,
                            steps);
            case "migrate" ->
                    Words.how(plan).equals(Optional.of(How.RECORD))
                            ? recording(number, plan, steps)
                            : row(
                                    number,
                                    "Migrate " + migrations(plan),
                                    alone(steps)
                                            ? "in parts; what runs in no transaction is a step by itself"
                                            : rehearsal
                                                    .flatMap(result -> measured(plan, result))
                                                    .orElse(
                                                            "locks are not waited for, but tried again"),
                                    Icon.DATABASE,
                                    steps.getLast().touches(),
                                    "forward-safe",
                                    "stop, " + live + " keeps working",
                                    steps);
            case "check-live" ->
                    row(
                            number,
                            steps.getFirst().title(),
                            probes(steps.getFirst()),
                            null,
                            "reads only",
                            "—",
                            "stop, " + live + " keeps all traffic",
                            steps);
            case "staging" ->
                    row(
                            number,
                            "Stage "
                                    + Words.count(count(steps, "stage"), "version")
                                    + " at 0 %, smoke "
                                    + (count(steps, "stage") == 1 ? "it" : "them"),
                            "named by header, the version id must come back",
                            Icon.WORKER,
                            "Workers",
                            "automatic",
                            "stop, users see " + live,
                            steps);
            case "traffic" ->
                    row(
                            number,
                            "Traffic " + Words.trafficWords(plan),
                            limits(steps.getLast()),
                            Icon.WORKER,
                            "Workers",
                            "automatic",
                            Words.hasLive(plan) ? "traffic back to " + live : "stop",
                            steps);
            case "back" -> putBack(number, plan, steps);
            case "check-back" ->
                    row(
                            number,
                            steps.getFirst().title(),
                            probes(steps.getFirst()),
                            null,
                            "reads only",
                            "—",
                            steps.getFirst().ifFails(),
                            steps);
            case UploadAgain.GROUP -> healed(number, plan, steps, "Upload again: ");
            case "serve" -> healed(number, plan, steps, "Let uploads serve: ");
            case "closing" -> closing(number, plan, steps);
            default -> other(number, steps);
        };
    }

    private static boolean restorePoint(List<PlanStep> steps) {
        return steps.stream().anyMatch(s -> s.group().equals("record-restore-point"));
    }

    private static Row putBack(int number, Plan plan, List<PlanStep> steps) {
        return row(
                number,
                "Put " + Words.count(steps.size(), "Worker") + " back on " + plan.target(),
                String.join(", ", Words.workers(plan)),
                Icon.WORKER,
                "Workers",
                steps.getFirst().undo(),
                steps.getFirst().ifFails(),
                steps);
    }

    private static Row healed(int number, Plan plan, List<PlanStep> steps, String what) {
        return row(
                number,
                steps.size() == 1
                        ? steps.getFirst().title()
                        : what + Words.count(steps.size(), "Worker"),
                plan.target(),
                Icon.WORKER,
                "Workers",
                steps.getFirst().undo(),
                steps.getFirst().ifFails(),
                steps);
    }

    private static Row recording(int number, Plan plan, List<PlanStep> steps) {
        var step = steps.getLast();
        return row(
                number,
                step.title(),
                "its row in the ledger; none of its statements runs",
                Icon.DATABASE,
                step.touches(),
                "delete the row",
                "stop, " + Words.liveName(plan) + " keeps working",
                steps);
    }

    /// `expand, 9 ms in rehearsal, a lock held 181 ms`.
    private static Optional<String> measured(Plan plan, RehearsalResult result) {
        var reports =
                Words.migrations(plan).stream()
                        .flatMap(tag -> result.migration(tag).stream())
                        .toList();
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        var took =
                reports.stream()
                        .flatMap(report -> report.statements().stream())
                        .map(StatementReport::took)
                        .reduce(Duration.ZERO, Duration::plus);
        var hold = result.report().map(RehearsalReport::hold).orElse(Duration.ZERO);
        return Optional.of(
                Classes.words(reports.stream().flatMap(r -> r.classes().stream()).toList())
                        + ", "
                        + Figures.took(took)
                        + " in rehearsal"
                        + (hold.isZero() ? "" : ", a lock held " + Figures.took(hold)));
    }

    private static Row closing(int number, Plan plan, List<PlanStep> steps) {
        var soak = Words.soak(plan);
        var comments = count(steps, "comment");
        var parts = new ArrayList<String>();
        if (soak.compareTo(Duration.ZERO) > 0) {
            parts.add("Watch " + Times.words(soak));
        }
        if (Words.tag(plan).isPresent()) {
            parts.add((parts.isEmpty() ? "Tag " : "tag ") + plan.target());
        }
        if (comments > 0) {
            parts.add("comment on " + Words.count(comments, "PR"));
        }
        return row(
                number,
                parts.isEmpty() ? "Release the lock" : String.join(", ", parts),
                steps.stream().anyMatch(s -> s.group().equals("record-deployment"))
                        ? "record the deployment, release the lock"
                        : "",
                Icon.TAG,
                "GitHub",
                "—",
                "warn only",
                steps);
    }

    private static Row other(int number, List<PlanStep> steps) {
        var first = steps.getFirst();
        var said = new StepGroup(first.group(), steps);
        var detail =
                steps.size() == 1
                        ? ""
                        : Words.count(steps.size(), "part")
                                + ": "
                                + String.join(
                                        ", ",
                                        steps.stream().flatMap(s -> s.part().stream()).toList());
        return row(
                number,
                first.title(),
                detail,
                first.kind() == PlanStep.Kind.MUTATION ? Icon.WORKER : null,
                said.touches(),
                said.undo(),
                said.ifFails(),
                steps);
    }

    private static Row row(
            int number,
            String title,
            String detail,
            @org.jspecify.annotations.Nullable Icon icon,
            String touches,
            String undo,
            String ifFails,
            List<PlanStep> steps) {
        return new Row(
                number,
                title,
                detail,
                Optional.ofNullable(icon),
                touches,
                undo,
                ifFails,
                steps.stream().anyMatch(PlanStep::pointOfNoReturn),
                steps);
    }

    private static boolean has(List<PlanStep> steps, String key) {
        return steps.stream().anyMatch(s -> s.key().equals(key));
    }

    private static long count(List<PlanStep> steps, String group) {
        return steps.stream().filter(s -> s.group().equals(group)).count();
    }

    /// `0043_payment_intents`, or `3 migrations`.
    static String migrations(Plan plan) {
        var all = Words.migrations(plan);
        return all.size() == 1 ? all.getFirst() : Words.count(all.size(), "migration");
    }

    private static String probes(PlanStep step) {
        var workers =
                step.parameters().keySet().stream().filter(k -> k.startsWith("probe.")).count();
        return Words.count(workers, "Worker")
                + ", "
                + step.parameters().getOrDefault("probes", "0")
                + " good probes each";
    }

    private static String limits(PlanStep step) {
        var errors = Double.parseDouble(step.parameters().getOrDefault("maxErrorRate", "0"));
        return step.parameters().getOrDefault("probes", "0")
                + " good probes each, limits: errors "
                + Percent.of(errors)
                + ", p95 "
                + step.parameters().getOrDefault("maxP95Millis", "0")
                + " ms";
    }
}
