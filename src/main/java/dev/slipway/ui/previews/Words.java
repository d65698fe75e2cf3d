package dev.slipway.ui.previews;

import dev.slipway.github.Checks;
import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.HealthState;
import dev.slipway.preview.Preview.Isolation;
import dev.slipway.preview.Preview.NameState;
import dev.slipway.ui.kit.HealthBar;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Previews as people read them. Pure. What is not known is said to be unknown, and a dash means
/// that something does not apply.
final class Words {
    static final String NOTHING = "\u2014";
    private static final int MARKS = 8;

    /// Characters that fit into the second line of the narrowest column.
    private static final int ROOM = 26;

    private Words() {}

    /// Why its promotion can lead nowhere, whatever else is right; empty when it can.
    static Optional<String> whyNotPromoted(Preview preview) {
        var name = "#" + preview.number().value();
        if (preview.traits().contains(Preview.Trait.FORK)) {
            return Optional.of(name + " comes from a fork");
        }
        if (preview.traits().contains(Preview.Trait.DRAFT)) {
            return Optional.of(name + " is a draft");
        }
        return preview.traits().contains(Preview.Trait.CONFLICT)
                ? Optional.of(name + " conflicts with the base branch")
                : Optional.empty();
    }

    static Status status(Preview.State state) {
        return switch (state) {
            case READY -> Status.READY;
            case BUILDING -> Status.BUILDING;
            case PARTIAL -> Status.PARTIAL;
            case FAILING -> Status.FAILING;
            case EXPIRED -> Status.EXPIRED;
            case NOT_CREATED -> Status.NOT_CREATED;
            case UNKNOWN -> Status.UNKNOWN;
        };
    }

    /// The same in few words, for a cell: `0043 skipped by Drizzle`, `dns and 1 more`.
    static String brief(String reason) {
        var words =
                reason.replaceAll("\\b([0-9]{4,})_[A-Za-z0-9_]+", "$1")
                        .replace("the preview workflow", "workflow")
                        .replace("the base branch", "the base");
        var parts = words.split(", ", -1);
        return words.length() > ROOM && parts.length > 1
                ? parts[0] + " and " + (parts.length - 1) + " more"
                : words;
    }

    static String whose(Preview preview) {
        return preview.author().orElse("a deleted account") + " / " + preview.branch();
    }

    static String title(Preview.Trait trait) {
        return switch (trait) {
            case DRAFT -> "Draft";
            case CONFLICT -> "Conflict";
            case FORK -> "Fork";
        };
    }

    static Icon icon(Preview.Trait trait) {
        return switch (trait) {
            case DRAFT -> Icon.DRAFT;
            case CONFLICT -> Icon.MERGE;
            case FORK -> Icon.FORK;
        };
    }

    static Tone tone(Preview.Trait trait) {
        return trait == Preview.Trait.CONFLICT ? Tone.WARNING : Tone.MUTED;
    }

    /// The database branch; empty when there certainly is none.
    ///
    /// @param neon whether Neon's part was read
    static Optional<String> branch(Preview preview, boolean neon) {
        return preview.database()
                .branch()
                .or(() -> neon ? Optional.empty() : Optional.of("Unknown"));
    }

    /// `in sync, isolated`, `+2 mig., not proven`.
    static String database(Preview preview) {
        var parts = new ArrayList<String>();
        var database = preview.database();
        database.pending()
                .ifPresent(tags ->
                        parts.add(
                                !tags.isEmpty()
                                        ? "+" + tags.size() + " mig."
                                        : database.troubles().isEmpty()
                                                ? "in sync"
                                                : database.troubles().size() + " skipped"));
        if (database.isolation() != Isolation.NONE) {
            parts.add(isolation(database.isolation()));
        }
        return String.join(", ", parts);
    }

    static String isolation(Isolation isolation) {
        return switch (isolation) {
            case ISOLATED -> "isolated";
            case SHARES_PRODUCTION -> "SHARES PRODUCTION";
            case NOT_PROVEN -> "not proven";
            case NONE -> "no database";
        };
    }

    /// `2/3`, or `?/3` while Cloudflare is silent.
    static String workers(Preview preview) {
        var unknown =
                preview.workers().stream().anyMatch(w -> w.state() == Preview.Presence.UNKNOWN);
        return (unknown ? "?" : preview.deployed()) + "/" + preview.workers().size();
    }

    /// All hostnames together: the worst of them.
    static String dns(Preview preview) {
        var states = preview.names().stream().map(Preview.Name::state).distinct().toList();
        if (states.isEmpty()) {
            return NOTHING;
        }
        if (states.equals(List.of(NameState.RESOLVES))) {
            return "resolves";
        }
        if (states.equals(List.of(NameState.NO_RECORD))) {
            return "no record";
        }
        if (states.contains(NameState.DOES_NOT_RESOLVE)) {
            return "dead";
        }
        return states.contains(NameState.UNKNOWN) ? "Unknown" : "in part";
    }

    static String dns(NameState state) {
        return switch (state) {
            case RESOLVES -> "resolves";
            case DOES_NOT_RESOLVE -> "does not resolve";
            case NO_RECORD -> "no record";
            case UNKNOWN -> "Unknown";
        };
    }

    static Status checks(Checks checks) {
        var figures = checks.passed() + "/" + checks.total();
        return switch (checks.state()) {
            case PASSING -> Status.PASSED.saying(figures);
            case FAILING -> Status.FAILED.saying(figures);
            case PENDING -> Status.RUNNING.saying(figures);
            case NONE -> Status.NOT_CREATED.saying("none");
            case UNKNOWN -> Status.UNKNOWN;
        };
    }

    static Status check(Checks.Check check) {
        return switch (check.result()) {
            case PASS -> Status.PASSED;
            case FAIL -> Status.FAILED.saying("Failed");
            case PENDING -> Status.RUNNING;
            case SKIPPED -> Status.SKIPPED;
            case UNKNOWN -> Status.UNKNOWN.saying(check.word());
        };
    }

    /// Marks of the last rounds, the newest at the right, hollow where nobody asked.
    static List<HealthBar.Mark> marks(Preview.Health health) {
        var marks = new ArrayList<HealthBar.Mark>();
        var known = health.history();
        for (int i = known.size(); i < MARKS; i++) {
            marks.add(new HealthBar.Mark(HealthBar.Kind.NOT_CHECKED, "not checked"));
        }
        for (var state : known.subList(Math.max(0, known.size() - MARKS), known.size())) {
            marks.add(new HealthBar.Mark(kind(state), word(state)));
        }
        return marks;
    }

    static HealthBar.Kind kind(HealthState state) {
        return switch (state) {
            case HEALTHY -> HealthBar.Kind.OK;
            case SLOW -> HealthBar.Kind.SLOW;
            case FAILING -> HealthBar.Kind.FAILED;
            case UNKNOWN, NOT_CHECKED -> HealthBar.Kind.NOT_CHECKED;
        };
    }

    static String word(HealthState state) {
        return switch (state) {
            case HEALTHY -> "ok";
            case SLOW -> "slow";
            case FAILING -> "failed";
            case UNKNOWN -> "unknown";
            case NOT_CHECKED -> "not checked";
        };
    }

    static Status health(HealthState state) {
        return switch (state) {
            case HEALTHY -> Status.HEALTHY;
            case SLOW -> Status.SLOW;
            case FAILING -> Status.FAILING;
            case UNKNOWN -> Status.UNKNOWN;
            case NOT_CHECKED -> Status.NOT_CREATED.saying("Not checked");
        };
    }

    /// Below the bar: `96 ms`, `500, 2 of 3`, `not checked`.
    static String latency(Preview.Health health) {
        var sick =
                health.probes().stream()
                        .filter(p -> p.outcome() == dev.slipway.health.Probe.Outcome.FAILING)
                        .toList();
        if (!sick.isEmpty()) {
            return sick.getFirst().status() + ", " + sick.size() + " of " + health.probes().size();
        }
        return health.latencyMillis().map(ms -> ms + " ms").orElse("not checked");
    }

    /// Whether there is anything to ask how it is.
    static boolean exists(Preview preview) {
        return preview.deployed() > 0;
    }

    static String expires(Preview preview, Instant now) {
        return preview.expires()
                .map(at -> at.isBefore(now) ? "expired" : Times.coarse(Duration.between(now, at)))
                .orElse(NOTHING);
    }

    /// The row in one sentence, spoken and copied.
    static String sentence(Preview preview, Instant now) {
        var checks = preview.checks();
        return "PR %d, %s, %s, %s, Workers %s, checks %d of %d, %s"
                .formatted(
                        preview.number().value(),
                        preview.title(),
                        status(preview.state()).word().toLowerCase(java.util.Locale.ROOT),
                        preview.reason(),
                        workers(preview).replace("/", " of "),
                        checks.passed(),
                        checks.total(),
                        age(preview, now));
    }

    private static String age(Preview preview, Instant now) {
        var ago = Times.ago(preview.updated(), now);
        return ago.equals("now") ? "updated now" : "updated " + ago + " ago";
    }
}
