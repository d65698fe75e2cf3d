package dev.slipway.neon;

import dev.slipway.domain.Secret;
import dev.slipway.http.Purpose;
import java.util.List;
import java.util.Optional;

/// One project at Neon.
///
/// Every method blocks until it has an answer and throws
/// [dev.slipway.domain.FailureException] when it has none. Methods that change something say so,
/// and must run inside [dev.slipway.http.Wire#during]. No method starts a compute; connecting to a
/// connection string does.
public interface Neon {
    /// The same project, its calls made for `purpose`; without this they are
    /// [Purpose#FOREGROUND].
    Neon as(Purpose purpose);

    /// The project's id.
    String project();

    /// The project with its limits.
    Project read();

    /// Every branch with its annotation, in one call per 10,000.
    List<Branch> branches();

    /// One branch by id, empty when there is none.
    Optional<Branch> branch(String id);

    /// The computes of every branch, in one call.
    List<Endpoint> endpoints();

    /// The newest operations of the project, at most a thousand, newest first.
    List<Operation> operations();

    /// One operation.
    Operation operation(String id);

    /// The databases of a branch.
    List<Database> databases(String branch);

    /// The roles of a branch.
    List<Role> roles(String branch);

    /// The connection string of a branch's compute: the direct host, never the pooler, so that
    /// migrations may use it. Asking does not start the compute, connecting does.
    Secret connection(String branch, String database, String role);

    /// The schema of a database as SQL text, at a point of the branch's history: the proof that
    /// this point can still be reached. Neon reads it without the branch's own compute. How the
    /// text is written is Neon's affair; it is for comparing and for people, not for running.
    ///
    /// @throws dev.slipway.domain.FailureException refused when the point is outside the history
    ///     that is kept, or when the branch or the database is not there
    String schema(String branch, String database, NewBranch.Point point);

    /// Changes: creates a branch. It is usable once its operations are done.
    CreatedBranch createBranch(NewBranch branch);

    /// Changes: gives a branch other data. Who is connected is disconnected. Neon refuses a protected one.
    ///
    /// @return what is under way; the branch can be used when it is done
    List<Operation> restore(BranchRestore restore);

    /// Changes: protects a branch from being deleted and reset, or no longer does.
    void protect(String id, boolean isProtected);

    /// Changes: deletes a branch for good with all that is in it. The caller has made sure that it
    /// is one of ours; Neon itself refuses only the default branch, protected ones and parents.
    ///
    /// @return what is under way; empty when the branch was gone already
    List<Operation> deleteBranch(String id);
}
