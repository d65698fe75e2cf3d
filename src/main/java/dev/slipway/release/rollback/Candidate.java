package dev.slipway.release.rollback;

import dev.slipway.migration.verdict.Fit;
import dev.slipway.migration.verdict.Fit.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What going back to one release would mean.
///
/// @param live whether it is what users see
/// @param fit whether its code works on the schema of today
/// @param returning how each Worker would return, in the order of the stack
/// @param before the point of the database its code needs, where it does not work on the one of today and
///     a manifest says it
public record Candidate(
        PastRelease release,
        boolean live,
        Judgement fit,
        List<Returning> returning,
        Optional<RestorePoint> before) {
    public Candidate {
        returning = List.copyOf(returning);
    }

    /// Whether code alone goes back to it.
    public boolean codeOnly() {
        return refusals().isEmpty();
    }

    /// Why code alone does not go back to it, whole sentences; empty when it does.
    public List<String> refusals() {
        var all = new ArrayList<String>();
        if (live) {
            all.add(release.name() + " is live already.");
        }
        release.held().ifPresent(why -> all.add(release.name() + " is held: " + why + "."));
        if (fit.answer() != Fit.Answer.YES) {
            all.add(fit.reason());
        }
        returning.stream().flatMap(r -> r.obstacle().stream()).forEach(all::add);
        return all;
    }

    /// How many Workers can return.
    public long able() {
        return returning.stream().filter(r -> r.obstacle().isEmpty()).count();
    }
}
