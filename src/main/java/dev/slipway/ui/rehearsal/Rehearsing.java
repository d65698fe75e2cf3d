package dev.slipway.ui.rehearsal;

import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Target;
import dev.slipway.release.TreeMigrations;
import dev.slipway.ui.desk.Services;
import java.util.Optional;
import java.util.function.Supplier;

/// What a page that rehearses without a promotion asks of the services. Every call may block and is
/// made off the FX thread.
public interface Rehearsing {
    /// See [dev.slipway.release.Rehearsals#migrations].
    TreeMigrations migrations(Target target, Wake wake);

    /// See [dev.slipway.release.Rehearsals#latest].
    Optional<RehearsalResult> latest(Target target);

    /// See [dev.slipway.release.Rehearsals#of(Target, RehearsalListener)].
    RehearsalResult rehearse(Target target, RehearsalListener listener);

    /// The services of a world, asked for when they are needed: a window may stand before its world.
    static Rehearsing of(Supplier<Services> services) {
        return new OfServices(services);
    }

    /// The real ones.
    record OfServices(Supplier<Services> services) implements Rehearsing {
        @Override
        public TreeMigrations migrations(Target target, Wake wake) {
            return services.get().rehearsals().migrations(target, wake);
        }

        @Override
        public Optional<RehearsalResult> latest(Target target) {
            return services.get().rehearsals().latest(target);
        }

        @Override
        public RehearsalResult rehearse(Target target, RehearsalListener listener) {
            return services.get().rehearsals().of(target, listener);
        }
    }
}
