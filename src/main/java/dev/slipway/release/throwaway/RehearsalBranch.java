package dev.slipway.release.throwaway;

import dev.slipway.domain.Secret;
import dev.slipway.postgres.PostgresAddress;
import java.util.Optional;

/// A branch of production that can be connected to, until it is closed. Closing deletes
/// it, also on a thread that was interrupted; a deletion that fails is a debt the next start pays.
public final class RehearsalBranch implements AutoCloseable {
    private final RehearsalBranches branches;
    private final String name;
    private final String id;
    private final Secret connection;

    RehearsalBranch(RehearsalBranches branches, String name, String id, Secret connection) {
        this.branches = branches;
        this.name = name;
        this.id = id;
        this.connection = connection;
    }

    /// Neon's id.
    public String id() {
        return id;
    }

    /// Its name, `slipway/<eight digits>/rehearsal` or `/look`.
    public String name() {
        return name;
    }

    /// The direct connection string.
    public Secret connection() {
        return connection;
    }

    /// The same, taken apart.
    public PostgresAddress address() {
        return PostgresAddress.of(connection);
    }

    /// Leaves it where it is: it expires by itself, and closing deletes nothing any more.
    public void keep() {
        branches.keep(name);
    }

    /// Deletes it now, and says why when that did not work.
    public Optional<Debt> remove() {
        return branches.remove(name);
    }

    @Override
    public void close() {
        // What could not be deleted stays written down: see ThrowAways#left.
        var _ = remove();
    }
}
