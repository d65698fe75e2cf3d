package dev.slipway.ui.rollback;

import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.LossWords;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.Returning;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.util.List;

/// The sentences of going back, filled from what was observed.
final class Messages {
    private static final Texts TEXTS = Texts.of(Messages.class);

    private Messages() {}

    /// Code alone does it, why, and how long it takes.
    static String codeOnly(RollbackDraft draft, RollbackProposal made) {
        var fit = draft.candidate().map(c -> c.fit().reason()).orElse("");
        var takes =
                draft.seen()
                        .flatMap(s -> s.answer().takes())
                        .map(t -> " " + TEXTS.get("rollback.takes", Times.words(t)))
                        .orElse("");
        return TEXTS.get("rollback.code", fit.isEmpty() ? made.release().name() : fit) + takes;
    }

    /// What a restore discards.
    static String restore(RestoreProposal made) {
        var scene = made.scene();
        var to = scene.source().words();
        var length =
                LossPage.moment(to)
                        .map(at -> Times.words(Duration.between(at, scene.code().observed())));
        var databases = scene.neon().value().map(f -> f.databases().size()).orElse(1);
        var rows =
                made.loss()
                        .map(LossWords::sentence)
                        .orElseGet(() -> TEXTS.get("rollback.restore.uncounted"));
        var precious =
                made.precious().isEmpty()
                        ? ""
                        : " "
                                + TEXTS.get(
                                        "rollback.restore.precious",
                                        String.join(
                                                "; ",
                                                made.precious().stream()
                                                        .map(LossWords::table)
                                                        .toList()));
        return length.map(l -> TEXTS.get("rollback.restore", to, l, databases(databases), rows))
                        .orElseGet(() ->
                                TEXTS.get("rollback.restore.exact", to, databases(databases), rows))
                + precious
                + " "
                + TEXTS.get("rollback.unchanged");
    }

    private static String databases(int count) {
        return count == 1 ? "1 database" : count + " databases";
    }

    /// Which Workers cannot return, which can, and that nothing is moved; empty when all can.
    static String mixed(Candidate candidate) {
        var stuck = candidate.returning().stream().filter(r -> r.obstacle().isPresent()).toList();
        var able =
                candidate.returning().stream()
                        .filter(r -> r.obstacle().isEmpty())
                        .map(Returning::worker)
                        .toList();
        if (stuck.isEmpty()) {
            return "";
        }
        return TEXTS.get(
                        "rollback.mixed",
                        and(stuck.stream().map(Returning::worker).toList()),
                        candidate.release().name())
                + " "
                + String.join(" ", stuck.stream().flatMap(r -> r.obstacle().stream()).toList())
                + (able.isEmpty() ? "" : " " + TEXTS.get("rollback.mixed.able", and(able)))
                + " "
                + TEXTS.get("rollback.mixed.nothing");
    }

    private static String and(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
