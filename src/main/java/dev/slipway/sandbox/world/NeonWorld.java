package dev.slipway.sandbox.world;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Secret;
import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.postgres.Timelines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The rules of Neon over real Postgres: projects, branches, computes, operations.
///
/// What is called here directly happens at once; what comes through the HTTP skin takes the time of
/// an operation and locks its project meanwhile. A branch is named by id or by name. Safe for many
/// threads.
public final class NeonWorld implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NeonWorld.class.getName());
    private static final Duration TICK = Duration.ofMillis(250);
    private static final long DAY = 86_400;
    private static final long FIVE_MINUTES = 300;

    private final Place place;
    private final FileChannel lock;
    private final Timelines timelines;
    private final NeonLedger ledger;
    private final NeonComputes computes;
    private final NeonBranches branches;
    private final NeonAccess access;
    private final NeonSchemas schemas;
    private final Thread ticker;

    /// Where a world lives and how fast it is.
    ///
    /// @param home folder of its state and clusters; created when absent
    /// @param cache folder of the unpacked Postgres, shared by all worlds of this person
    /// @param temporary whether the folder is removed when the world closes
    public record Place(Path home, Path cache, boolean temporary, Pace pace, InstantSource clock) {}

    /// Whether a change takes the time it takes at Neon.
    public enum Tempo {
        /// Done when the call returns, whatever else runs.
        AT_ONCE,
        /// Operations that lock the project until they are over.
        PACED
    }

    /// Work on a database.
    public interface Work<T> {
        /// Does it; the connection is closed by the caller.
        T on(Connection connection) throws SQLException;
    }

    private NeonWorld(Place place, FileChannel lock) {
        this.place = place;
        this.lock = lock;
        this.timelines =
                new Timelines(place.home().resolve("timelines"), place.cache(), place.clock());
        this.ledger =
                new NeonLedger(place.home().resolve("neon.json"), place.clock(), place.pace());
        this.computes = new NeonComputes(ledger, timelines, new NeonCatalog(ledger));
        this.branches = new NeonBranches(ledger, timelines, computes);
        this.access = new NeonAccess(ledger, computes);
        this.schemas = new NeonSchemas(ledger, branches, timelines);
        this.ticker = Thread.ofVirtual().name("neon").start(this::tick);
    }

    /// Opens the world kept in a folder, or a new, empty one.
    ///
    /// @throws InputException when another program has it open or one of its ports is taken
    public static NeonWorld open(Place place) {
        try {
            Files.createDirectories(place.home());
            var lock =
                    FileChannel.open(
                            place.home().resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            try {
                if (lock.tryLock() == null) {
                    throw new OverlappingFileLockException();
                }
                return new NeonWorld(place, lock);
            } catch (OverlappingFileLockException e) {
                lock.close();
                throw new InputException(
                        "The sandbox in "
                                + place.home()
                                + " is open in another program. Nothing was started. Attach to it, or close"
                                + " it first.");
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + place.home(), e);
        }
    }

    private void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                computes.suspendIdle();
                branches.deleteExpired();
            } catch (RuntimeException e) {
                // One cluster in trouble must not keep the others awake for ever.
                LOG.log(System.Logger.Level.WARNING, "a Neon chore failed", e);
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// What can be done to branches.
    public NeonBranches branching() {
        return branches;
    }

    /// What can be done to endpoints.
    public NeonComputes computes() {
        return computes;
    }

    /// What can be done to roles and databases.
    public NeonAccess access() {
        return access;
    }

    /// What the databases of branches look like, now and before.
    public NeonSchemas schemas() {
        return schemas;
    }

    /// The clock and pace everything here follows.
    public Place place() {
        return place;
    }

    /// Makes a project with its default branch, database, owner role and a running compute.
    public NeonProject createProject(NeonProject.Draft draft) {
        var now = ledger.now();
        var id = NeonLedger.newId("");
        var project =
                new NeonProject(id, draft.name(), now, now, DAY, draft.branchLimit(), FIVE_MINUTES);
        var timeline = timelines.create();
        var branchId = NeonLedger.newId("br-");
        var role = new NeonRole(branchId, draft.role(), NeonCatalog.newPassword(), true, now, now);
        var named = Map.of("neon.branch_id", branchId);
        try (var connection = timelines.start(timeline, named).server().connect("postgres")) {
            NeonCatalog.put(connection, role);
            NeonCatalog.create(connection, draft.database(), draft.role());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot set up a project: " + e.getMessage(), e);
        }
        var branch =
                new NeonBranch(
                        branchId,
                        id,
                        draft.branch(),
                        timeline,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        false,
                        now,
                        now,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
        var endpoint = computes.open(branch, false, NeonEndpoint.Settings.USUAL, false);
        ledger.change(s -> {
            var number = s.databases.stream().mapToLong(NeonDatabase::id).max().orElse(0) + 1;
            s.projects.add(project);
            s.branches.add(branch);
            s.endpoints.add(endpoint);
            s.roles.add(role);
            s.databases.add(
                    new NeonDatabase(number, branchId, draft.database(), draft.role(), now, now));
        });
        return project;
    }

    /// All projects, oldest first.
    public List<NeonProject> projects() {
        return ledger.read(s -> List.copyOf(s.projects));
    }

    /// A project by id.
    ///
    /// @throws NeonRefusal 404 when there is none
    public NeonProject project(String id) {
        return ledger.read(s -> s.project(id));
    }

    /// Changes a project; what is absent stays.
    public NeonProject setProject(String id, Optional<String> name, Optional<Long> historySeconds) {
        if (historySeconds.map(h -> h < 0 || h > 30 * DAY).orElse(false)) {
            throw new NeonRefusal(
                    400, "", "history_retention_seconds must be between 0 and 2592000");
        }
        return ledger.write(s -> {
            s.project(id);
            return NeonState.change(
                    s.projects,
                    p -> p.id().equals(id),
                    p ->
                            new NeonProject(
                                    id,
                                    name.orElse(p.name()),
                                    p.createdAt(),
                                    ledger.now(),
                                    historySeconds.orElse(p.historySeconds()),
                                    p.branchLimit(),
                                    p.suspendSeconds()));
        });
    }

    /// Operations of a project, newest first.
    public List<NeonOperation> operations(String project) {
        return ledger.read(
                        s -> {
                            s.project(project);
                            return s.operations.stream()
                                    .filter(o -> o.projectId().equals(project))
                                    .toList();
                        })
                .reversed();
    }

    /// Branches of a project, oldest first.
    public List<NeonBranch> branches(String project) {
        return branches.list(project);
    }

    /// A branch by id or name.
    public Optional<NeonBranch> branch(String project, String idOrName) {
        return branches.list(project).stream()
                .filter(b -> b.id().equals(idOrName) || b.name().equals(idOrName))
                .findFirst();
    }

    private String idOf(String project, String idOrName) {
        return branch(project, idOrName).map(NeonBranch::id).orElse(idOrName);
    }

    /// Makes a branch.
    ///
    /// @throws NeonRefusal when Neon would not
    public NeonBranch createBranch(String project, NeonBranch.Draft draft) {
        return branches.create(project, draft, NeonEndpoint.Settings.USUAL, Tempo.AT_ONCE).made();
    }

    /// Deletes a branch with its computes.
    ///
    /// @throws NeonRefusal when it is protected, the default one or has children
    public void deleteBranch(String project, String branch) {
        branches.delete(project, idOf(project, branch), Tempo.AT_ONCE);
    }

    /// Restores a branch in place; `preserveAs` names the branch that keeps its data up to now.
    ///
    /// @throws NeonRefusal when Neon would not
    public NeonBranch restoreBranch(
            String project,
            String branch,
            String source,
            Point point,
            Optional<String> preserveAs) {
        return branches.restore(
                        project,
                        idOf(project, branch),
                        idOf(project, source),
                        point,
                        preserveAs,
                        Tempo.AT_ONCE)
                .made();
    }

    /// `postgresql://…` of a branch's read-write endpoint. TLS is off on loopback. A pooled address
    /// is told from a direct one by its option `endpoint=ep-…-pooler`.
    ///
    /// @param pooled whether through the pooler, which is no place for a migration
    /// @throws NeonRefusal when branch, endpoint or role is missing
    public Secret connectionUri(
            String project, String branch, String database, String role, boolean pooled) {
        var endpoint =
                endpoint(project, branch).orElseThrow(() -> NeonRefusal.notFound("endpoint"));
        return uri(endpoint, database, role, pooled);
    }

    /// The same of a certain endpoint.
    public Secret uri(NeonEndpoint endpoint, String database, String role, boolean pooled) {
        access.database(endpoint.projectId(), endpoint.branchId(), database);
        var password = access.role(endpoint.projectId(), endpoint.branchId(), role).password();
        return Secret.of(
                "postgresql://"
                        + encode(role)
                        + ":"
                        + encode(password)
                        + "@127.0.0.1:"
                        + endpoint.port()
                        + "/"
                        + encode(database)
                        + "?sslmode=disable"
                        + (pooled ? "&options=endpoint%3D" + endpoint.id() + "-pooler" : ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The read-write endpoint of a branch.
    public Optional<NeonEndpoint> endpoint(String project, String branch) {
        return branches.endpoints(project, Optional.of(idOf(project, branch))).stream()
                .filter(e -> !e.readOnly())
                .findFirst();
    }

    /// How often an endpoint was woken from idle since it exists.
    public int wakeUps(String endpoint) {
        return ledger.read(s -> s.endpoint(endpoint)).wakeUps();
    }

    /// Puts a branch's compute to sleep, as if nobody had used it for long.
    public void suspend(String project, String branch) {
        endpoint(project, branch).ifPresent(e -> computes.suspend(project, e.id(), Tempo.AT_ONCE));
    }

    /// Runs `work` on a branch's database as its owner, through its endpoint, which wakes it.
    public <T> T asOwner(String project, String branch, String database, Work<T> work)
            throws SQLException {
        var endpoint =
                endpoint(project, branch).orElseThrow(() -> NeonRefusal.notFound("endpoint"));
        var owner = access.database(project, endpoint.branchId(), database).owner();
        var properties = new Properties();
        properties.setProperty("user", owner);
        properties.setProperty(
                "password", access.role(project, endpoint.branchId(), owner).password());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        var address = "jdbc:postgresql://127.0.0.1:" + endpoint.port() + "/" + encode(database);
        try (var connection = DriverManager.getConnection(address, properties)) {
            return work.on(connection);
        }
    }

    /// Deletes a project with everything in it.
    ///
    /// @throws NeonRefusal when one of its branches is protected
    public NeonProject deleteProject(String id) {
        var project = project(id);
        var all = branches.list(id);
        if (all.stream().anyMatch(NeonBranch::isProtected)) {
            throw NeonRefusal.invalid("cannot delete project with protected branches");
        }
        for (var branch : all) {
            computes.forgetAll(branch);
            timelines.delete(branch.timeline());
        }
        ledger.change(s -> {
            var gone = all.stream().map(NeonBranch::id).toList();
            s.roles.removeIf(r -> gone.contains(r.branchId()));
            s.databases.removeIf(d -> gone.contains(d.branchId()));
            s.endpoints.removeIf(e -> gone.contains(e.branchId()));
            s.branches.removeIf(b -> gone.contains(b.id()));
            s.operations.removeIf(o -> o.projectId().equals(id));
            s.projects.removeIf(p -> p.id().equals(id));
        });
        return project;
    }

    /// Stops every compute and cluster; the state stays in the home unless it is temporary.
    @Override
    public void close() {
        ticker.interrupt();
        try {
            ticker.join();
            computes.close();
            timelines.close();
            if (place.temporary()) {
                timelines.removeEverything();
                Files.deleteIfExists(place.home().resolve("neon.json"));
                Files.deleteIfExists(place.home().resolve("lock"));
                Files.deleteIfExists(place.home());
            }
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + place.home(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
