package dev.slipway.ui.window;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.fault.FaultBoard;
import dev.slipway.log.Log;
import dev.slipway.operation.Arming;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
import dev.slipway.preview.PreviewList;
import dev.slipway.preview.Previews;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.PlanShelf;
import dev.slipway.release.Promotions;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Repairs;
import dev.slipway.release.Takeovers;
import dev.slipway.release.rollback.Heals;
import dev.slipway.release.rollback.Holds;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.rescue.Rescues;
import dev.slipway.release.throwaway.ThrowAways;
import dev.slipway.stack.Stack;
import dev.slipway.ui.desk.Memory;
import dev.slipway.ui.desk.Preferences;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.shell.ShellModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The services of a world whose previews and log are replaced, for pictures; what they keep is not
/// touched.
record OtherPreviews(Services real, Previews previews, Log log) implements Services {
    OtherPreviews(Services real, Previews previews) {
        this(real, previews, real.log());
    }

    @Override
    public World world() {
        return real.world();
    }

    @Override
    public Optional<FaultBoard> faults() {
        return real.faults();
    }

    @Override
    public Stack stack() {
        return real.stack();
    }

    @Override
    public List<String> warnings() {
        return real.warnings();
    }

    @Override
    public String login() {
        return real.login();
    }

    @Override
    public ProductionReader production() {
        return real.production();
    }

    @Override
    public Operations operations() {
        return real.operations();
    }

    @Override
    public LockStatus lock() {
        return real.lock();
    }

    @Override
    public Optional<LockRecord> askPause(String reason) {
        throw new UnsupportedOperationException("a picture asks nobody to pause");
    }

    @Override
    public Takeovers takeovers() {
        return real.takeovers();
    }

    @Override
    public Promotions promotions() {
        return real.promotions();
    }

    @Override
    public Rehearsals rehearsals() {
        return real.rehearsals();
    }

    @Override
    public Repairs repairs() {
        return real.repairs();
    }

    @Override
    public Rollbacks rollbacks() {
        return real.rollbacks();
    }

    @Override
    public Heals heals() {
        return real.heals();
    }

    @Override
    public Restores restores() {
        return real.restores();
    }

    @Override
    public Rescues rescues() {
        return real.rescues();
    }

    @Override
    public Holds holds() {
        return real.holds();
    }

    @Override
    public ThrowAways throwAways() {
        return real.throwAways();
    }

    @Override
    public PlanShelf plans() {
        return real.plans();
    }

    @Override
    public Arming arming() {
        return real.arming();
    }

    @Override
    public Memory memory() {
        return new Untouched(real.memory());
    }

    /// Remembers nothing new.
    private record Untouched(Memory real) implements Memory {
        @Override
        public Preferences preferences() {
            return Preferences.DEFAULT.afterWelcome();
        }

        @Override
        public void keep(Preferences chosen) {}

        @Override
        public Optional<PreviewList> previews() {
            return Optional.empty();
        }

        @Override
        public void keep(PreviewList list) {}

        @Override
        public Set<Provider> connected() {
            return real.connected();
        }

        @Override
        public Path home() {
            return real.home();
        }
    }

    @Override
    public List<ShellModel.Budget> budgets() {
        return real.budgets();
    }
}
