package dev.slipway.sandbox.world;

import dev.slipway.domain.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The rules of Neon over real Postgres: projects, branches, computes, operations.
///
/// What is called here directly happens at once; what comes through the HTTP skin takes the time of
/// an operation and locks its project meanwhile. Safe for many threads.
@SuppressWarnings("DoNotCallSuggester")
public final class NeonWorld implements AutoCloseable {

    /// Where a world lives and how fast it is.
    ///
    /// @param home folder of its state and clusters; created when absent
    /// @param cache folder of the unpacked Postgres, shared by all worlds of this person
    /// @param temporary whether the folder is removed when the world closes
    public record Place(Path home, Path cache, boolean temporary, Pace pace, InstantSource clock) {}

    /// Work on a database.
    public interface Work<T> {
        /// Does it; the connection is closed by the caller.
        T on(Connection connection) throws SQLException;
    }

    /// Opens the world kept in a folder, or a new, empty one.
    ///
    /// @throws dev.slipway.domain.InputException when another program has it open or one of its
    ///     ports is taken
    public static NeonWorld open(Place place) {
        throw new UnsupportedOperationException(place.toString());
    }

    /// Makes a project with its default branch, database, owner role and a running compute.
    public NeonProject createProject(NeonProject.Draft draft) {
        throw new UnsupportedOperationException(draft.toString());
    }

    /// All projects, oldest first.
    public List<NeonProject> projects() {
        throw new UnsupportedOperationException();
    }

    /// Branches of a project, oldest first.
    public List<NeonBranch> branches(String project) {
        throw new UnsupportedOperationException(project);
    }

    /// A branch by id or name.
    public Optional<NeonBranch> branch(String project, String idOrName) {
        throw new UnsupportedOperationException(project + idOrName);
    }

    /// Makes a branch.
    ///
    /// @throws NeonRefusal when Neon would not
    public NeonBranch createBranch(String project, NeonBranch.Draft draft) {
        throw new UnsupportedOperationException(project + draft);
    }

    /// Deletes a branch with its computes.
    ///
    /// @throws NeonRefusal when it is protected, the default one or has children
    public void deleteBranch(String project, String branch) {
        throw new UnsupportedOperationException(project + branch);
    }

    /// `postgresql://…` of a branch's read-write endpoint.
    ///
    /// @param pooled whether through the pooler, which is no place for a migration
    /// @throws NeonRefusal when branch, endpoint or role is missing
    public Secret connectionUri(
            String project, String branch, String database, String role, boolean pooled) {
        throw new UnsupportedOperationException(project + branch + database + role + pooled);
    }

    /// The read-write endpoint of a branch.
    public Optional<NeonEndpoint> endpoint(String project, String branch) {
        throw new UnsupportedOperationException(project + branch);
    }

    /// How often an endpoint was woken from idle since it exists.
    public int wakeUps(String endpoint) {
        throw new UnsupportedOperationException(endpoint);
    }

    /// Runs `work` on a branch's database as the owner role, through its endpoint, which wakes it.
    public <T> T asOwner(String project, String branch, String database, Work<T> work)
            throws SQLException {
        throw new UnsupportedOperationException(project + branch + database + work);
    }

    /// Stops every compute and cluster; the state stays in the home unless it is temporary.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
