package dev.slipway.release.rollback;

import dev.slipway.neon.NewBranch;
import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.Planned;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableLoss;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A restore of the production database in place, proposed, with what it would cost.
///
/// @param scene what was observed
/// @param precious the precious tables that lose something or could not be counted
/// @param takes about how long it takes
public record RestoreProposal(
        RestoreScene scene, Plan plan, List<Gate> gates, List<TableLoss> precious, Duration takes)
        implements Planned {
    private static final Pattern TYPED = Pattern.compile("lose ([0-9]{1,18}) rows?( .*)?");

    /// How much more may be lost than a person agreed to, while production goes on writing.
    private static final double GROWTH = 1.1;

    public RestoreProposal {
        gates = List.copyOf(gates);
        precious = List.copyOf(precious);
    }

    /// What is lost; empty when it could not be counted.
    public Optional<Loss> loss() {
        return scene.look().value().map(Look::loss);
    }

    /// Rows whose present state is lost.
    public long rows() {
        return loss().map(l -> l.lost() + l.changed()).orElse(0L);
    }

    /// How long a time is taken back; empty for a position of the log, whose moment is not known.
    public Optional<Duration> span() {
        return scene.source().at() instanceof NewBranch.Point.Time(var at)
                ? Optional.of(Duration.between(at, scene.code().observed()))
                : Optional.empty();
    }

    /// What it would do, before anybody decides.
    public String sentence() {
        var databases = scene.neon().value().map(f -> f.databases().size()).orElse(1);
        return (scene.source().undoes().isPresent() ? "Going back to " : "Restoring to ")
                + scene.source().words()
                + " discards "
                + span().map(RestoreProposal::words).orElse("what was written since")
                + (span().isPresent() ? " of writes" : "")
                + (databases == 1 ? "" : " on " + databases + " databases")
                + ". "
                + loss().map(LossWords::sentence).orElse("How much that is was not counted.")
                + " Services that saw their events accepted do not send them again. Nothing has been"
                + " changed yet.";
    }

    private static String words(Duration span) {
        return span.toHours() > 0
                ? span.toHours() + " h " + span.toMinutesPart() + " min"
                : span.toMinutes() > 0
                        ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                        : span.toSeconds() + " s";
    }

    @Override
    public String phrase() {
        return "lose " + rows() + (rows() == 1 ? " row" : " rows") + uncounted();
    }

    private String uncounted() {
        int count = loss().map(l -> l.uncounted().size()).orElse(0);
        return switch (count) {
            case 0 -> "";
            case 1 -> " and 1 table not counted";
            default -> " and " + count + " tables not counted";
        };
    }

    /// Production goes on writing, so the number of a moment ago still confirms while it has not grown by
    /// more than a tenth.
    @Override
    public boolean confirms(String typed) {
        var match = TYPED.matcher(typed);
        return match.matches()
                && Optional.ofNullable(match.group(2)).orElse("").equals(uncounted())
                && rows() <= Long.parseLong(match.group(1)) * GROWTH;
    }

    @Override
    public String kept(String reason) {
        return reason + " (accepted: " + phrase() + ")";
    }
}
