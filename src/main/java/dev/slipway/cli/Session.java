package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.World;
import dev.slipway.operation.journal.JournalExport;
import dev.slipway.operation.journal.OperationDetail;
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
import dev.slipway.release.drill.Drills;
import dev.slipway.release.rollback.Heals;
import dev.slipway.release.rollback.Holds;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.rescue.Rescues;
import dev.slipway.release.throwaway.ThrowAways;
import dev.slipway.stack.Stack;
import java.util.Optional;

/// The services of one world, as a command uses them.
public interface Session extends AutoCloseable {
    /// The world.
    World world();

    /// What is deployed there.
    Stack stack();

    /// The login that asks.
    String login();

    /// Reads previews.
    Previews previews();

    /// Reads production.
    ProductionReader production();

    /// Reads the journal.
    Operations operations();

    /// The journal as a file for elsewhere.
    JournalExport journal();

    /// The operation whose id begins with `id`.
    ///
    /// @throws InputException when none of this home does, or several do
    default OperationDetail operation(String id) {
        return operations()
                .one(id)
                .orElseThrow(() ->
                        new InputException(
                                "No single operation of this home has an id that begins with \""
                                        + id
                                        + "\". Nothing was changed. \"slipway operations\" lists"
                                        + " them."));
    }

    /// Reads the production lock.
    LockStatus lock();

    /// Asks whoever holds the production lock to pause; empty when nobody does.
    Optional<LockRecord> askPause(String reason);

    /// Takes production over from somebody who is gone. Offering only reads.
    Takeovers takeovers();

    /// Makes this process the one writer of the home. Asks no remote.
    ///
    /// @throws dev.slipway.domain.InputException when another process is, naming it
    void claimHome();

    /// Promotes. Proposing only reads; starting and resuming claim the home.
    Promotions promotions();

    /// Rehearses on throw-away branches; claims nothing.
    Rehearsals rehearsals();

    /// What was made to be thrown away, also by earlier runs.
    ThrowAways throwAways();

    /// Proposes repairs of the ledger; claims nothing. They are started like promotions.
    Repairs repairs();

    /// Says whether production can go back, and proposes it; claims nothing. Rollbacks are started like
    /// promotions.
    Rollbacks rollbacks();

    /// Looks at production as it was, and proposes to restore its database; claims nothing. Restores are
    /// started like promotions.
    Restores restores();

    /// Practises going back on throw-away Workers; claims nothing.
    Drills drills();

    /// Rescues what a restore took away; claims nothing. Replays are started like promotions.
    Rescues rescues();

    /// Proposes to make what serves the newest version again; claims nothing. It is started like promotions.
    Heals heals();

    /// Proposes holds of commits; claims nothing. They are started like promotions.
    Holds holds();

    /// Plans that were shown.
    PlanShelf plans();

    /// Rows of the log, old and new.
    LogSource logs();

    @Override
    void close();
}
