package dev.slipway.sandbox.world;

import dev.slipway.sandbox.postgres.Gateway;
import dev.slipway.sandbox.postgres.PostgresException;
import dev.slipway.sandbox.postgres.PostgresServer;
import dev.slipway.sandbox.postgres.Timelines;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// The computes of a Neon world: they keep their port, sleep when nobody works and wake when
/// somebody connects.
public final class NeonComputes implements AutoCloseable {
    /// Even a fast world gives a client this long between two statements.
    private static final Duration SHORTEST_SLEEPLESSNESS = Duration.ofSeconds(2);

    private final NeonLedger ledger;
    private final Timelines timelines;
    private final NeonCatalog catalog;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> branchLocks = new ConcurrentHashMap<>();

    /// An endpoint's gateway and when something was last said through it.
    private final class Live implements Gateway.Compute {
        private final String endpoint;
        private final Gateway gateway;
        private final AtomicReference<Instant> worked = new AtomicReference<>(ledger.now());

        Live(String endpoint, int port) {
            this.endpoint = endpoint;
            this.gateway = new Gateway(port, this);
        }

        @Override
        public int wake() {
            busy();
            return NeonComputes.this.wake(endpoint).port();
        }

        @Override
        public int awake() {
            return ledger.read(s ->
                            NeonState.find(s.endpoints, e -> e.id().equals(endpoint))
                                    .flatMap(e -> timelineOf(s, e)))
                    .flatMap(timelines::port)
                    .orElse(0);
        }

        @Override
        public void busy() {
            worked.set(ledger.now());
        }
    }

    NeonComputes(NeonLedger ledger, Timelines timelines, NeonCatalog catalog) {
        this.ledger = ledger;
        this.timelines = timelines;
        this.catalog = catalog;
        // A world that was killed had no time to note it.
        noteAllAsleep();
        for (var endpoint : ledger.read(s -> List.copyOf(s.endpoints))) {
            live.put(endpoint.id(), new Live(endpoint.id(), endpoint.port()));
        }
    }

    private static Optional<String> timelineOf(NeonState state, NeonEndpoint endpoint) {
        return NeonState.find(state.branches, b -> b.id().equals(endpoint.branchId()))
                .map(NeonBranch::timeline);
    }

    /// Makes an endpoint; its gateway listens from now on.
    NeonEndpoint open(
            NeonBranch branch, boolean readOnly, NeonEndpoint.Settings settings, boolean asleep) {
        var id = NeonLedger.newId("ep-");
        var now = ledger.now();
        var gate = new Live(id, 0);
        live.put(id, gate);
        return new NeonEndpoint(
                id,
                branch.projectId(),
                branch.id(),
                gate.gateway.port(),
                readOnly,
                settings.suspendSeconds(),
                settings.minCu(),
                settings.maxCu(),
                settings.disabled(),
                asleep ? NeonEndpoint.State.IDLE : NeonEndpoint.State.ACTIVE,
                now,
                now,
                asleep ? Optional.empty() : Optional.of(now),
                asleep ? Optional.empty() : Optional.of(now),
                asleep ? Optional.of(now) : Optional.empty(),
                0);
    }

    /// Adds an endpoint to a branch.
    ///
    /// @throws NeonRefusal when the branch has a read-write one already
    public Outcome<NeonEndpoint> create(
            String project,
            String branch,
            boolean readOnly,
            NeonEndpoint.Settings settings,
            NeonWorld.Tempo tempo) {
        try (var hold = ledger.hold(project, tempo)) {
            var of = ledger.read(s -> s.branch(project, branch));
            var taken = ledger.read(s -> s.endpoints(branch)).stream().anyMatch(e -> !e.readOnly());
            if (taken && !readOnly) {
                throw NeonRefusal.invalid("read_write endpoint already exists on branch " + branch);
            }
            var endpoint = open(of, readOnly, checked(settings), false);
            var schedule =
                    hold.schedule()
                            .then("start_compute", Optional.of(branch), Optional.of(endpoint.id()));
            return ledger.write(s -> {
                s.endpoints.add(endpoint);
                return new Outcome<>(endpoint, schedule.record(s));
            });
        }
    }

    /// Changes an endpoint's settings.
    public Outcome<NeonEndpoint> set(
            String project,
            String endpoint,
            UnaryOperator<NeonEndpoint.Settings> change,
            NeonWorld.Tempo tempo) {
        try (var hold = ledger.hold(project, tempo)) {
            var old = find(project, endpoint);
            var settings = checked(change.apply(old.settings()));
            var schedule =
                    hold.schedule()
                            .then(
                                    "apply_config",
                                    Optional.of(old.branchId()),
                                    Optional.of(endpoint));
            return ledger.write(s ->
                    new Outcome<>(
                            NeonState.change(
                                    s.endpoints,
                                    e -> e.id().equals(endpoint),
                                    e -> e.with(settings, ledger.now())),
                            schedule.record(s)));
        }
    }

    private static NeonEndpoint.Settings checked(NeonEndpoint.Settings settings) {
        var seconds = settings.suspendSeconds();
        if (seconds < -1 || seconds > 604_800 || (seconds > 0 && seconds < 60)) {
            throw new NeonRefusal(
                    400, "", "suspend_timeout_seconds must be -1, 0 or between 60 and 604800");
        }
        return settings;
    }

    /// Removes an endpoint.
    ///
    /// @throws NeonRefusal when its branch is protected
    public Outcome<NeonEndpoint> delete(String project, String endpoint, NeonWorld.Tempo tempo) {
        try (var hold = ledger.hold(project, tempo)) {
            var old = find(project, endpoint);
            if (ledger.read(s -> s.branch(project, old.branchId())).isProtected()) {
                throw NeonRefusal.invalid("cannot delete endpoint of a protected branch");
            }
            forget(old);
            var schedule =
                    hold.schedule()
                            .then(
                                    "suspend_compute",
                                    Optional.of(old.branchId()),
                                    Optional.of(endpoint));
            return ledger.write(s -> {
                s.endpoints.removeIf(e -> e.id().equals(endpoint));
                return new Outcome<>(old, schedule.record(s));
            });
        }
    }

    /// Starts an endpoint as a connection would.
    public Outcome<NeonEndpoint> start(String project, String endpoint, NeonWorld.Tempo tempo) {
        return act(project, endpoint, "start_compute", tempo, () -> wake(endpoint));
    }

    /// Puts an endpoint to sleep whatever its clients are doing.
    public Outcome<NeonEndpoint> suspend(String project, String endpoint, NeonWorld.Tempo tempo) {
        return act(project, endpoint, "suspend_compute", tempo, () -> sleep(endpoint, _ -> true));
    }

    /// Stops and starts an endpoint; its clients are disconnected.
    public Outcome<NeonEndpoint> restart(String project, String endpoint, NeonWorld.Tempo tempo) {
        return act(
                project,
                endpoint,
                "start_compute",
                tempo,
                () -> {
                    sleep(endpoint, _ -> true);
                    wake(endpoint);
                });
    }

    private Outcome<NeonEndpoint> act(
            String project, String endpoint, String action, NeonWorld.Tempo tempo, Runnable what) {
        try (var hold = ledger.hold(project, tempo)) {
            var branch = find(project, endpoint).branchId();
            what.run();
            var schedule = hold.schedule().then(action, Optional.of(branch), Optional.of(endpoint));
            return ledger.write(s -> new Outcome<>(s.endpoint(endpoint), schedule.record(s)));
        }
    }

    private NeonEndpoint find(String project, String endpoint) {
        return ledger.read(s ->
                NeonState.find(s.endpoints, e -> e.id().equals(endpoint))
                        .filter(e -> e.projectId().equals(project))
                        .orElseThrow(() -> NeonRefusal.notFound("endpoint")));
    }

    /// The running cluster behind an endpoint, which counts as a wake-up when it slept.
    PostgresServer wake(String endpoint) {
        var branch = ledger.read(s -> s.endpoint(endpoint)).branchId();
        awaitReady(branch);
        var lock = lock(branch);
        lock.lock();
        try {
            var now = ledger.read(s -> s.endpoint(endpoint));
            if (now.disabled()) {
                throw new IllegalStateException("endpoint is disabled");
            }
            var server = running(ledger.read(s -> s.branch(now.projectId(), branch)));
            Optional.ofNullable(live.get(endpoint)).ifPresent(Live::busy);
            if (now.state() != NeonEndpoint.State.ACTIVE) {
                change(endpoint, e -> e.woken(ledger.now()), "start_compute");
            }
            return server;
        } finally {
            lock.unlock();
        }
    }

    /// The cluster of a branch, started; a new one gets the branch's own passwords first. It says
    /// which branch it is, as Neon's do, so that a Worker can prove where it is connected.
    private PostgresServer running(NeonBranch branch) {
        var started = timelines.start(branch.timeline(), Map.of("neon.branch_id", branch.id()));
        if (started.fresh()) {
            catalog.settle(branch, started.server());
        }
        return started.server();
    }

    private void awaitReady(String branch) {
        var ready =
                ledger.read(s -> NeonState.find(s.branches, b -> b.id().equals(branch)))
                        .map(NeonBranch::readyAt);
        var left = ready.map(r -> Duration.between(ledger.now(), r)).orElse(Duration.ZERO);
        if (left.isPositive()) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Work as the superuser on a branch's own cluster, started for it when needed.
    void administer(NeonBranch branch, String database, Administration work) {
        var lock = lock(branch.id());
        lock.lock();
        try (var connection = running(branch).connect(database)) {
            work.on(connection);
        } catch (SQLException e) {
            throw NeonRefusal.invalid(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    /// Work that fails the way SQL fails.
    interface Administration {
        void on(Connection connection) throws SQLException;
    }

    /// Runs `change` while nobody is connected to a branch; its cluster is stopped.
    ///
    /// @return whether it ran before
    boolean exchange(NeonBranch branch, Runnable change) {
        var lock = lock(branch.id());
        lock.lock();
        try {
            var ran = timelines.port(branch.timeline()).isPresent();
            timelines.stop(branch.timeline());
            change.run();
            return ran;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the gateways of a branch that goes away.
    void forgetAll(NeonBranch branch) {
        ledger.read(s -> s.endpoints(branch.id())).forEach(this::forget);
        branchLocks.remove(branch.id());
    }

    private void forget(NeonEndpoint endpoint) {
        Optional.ofNullable(live.remove(endpoint.id())).ifPresent(gone -> gone.gateway.close());
        sleep(endpoint.id(), _ -> true);
    }

    /// Suspends every compute without work. Called over and over.
    void suspendIdle() {
        var active =
                ledger.read(s ->
                        s.endpoints.stream()
                                .filter(e -> e.state() == NeonEndpoint.State.ACTIVE)
                                .toList());
        for (var endpoint : active) {
            if (idleLongEnough(endpoint)) {
                sleep(endpoint.id(), this::idleLongEnough);
            }
        }
    }

    private boolean idleLongEnough(NeonEndpoint endpoint) {
        var gate = live.get(endpoint.id());
        var seconds =
                endpoint.suspendSeconds() == 0
                        ? ledger.read(s -> s.project(endpoint.projectId())).suspendSeconds()
                        : endpoint.suspendSeconds();
        if (gate == null || seconds < 0) {
            return false;
        }
        var paced = ledger.pace().of(Duration.ofSeconds(seconds));
        var wait = paced.compareTo(SHORTEST_SLEEPLESSNESS) < 0 ? SHORTEST_SLEEPLESSNESS : paced;
        return !ledger.now().isBefore(gate.worked.get().plus(wait)) && !works(endpoint);
    }

    /// A statement that runs for long says nothing meanwhile, so the cluster is asked.
    private boolean works(NeonEndpoint endpoint) {
        var timeline = ledger.read(s -> timelineOf(s, endpoint));
        if (timeline.flatMap(timelines::port).isEmpty()) {
            return false;
        }
        try {
            var busy =
                    timelines
                            .start(timeline.get())
                            .server()
                            .ask(
                                    "select count(*) from pg_stat_activity where backend_type = 'client"
                                            + " backend' and state <> 'idle' and pid <> pg_backend_pid()");
            return !busy.equals("0");
        } catch (PostgresException e) {
            return false;
        }
    }

    private void sleep(String endpoint, java.util.function.Predicate<NeonEndpoint> when) {
        var branch = ledger.read(s -> NeonState.find(s.endpoints, e -> e.id().equals(endpoint)));
        if (branch.isEmpty()) {
            return;
        }
        var lock = lock(branch.get().branchId());
        lock.lock();
        try {
            var now = ledger.read(s -> NeonState.find(s.endpoints, e -> e.id().equals(endpoint)));
            if (now.isEmpty()
                    || now.get().state() != NeonEndpoint.State.ACTIVE
                    || !when.test(now.get())) {
                return;
            }
            var others =
                    ledger.read(s -> s.endpoints(now.get().branchId())).stream()
                            .anyMatch(e ->
                                    !e.id().equals(endpoint)
                                            && e.state() == NeonEndpoint.State.ACTIVE);
            if (!others) {
                ledger.read(s -> timelineOf(s, now.get())).ifPresent(timelines::stop);
            }
            var gate = Optional.ofNullable(live.get(endpoint));
            gate.ifPresent(g -> g.gateway.dropClients());
            var worked = gate.map(g -> g.worked.get()).orElseGet(ledger::now);
            change(endpoint, e -> e.suspended(ledger.now(), worked), "suspend_compute");
        } finally {
            lock.unlock();
        }
    }

    private void change(String endpoint, UnaryOperator<NeonEndpoint> how, String action) {
        ledger.change(s -> {
            var changed = NeonState.change(s.endpoints, e -> e.id().equals(endpoint), how);
            ledger.schedule(changed.projectId(), Duration.ZERO)
                    .then(action, Optional.of(changed.branchId()), Optional.of(endpoint))
                    .record(s);
        });
    }

    private ReentrantLock lock(String branch) {
        return branchLocks.computeIfAbsent(branch, _ -> new ReentrantLock());
    }

    /// Ends every gateway and notes that every compute sleeps.
    @Override
    public void close() {
        live.values().forEach(one -> one.gateway.close());
        noteAllAsleep();
    }

    private void noteAllAsleep() {
        ledger.change(s ->
                s.endpoints.replaceAll(e ->
                        e.state() == NeonEndpoint.State.ACTIVE
                                ? e.suspended(ledger.now(), ledger.now())
                                : e));
    }
}
