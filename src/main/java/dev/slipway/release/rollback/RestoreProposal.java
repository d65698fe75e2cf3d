package dev.slipway.release.rollback;

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
