package dev.slipway.release.rollback;

import dev.slipway.release.Gate;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.stack.Stack;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What must hold before the production database goes back. Pure.
///
/// @param precious the precious tables that lose something or could not be counted
record RestoreGates(Stack stack, RestoreScene scene, List<TableLoss> precious) {
    private static final GateQuestion BRANCH =
            new GateQuestion("branch", "It is production's own past");
    private static final GateQuestion WINDOW =
            new GateQuestion("window", "Neon still keeps that point");
    private static final GateQuestion BACKUP =
            new GateQuestion("backup", "What is there now is kept");
    private static final GateQuestion PROTECTED =
            new GateQuestion("protected", "Its protection comes back");
    private static final GateQuestion CHILDREN =
            new GateQuestion("children", "What moves along is known");
    private static final GateQuestion DATABASES =
            new GateQuestion("databases", "What goes back with it is known");
    private static final GateQuestion MAINTENANCE =
            new GateQuestion("maintenance", "Another Worker can answer meanwhile");
    private static final GateQuestion LOSS = new GateQuestion("loss", "What is lost was counted");
    private static final GateQuestion FIT =
            new GateQuestion("fit", "The code works on the schema of then");

    List<Gate> all() {
        var observed = scene.code().observed();
        var code = new CodeGates(scene.code(), scene.to(), scene.returning());
        var gates = new ArrayList<Gate>();
        gates.add(other(observed));
        gates.add(BRANCH.judge(scene.neon(), this::branch));
        gates.add(WINDOW.judge(scene.neon(), this::window));
        gates.add(BACKUP.judge(scene.neon(), RestoreGates::backup));
        gates.add(PROTECTED.judge(scene.neon(), RestoreGates::isProtected));
        gates.add(CHILDREN.judge(scene.neon(), RestoreGates::children));
        gates.add(DATABASES.judge(scene.neon(), this::databases));
        scene.maintenance()
                .ifPresent(reading ->
                        gates.add(MAINTENANCE.judge(reading, RestoreGates::maintenance)));
        gates.add(LOSS.judge(scene.look(), this::loss));
        gates.add(FIT.answer(CodeGates.fit(scene.fit()), observed));
        gates.addAll(List.of(code.hold(), code.canReturn(), code.live(), code.lock()));
        return gates;
    }

    private Gate other(Instant observed) {
        var live = scene.code().liveRelease();
        return CodeGates.OTHER.answer(
                Finding.of(
                        !scene.asked() || !scene.codeStays(),
                        scene.codeStays()
                                ? "The code stays " + scene.to().name() + "."
                                : "Live is " + live.orElse("no release of its own") + ".",
                        scene.to().name()
                                + " is live already. Nothing was changed. To put only the database"
                                + " back, name no release."),
                observed);
    }

    private Finding branch(RestoreFacts facts) {
        var branch = facts.branch();
        var recorded =
                scene.code().releases().value().orElse(List.of()).stream()
                        .filter(r -> r.database().isPresent())
                        .findFirst();
        if (recorded.flatMap(PastRelease::database)
                .filter(id -> !id.equals(branch.id()))
                .isPresent()) {
            return Finding.fail(
                    branch.name()
                            + " is the branch "
                            + branch.id()
                            + ", and "
                            + recorded.get().name()
                            + " was released on "
                            + recorded.get().database().orElse("another")
                            + ": its points are not those of this one. Nothing was changed.");
        }
        var source = scene.source().branch().orElse(branch.id());
        if (source.equals(branch.id())) {
            return Finding.pass(branch.name() + " (" + branch.id() + "), its own past.");
        }
        return Finding.of(
                branch.parent().equals(Optional.of(source)),
                branch.name()
                        + " ("
                        + branch.id()
                        + "), from the backup "
                        + scene.source().words()
                        + " it was restored from.",
                branch.name()
                        + " would get the data of "
                        + scene.source().words()
                        + ", which is not what it was before. Slipway restores production only to its"
                        + " own past, or from the backup that a restore made of it. Nothing was"
                        + " changed.");
    }

    private Finding window(RestoreFacts facts) {
        var now = scene.code().observed();
        var oldest = facts.oldest(now);
        var time =
                scene.source().at() instanceof dev.slipway.neon.NewBranch.Point.Time(var at)
                        ? Optional.of(at)
                        : Optional.<Instant>empty();
        if (time.filter(at -> at.isBefore(oldest)).isPresent()) {
            return Finding.fail(
                    scene.source().words()
                            + " is outside of the restore window. The oldest point now is "
                            + seconds(oldest)
                            + " ("
                            + facts.window()
                            + "). Nothing was changed.");
        }
        if (time.filter(at -> at.isAfter(now)).isPresent()) {
            return Finding.fail(scene.source().words() + " has not been yet. Nothing was changed.");
        }
        return scene.look()
                .value()
                .map(_ ->
                        Finding.pass(
                                scene.source().words()
                                        + " can be reached: a branch was made there. Neon keeps"
                                        + " everything since "
                                        + seconds(oldest)
                                        + "."))
                .orElseGet(() -> Finding.unknown(scene.look().doubt() + " Nothing was changed."));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Finding backup(RestoreFacts facts) {
        if (facts.limit().isPresent() && facts.branches() >= facts.limit().getAsInt()) {
            return Finding.fail(
                    facts.branches()
                            + " of "
                            + facts.limit().getAsInt()
                            + " branches are used, so there is no room for the backup. Remove one"
                            + " first. Nothing was changed.");
        }
        return Finding.of(
                !facts.backup().isEmpty(),
                "As the branch " + facts.backup() + ", whose name is free.",
                "No name for the backup is free. Nothing was changed.");
    }

    private static Finding isProtected(RestoreFacts facts) {
        var name = facts.branch().name();
        return Finding.pass(
                facts.branch().isProtected()
                        ? name
                                + " is protected; Neon restores it only unprotected. It is protected"
                                + " again right after, and also when this stops in between."
                        : name + " is not protected.");
    }

    private static Finding children(RestoreFacts facts) {
        int count = facts.children().size();
        if (count == 0) {
            return Finding.pass("No branch was made from it.");
        }
        return Finding.pass(
                (count == 1 ? "1 branch moves" : count + " branches move")
                        + " under the backup, which cannot be deleted before them: "
                        + brief(facts.children())
                        + ".");
    }

    private static String brief(List<String> names) {
        int most = 6;
        return names.stream().limit(most).collect(Collectors.joining(", "))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    private Finding databases(RestoreFacts facts) {
        var others =
                facts.databases().stream().filter(d -> !d.equals(stack.neon().database())).toList();
        if (!facts.databases().contains(stack.neon().database())) {
            return Finding.unknown(
                    "The branch does not list the database "
                            + stack.neon().database()
                            + ". Nothing was changed.");
        }
        return Finding.pass(
                others.isEmpty()
                        ? "Only " + stack.neon().database() + "."
                        : "All "
                                + facts.databases().size()
                                + " databases of the branch go back: "
                                + stack.neon().database()
                                + ", and not counted "
                                + brief(others)
                                + ".");
    }

    private static Finding maintenance(MaintenanceFacts facts) {
        return Finding.of(
                facts.problems().isEmpty(),
                (facts.by()
                                + " answers at "
                                + facts.where().values().stream()
                                        .map(w -> w.pattern())
                                        .collect(Collectors.joining(", "))
                                + ". Cron triggers and queues go on. "
                                + String.join(" ", facts.beside()))
                        .strip(),
                String.join(" ", facts.problems()) + " Nothing was changed.");
    }

    /// A precious table that nobody could count closes it: its rows would be lost unseen.
    private Finding loss(Look look) {
        var unseen =
                precious.stream()
                        .filter(TableLoss.Uncounted.class::isInstance)
                        .map(t -> t.table().toString())
                        .toList();
        var words = LossWords.sentence(look.loss());
        return unseen.isEmpty()
                ? Finding.pass(words)
                : Finding.unknown(
                        words
                                + " "
                                + String.join(", ", unseen)
                                + (unseen.size() == 1 ? " is" : " are")
                                + " precious and could not be counted. Nothing was changed.");
    }
}
