package dev.slipway.ui.previews;

import dev.slipway.preview.Preview;
import dev.slipway.ui.kit.GateList.Gate;
import dev.slipway.ui.kit.Status;
import java.util.ArrayList;
import java.util.List;

/// What the list alone says about whether a preview could be promoted. Pure; the gates of a
/// promotion ask more and ask anew.
final class PreviewFacts {
    private PreviewFacts() {}

    /// What does not hold first.
    static List<Gate> of(Preview preview) {
        var all =
                List.of(
                        eligible(preview),
                        checks(preview),
                        workers(preview),
                        health(preview),
                        isolation(preview),
                        migrations(preview));
        var sorted = new ArrayList<Gate>();
        all.stream().filter(g -> !holds(g)).forEach(sorted::add);
        all.stream().filter(PreviewFacts::holds).forEach(sorted::add);
        return sorted;
    }

    static boolean holds(Gate gate) {
        return gate.status().icon() == Status.PASSED.icon();
    }

    private static Gate eligible(Preview preview) {
        var traits =
                preview.traits().stream()
                        .map(t -> Words.title(t).toLowerCase(java.util.Locale.ROOT))
                        .toList();
        return traits.isEmpty()
                ? new Gate("Open, not a draft, mergeable", Status.PASSED, "")
                : new Gate(
                        "Open, not a draft, mergeable", Status.BLOCKED, String.join(", ", traits));
    }

    private static Gate checks(Preview preview) {
        var checks = preview.checks();
        var status =
                switch (checks.state()) {
                    case PASSING -> Status.PASSED;
                    case FAILING -> Status.FAILED;
                    case PENDING -> Status.WAITING;
                    case NONE -> Status.MISSING;
                    case UNKNOWN -> Status.UNKNOWN;
                };
        return new Gate(
                "Checks on " + preview.head().brief(),
                status,
                checks.passed() + " of " + checks.total());
    }

    private static Gate workers(Preview preview) {
        var all = preview.workers().size();
        var unknown =
                preview.workers().stream().anyMatch(w -> w.state() == Preview.Presence.UNKNOWN);
        return new Gate(
                "Workers deployed",
                unknown
                        ? Status.UNKNOWN
                        : preview.deployed() == all && all > 0 ? Status.PASSED : Status.MISSING,
                Words.workers(preview));
    }

    private static Gate health(Preview preview) {
        var probes = preview.health().probes();
        var well = probes.stream().filter(p -> p.healthy()).count();
        return new Gate(
                "Preview healthy",
                switch (preview.health().state()) {
                    case HEALTHY -> Status.PASSED;
                    case SLOW -> Status.PASSED;
                    case FAILING -> Status.FAILED;
                    case UNKNOWN, NOT_CHECKED -> Status.UNKNOWN;
                },
                probes.isEmpty() ? "not checked" : well + " of " + probes.size() + " Workers");
    }

    private static Gate isolation(Preview preview) {
        var isolation = preview.database().isolation();
        return new Gate(
                "Database of its own",
                switch (isolation) {
                    case ISOLATED -> Status.PASSED;
                    case SHARES_PRODUCTION -> Status.FAILED;
                    case NOT_PROVEN -> Status.UNKNOWN;
                    case NONE -> Status.MISSING;
                },
                Words.isolation(isolation));
    }

    private static Gate migrations(Preview preview) {
        var database = preview.database();
        if (!database.troubles().isEmpty()) {
            return new Gate(
                    "Migrations in order", Status.FAILED, String.join(", ", database.troubles()));
        }
        return database.pending()
                .map(tags ->
                        new Gate(
                                "Migrations in order",
                                Status.PASSED,
                                tags.isEmpty() ? "none pending" : tags.size() + " pending"))
                .orElse(new Gate("Migrations in order", Status.UNKNOWN, "not known"));
    }
}
