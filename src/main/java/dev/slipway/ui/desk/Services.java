package dev.slipway.ui.desk;

import dev.slipway.domain.World;
import dev.slipway.fault.FaultBoard;
import dev.slipway.log.Log;
import dev.slipway.operation.Arming;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.operation.lock.LockStatus;
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
import dev.slipway.ui.shell.ShellModel;
import java.util.List;
import java.util.Optional;

/// The services of one world. Most of them ask remotes and block: never call them on the FX thread,
/// except [#world()], [#stack()], [#warnings()], [#memory()], [#arming()], [#faults()] and [#log()].
public interface Services {
    /// The world.
    World world();

    /// What is deployed there.
    Stack stack();

    /// What is doubtful in the description of the stack, whole sentences with file and line.
    List<String> warnings();

    /// The login that asks.
    String login();

    /// Reads previews.
    Previews previews();

    /// Reads production.
    ProductionReader production();

    /// Reads the journal.
    Operations operations();

    /// Reads the production lock.
    LockStatus lock();

    /// Asks whoever holds the production lock to pause; empty when nobody does.
    Optional<LockRecord> askPause(String reason);

    /// Takes production over from somebody who is gone, with a permit of [#arming()].
    Takeovers takeovers();

    /// Promotes; the only way from the window to a write, and it asks for a permit of [#arming()].
    Promotions promotions();

    /// Rehearses on throw-away branches of production, which is only read.
    Rehearsals rehearsals();

    /// Proposes repairs of the ledger; they are started by [#promotions()].
    Repairs repairs();

    /// Says whether production can go back, and proposes it; started by [#promotions()].
    Rollbacks rollbacks();

    /// Looks into the database's past, and proposes to put it back in place; started by [#promotions()].
    Restores restores();

    /// Shows what a restore took away, writes it to files, and proposes to bring it back; started by
    /// [#promotions()].
    Rescues rescues();

    /// Proposes to upload again what serves, where a newer version has no traffic; started by [#promotions()].
    Heals heals();

    /// Proposes to hold commits back and to let them go; started by [#promotions()].
    Holds holds();

    /// What was made to be thrown away, also by earlier runs. Removing it needs no arming: only what
    /// carries Slipway's own mark is touched.
    ThrowAways throwAways();

    /// Plans that were shown.
    PlanShelf plans();

    /// Whether this window may write.
    Arming arming();

    /// What this computer remembers.
    Memory memory();

    /// The live log.
    Log log();

    /// What goes wrong on purpose here; empty outside of a sandbox.
    default Optional<FaultBoard> faults() {
        return Optional.empty();
    }

    /// Calls left at each provider, as far as it is known; asks nobody.
    List<ShellModel.Budget> budgets();
}
