package dev.slipway.sandbox.world;

import dev.slipway.sandbox.postgres.HistoryException;
import dev.slipway.sandbox.postgres.Lsn;
import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.postgres.Timelines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The branches of a Neon world: what may be made, restored and deleted.
public final class NeonBranches {
    private final NeonLedger ledger;
    private final Timelines timelines;
    private final NeonComputes computes;

    NeonBranches(NeonLedger ledger, Timelines timelines, NeonComputes computes) {
        this.ledger = ledger;
        this.timelines = timelines;
        this.computes = computes;
    }

    /// A change of a branch's settings; what is absent stays.
    ///
    /// @param expires empty inside takes the expiry away
    public record Change(
            Optional<String> name,
            Optional<Boolean> isProtected,
            Optional<Optional<Instant>> expires) {}

    /// Makes a branch.
    ///
    /// @param settings of its endpoint, when it gets one
    /// @throws NeonRefusal when Neon would not
    public Outcome<NeonBranch> create(
            String project,
            NeonBranch.Draft draft,
            NeonEndpoint.Settings settings,
            NeonWorld.Tempo tempo) {
        try (var hold = ledger.hold(project, tempo)) {
            var parent = ledger.read(s -> checkNew(s, project, draft));
            var timeline = fork(project, parent, draft.from());
            var id = NeonLedger.newId("br-");
            var schedule = hold.schedule().then("create_branch", Optional.of(id), Optional.empty());
            var now = ledger.now();
            var endpointless =
                    new NeonBranch(
                            id,
                            project,
                            draft.name().isEmpty() ? id : draft.name(),
                            timeline,
                            Optional.of(parent.id()),
                            timelines.origin(timeline).map(Lsn::toString),
                            draft.from() instanceof Point.When(var time)
                                    ? Optional.of(time)
                                    : Optional.empty(),
                            false,
                            draft.isProtected(),
                            now,
                            now,
                            now,
                            draft.expiresAt(),
                            Optional.empty(),
                            draft.annotation());
            var endpoint =
                    draft.compute()
                            ? Optional.of(
                                    computes.open(endpointless, false, settings, draft.asleep()))
                            : Optional.<NeonEndpoint>empty();
            endpoint.ifPresent(
                    e -> schedule.then("start_compute", Optional.of(id), Optional.of(e.id())));
            var branch = endpointless.readyAt(schedule.end());
            return ledger.write(s -> {
                s.branches.add(branch);
                endpoint.ifPresent(s.endpoints::add);
                s.roles.addAll(
                        NeonCatalog.copies(s.roles(parent.id()), id, parent.isProtected(), now));
                s.databases.addAll(NeonCatalog.copies(s.databases(parent.id()), id, now));
                return new Outcome<>(branch, schedule.record(s));
            });
        }
    }

    private NeonBranch checkNew(NeonState state, String project, NeonBranch.Draft draft) {
        checkName(state, project, draft.name());
        checkRoom(state, project);
        draft.expiresAt().ifPresent(this::checkExpiry);
        return draft.parent().isPresent()
                ? state.branch(project, draft.parent().get())
                : state.branches(project).stream()
                        .filter(NeonBranch::isDefault)
                        .findFirst()
                        .orElseThrow();
    }

    private void checkExpiry(Instant expires) {
        if (!expires.isAfter(ledger.now())) {
            throw new NeonRefusal(400, "", "expires_at must be in the future");
        }
    }

    private static void checkName(NeonState state, String project, String name) {
        if (name.length() > 256) {
            throw new NeonRefusal(400, "", "branch name must have 1 to 256 characters");
        }
        RemoteRules.nameable(state.branches(project).stream().map(NeonBranch::name), name);
    }

    private static void checkRoom(NeonState state, String project) {
        var limit = state.project(project).branchLimit();
        if (state.branches(project).size() >= limit) {
            throw new NeonRefusal(422, "BRANCHES_LIMIT_EXCEEDED", "branches limit exceeded");
        }
    }

    /// A new line of history that leaves a branch's at a point.
    ///
    /// @throws NeonRefusal when the point is outside the history that is kept
    String fork(String project, NeonBranch of, Point point) {
        if (point instanceof Point.When(var time)) {
            var oldest = ledger.now().minus(ledger.read(s -> s.project(project)).history());
            if (time.isBefore(oldest)) {
                throw NeonRefusal.invalid(
                        "timestamp "
                                + time
                                + " precedes the history window, which starts at "
                                + oldest);
            }
        }
        try {
            return timelines.fork(of.timeline(), point);
        } catch (HistoryException e) {
            throw NeonRefusal.invalid(e.sentence());
        }
    }

    /// Changes a branch's settings.
    public NeonBranch set(String project, String branch, Change change) {
        return ledger.write(s -> {
            var old = s.branch(project, branch);
            change.name()
                    .filter(name -> !name.equals(old.name()))
                    .ifPresent(name -> checkName(s, project, name));
            var expires = change.expires().orElse(old.expiresAt());
            if (change.expires().isPresent()) {
                expires.ifPresent(this::checkExpiry);
            }
            return NeonState.change(
                    s.branches,
                    b -> b.id().equals(branch),
                    b ->
                            b.with(
                                    change.name().orElse(b.name()),
                                    change.isProtected().orElse(b.isProtected()),
                                    expires,
                                    ledger.now()));
        });
    }

    /// Makes a branch the default one of its project.
    public NeonBranch setDefault(String project, String branch) {
        return ledger.write(s -> {
            s.branch(project, branch);
            s.branches.replaceAll(b ->
                    b.projectId().equals(project) && b.isDefault() != b.id().equals(branch)
                            ? b.asDefault(b.id().equals(branch), ledger.now())
                            : b);
            return s.branch(project, branch);
        });
    }

    /// Deletes a branch with its endpoints.
    ///
    /// @throws NeonRefusal when it is protected, the default one, a root or has children
    public Outcome<NeonBranch> delete(String project, String branch, NeonWorld.Tempo tempo) {
        try (var hold = ledger.hold(project, tempo)) {
            var old = ledger.read(s -> checkDelete(s, project, branch));
            computes.forgetAll(old);
            timelines.delete(old.timeline());
            var schedule =
                    hold.schedule().then("delete_timeline", Optional.of(branch), Optional.empty());
            return ledger.write(s -> {
                s.branches.removeIf(b -> b.id().equals(branch));
                s.endpoints.removeIf(e -> e.branchId().equals(branch));
                s.roles.removeIf(r -> r.branchId().equals(branch));
                s.databases.removeIf(d -> d.branchId().equals(branch));
                return new Outcome<>(old, schedule.record(s));
            });
        }
    }

    private static NeonBranch checkDelete(NeonState state, String project, String id) {
        var branch = state.branch(project, id);
        RemoteRules.deletable(
                branch.isProtected(),
                branch.isDefault(),
                hasChildren(state, id),
                branch.parentId().isEmpty());
        return branch;
    }

    private static boolean hasChildren(NeonState state, String id) {
        return state.branches.stream().anyMatch(b -> b.parentId().equals(Optional.of(id)));
    }

    /// Gives a branch the data of a source at a point. Its id, endpoints and their ports stay; who
    /// is connected is disconnected.
    ///
    /// @param preserveAs name of a new branch that keeps the data up to now and the children
    /// @throws NeonRefusal when Neon would not
    public Outcome<NeonBranch> restore(
            String project,
            String target,
            String source,
            Point point,
            Optional<String> preserveAs,
            NeonWorld.Tempo tempo) {
        try (var hold = ledger.hold(project, tempo)) {
            var old = ledger.read(s -> checkRestore(s, project, target, source, point, preserveAs));
            var from = ledger.read(s -> s.branch(project, source));
            var timeline = fork(project, from, point);
            var schedule =
                    hold.schedule()
                            .then("create_branch", Optional.of(target), Optional.empty())
                            .then("apply_config", Optional.of(target), Optional.empty());
            var kept =
                    preserveAs.map(name ->
                            old.preservedAs(
                                    NeonLedger.newId("br-"), name, ledger.now(), schedule.end()));
            var self = source.equals(target);
            var parent = self ? kept.orElseThrow().id() : source;
            var restored =
                    old.restored(
                            timeline,
                            parent,
                            timelines.origin(timeline).map(Lsn::toString),
                            point instanceof Point.When(var time)
                                    ? Optional.of(time)
                                    : Optional.empty(),
                            ledger.now(),
                            schedule.end());
            var ran =
                    computes.exchange(
                            old, () -> ledger.change(s -> exchange(s, restored, kept, from)));
            if (kept.isEmpty()) {
                timelines.delete(old.timeline());
            }
            if (ran) {
                computes.administer(restored, "postgres", _ -> {});
            }
            return ledger.write(s -> new Outcome<>(s.branch(project, target), schedule.record(s)));
        }
    }

    private static NeonBranch checkRestore(
            NeonState state,
            String project,
            String target,
            String source,
            Point point,
            Optional<String> preserveAs) {
        var branch = state.branch(project, target);
        if (branch.isProtected()) {
            throw NeonRefusal.invalid("cannot reset protected branch");
        }
        if (source.equals(target) && point instanceof Point.Head) {
            throw NeonRefusal.invalid(
                    "source_timestamp or source_lsn is required when a branch is restored to its own history");
        }
        if (preserveAs.isEmpty() && (source.equals(target) || hasChildren(state, target))) {
            throw NeonRefusal.invalid(
                    "preserve_under_name is required when a branch is restored to its own history or has"
                            + " children");
        }
        preserveAs.ifPresent(name -> {
            checkName(state, project, name);
            checkRoom(state, project);
        });
        return branch;
    }

    private void exchange(
            NeonState state, NeonBranch restored, Optional<NeonBranch> kept, NeonBranch source) {
        var now = ledger.now();
        var roles =
                NeonCatalog.copies(
                        state.roles(source.id()), restored.id(), source.isProtected(), now);
        var databases = NeonCatalog.copies(state.databases(source.id()), restored.id(), now);
        kept.ifPresent(branch -> {
            state.branches.replaceAll(b ->
                    b.parentId().equals(Optional.of(restored.id())) ? b.childOf(branch.id()) : b);
            state.branches.add(branch);
            state.roles.addAll(
                    NeonCatalog.copies(state.roles(restored.id()), branch.id(), false, now));
            state.databases.addAll(
                    NeonCatalog.copies(state.databases(restored.id()), branch.id(), now));
        });
        NeonState.change(state.branches, b -> b.id().equals(restored.id()), _ -> restored);
        if (!source.id().equals(restored.id())) {
            state.roles.removeIf(r -> r.branchId().equals(restored.id()));
            state.roles.addAll(roles);
            state.databases.removeIf(d -> d.branchId().equals(restored.id()));
            state.databases.addAll(databases);
        }
    }

    /// Deletes what has expired. Called over and over.
    void deleteExpired() {
        var expired =
                ledger.read(s ->
                        s.branches.stream()
                                .filter(b ->
                                        b.expiresAt()
                                                .map(at -> !at.isAfter(ledger.now()))
                                                .orElse(false))
                                .filter(b ->
                                        !b.isProtected()
                                                && !b.isDefault()
                                                && !hasChildren(s, b.id()))
                                .toList());
        for (var branch : expired) {
            try {
                delete(branch.projectId(), branch.id(), NeonWorld.Tempo.AT_ONCE);
            } catch (NeonRefusal e) {
                // Somebody else deleted, protected or branched it meanwhile.
            }
        }
    }

    /// The branches of a project, oldest first.
    public List<NeonBranch> list(String project) {
        return ledger.read(s -> {
            s.project(project);
            return s.branches(project);
        });
    }

    /// A branch by id.
    public Optional<NeonBranch> get(String project, String id) {
        return list(project).stream().filter(b -> b.id().equals(id)).findFirst();
    }

    /// Endpoints, of all branches of a project or of one.
    public List<NeonEndpoint> endpoints(String project, Optional<String> branch) {
        return ledger.read(s -> {
            s.project(project);
            branch.ifPresent(b -> s.branch(project, b));
            Stream<NeonEndpoint> all =
                    s.endpoints.stream().filter(e -> e.projectId().equals(project));
            return all.filter(e -> branch.map(e.branchId()::equals).orElse(true)).toList();
        });
    }
}
