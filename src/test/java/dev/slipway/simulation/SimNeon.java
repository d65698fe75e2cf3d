package dev.slipway.simulation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.neon.Branch;
import dev.slipway.neon.CreatedBranch;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.neon.Operation;
import dev.slipway.release.throwaway.BranchMark;
import dev.slipway.sandbox.world.NeonOperation;
import dev.slipway.sandbox.world.NeonRefusal;
import dev.slipway.sandbox.world.RemoteRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One project at Neon in memory: branches with a database each, operations that lock the project.
final class SimNeon {
    static final String MAIN = "br-main";
    private static final String PROJECT = "project";
    private static final Duration WORK = Duration.ofSeconds(3);

    private final Run run;
    private final History<List<Branch>> branches;
    private final Map<String, SimDatabase> databases = new HashMap<>();
    private final List<NeonOperation> operations = new ArrayList<>();

    SimNeon(Run run, SimDatabase production) {
        this.run = run;
        databases.put(MAIN, production);
        branches =
                new History<>(
                        run.time(),
                        List.of(branch(MAIN, "main", Optional.empty(), true, Map.of())));
    }

    Neon over(Line line) {
        return Partial.of(Neon.class, new Port(line));
    }

    List<Branch> branches() {
        return branches.now();
    }

    Optional<SimDatabase> database(String branch) {
        return Optional.ofNullable(databases.get(branch));
    }

    /// Who works on any database for this operator.
    List<SimBackend> backendsOf(Operator operator) {
        return databases.values().stream()
                .flatMap(d -> d.backends.stream())
                .filter(b -> b.operator() == operator)
                .toList();
    }

    /// The direct connection string of a branch.
    Secret connection(Line line, String branch) {
        return line.read(
                Provider.NEON,
                "connection",
                _ -> {
                    if (!databases.containsKey(branch)) {
                        throw Line.failed(new Failure.NotFound(Provider.NEON, branch));
                    }
                    return Secret.of(
                            "postgresql://owner:" + Run.CANARY + "@" + branch + ".neon.test/db");
                });
    }

    private Branch branch(
            String id,
            String name,
            Optional<String> parent,
            boolean isDefault,
            Map<String, String> annotation) {
        var now = run.time().instant();
        return new Branch(
                id,
                name,
                parent,
                Optional.empty(),
                Optional.empty(),
                "ready",
                Optional.empty(),
                isDefault,
                isDefault,
                now,
                now,
                Optional.empty(),
                OptionalLong.empty(),
                annotation);
    }

    private void work(String action, String branch) {
        var now = run.time().instant();
        operations.add(
                new NeonOperation(
                        run.id("operation"),
                        PROJECT,
                        Optional.of(branch),
                        Optional.empty(),
                        action,
                        now,
                        now,
                        now.plus(WORK)));
    }

    private Operation shown(NeonOperation o) {
        var now = run.time().instant();
        return new Operation(
                o.id(),
                o.branchId(),
                o.endpointId(),
                o.action(),
                o.status(now),
                Optional.empty(),
                0,
                Optional.empty(),
                o.createdAt(),
                o.updatedAt(now));
    }

    private static void ruled(Runnable rule) {
        try {
            rule.run();
        } catch (NeonRefusal e) {
            throw e.status() == 423
                    ? Line.failed(new Failure.Busy(Provider.NEON, e.sentence()))
                    : Line.refused(Provider.NEON, e.status(), e.sentence());
        }
    }

    /// The part of the port that steps use.
    final class Port {
        private final Line line;

        private Port(Line line) {
            this.line = line;
        }

        List<Branch> branches() {
            return line.read(Provider.NEON, "branches", branches::ago);
        }

        List<Operation> operations() {
            return line.read(
                    Provider.NEON,
                    "operations",
                    _ -> operations.reversed().stream().map(SimNeon.this::shown).toList());
        }

        String schema(String branch, String database, NewBranch.Point point) {
            return line.read(
                    Provider.NEON,
                    "schema",
                    _ -> {
                        var of = databases.get(branch);
                        return point instanceof NewBranch.Point.Lsn(var lsn)
                                ? of.schemaAt(lsn)
                                : of.schema();
                    });
        }

        CreatedBranch createBranch(NewBranch wanted) {
            return line.change(
                    Provider.NEON,
                    "branch " + wanted.name(),
                    "/projects/{project}/branches",
                    true,
                    () -> {
                        ruled(() ->
                                RemoteRules.unlocked(operations.stream(), run.time().instant()));
                        var all = branches.now();
                        ruled(() ->
                                RemoteRules.nameable(
                                        all.stream().map(Branch::name), wanted.name()));
                        var made =
                                branch(
                                        run.id("br"),
                                        wanted.name(),
                                        Optional.of(wanted.parent()),
                                        false,
                                        wanted.annotation());
                        databases.put(made.id(), databases.get(wanted.parent()).copy(made.id()));
                        var next = new ArrayList<>(all);
                        next.add(made);
                        branches.set(List.copyOf(next));
                        work("create_branch", made.id());
                        run.audit().effect(line.operator(), BranchMark.of(made), true);
                        return new CreatedBranch(made, List.of(), List.of());
                    });
        }

        List<Operation> deleteBranch(String id) {
            return line.change(
                    Provider.NEON,
                    "delete " + id,
                    "/projects/{project}/branches/{branch}",
                    true,
                    () -> {
                        run.audit().deletes(id, branches.now());
                        ruled(() ->
                                RemoteRules.unlocked(operations.stream(), run.time().instant()));
                        var all = branches.now();
                        var gone = all.stream().filter(b -> b.id().equals(id)).findFirst();
                        if (gone.isEmpty()) {
                            return List.of();
                        }
                        ruled(() ->
                                RemoteRules.deletable(
                                        gone.get().isProtected(),
                                        gone.get().isDefault(),
                                        all.stream()
                                                .anyMatch(b -> b.parent().equals(Optional.of(id))),
                                        gone.get().parent().isEmpty()));
                        branches.set(all.stream().filter(b -> !b.id().equals(id)).toList());
                        databases.remove(id);
                        run.audit().removed(BranchMark.of(gone.get()));
                        work("delete_branch", id);
                        return List.of();
                    });
        }
    }
}
