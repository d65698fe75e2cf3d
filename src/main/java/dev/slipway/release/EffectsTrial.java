package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.migration.Migration;
import dev.slipway.migration.rehearsal.Effects;
import dev.slipway.postgres.Postgres;
import dev.slipway.production.Databases;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.stack.Stack;
import java.util.List;

/// Tries on a throw-away branch of production whether what a migration does is there already.
public record EffectsTrial(Stack stack, Postgres postgres, RehearsalBranches branches) {
    /// Tries `migration`.
    ///
    /// @throws FailureException when a remote does not answer
    List<Effects.Found> of(Migration migration, RehearsalListener listener) {
        listener.stage("Branches production off to see whether " + migration.tag() + " is there.");
        try (var branch = branches.open(listener::waiting)) {
            return new Effects(postgres)
                    .of(branch.address(), Databases.ledgerTable(stack), migration);
        } catch (InterruptedException e) {
            throw new RefusedException(
                    "Looking whether "
                            + migration.tag()
                            + " is there was stopped. Production was only read.");
        }
    }
}
