package dev.slipway.sandbox.world;

import dev.slipway.sandbox.postgres.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/// What a Neon world remembers, in the order it came to be. Not safe for many threads: the world
/// guards it.
final class NeonState {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OPERATIONS_KEPT = 1000;

    final List<NeonProject> projects = new ArrayList<>();
    final List<NeonBranch> branches = new ArrayList<>();
    final List<NeonEndpoint> endpoints = new ArrayList<>();
    final List<NeonRole> roles = new ArrayList<>();
    final List<NeonDatabase> databases = new ArrayList<>();
    final List<NeonOperation> operations = new ArrayList<>();

    private record Kept(
            List<NeonProject> projects,
            List<NeonBranch> branches,
            List<NeonEndpoint> endpoints,
            List<NeonRole> roles,
            List<NeonDatabase> databases,
            List<NeonOperation> operations) {}

    /// What is kept in `file`; nothing when there is none.
    static NeonState read(Path file) {
        var state = new NeonState();
        if (Files.exists(file)) {
            try {
                var kept = JSON.readValue(Files.readString(file), Kept.class);
                state.projects.addAll(kept.projects);
                state.branches.addAll(kept.branches);
                state.endpoints.addAll(kept.endpoints);
                state.roles.addAll(kept.roles);
                state.databases.addAll(kept.databases);
                state.operations.addAll(kept.operations);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return state;
    }

    /// Replaces `file` in one step.
    void write(Path file) {
        while (operations.size() > OPERATIONS_KEPT) {
            operations.removeFirst();
        }
        try {
            var kept = new Kept(projects, branches, endpoints, roles, databases, operations);
            PrivateFile.write(file, JSON.writeValueAsString(kept));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file, e);
        }
    }

    NeonProject project(String id) {
        return find(projects, p -> p.id().equals(id))
                .orElseThrow(() -> NeonRefusal.notFound("project"));
    }

    NeonBranch branch(String project, String id) {
        return find(branches, b -> b.projectId().equals(project) && b.id().equals(id))
                .orElseThrow(() -> NeonRefusal.notFound("branch"));
    }

    List<NeonBranch> branches(String project) {
        return branches.stream().filter(b -> b.projectId().equals(project)).toList();
    }

    NeonEndpoint endpoint(String id) {
        return find(endpoints, e -> e.id().equals(id))
                .orElseThrow(() -> NeonRefusal.notFound("endpoint"));
    }

    List<NeonEndpoint> endpoints(String branch) {
        return endpoints.stream().filter(e -> e.branchId().equals(branch)).toList();
    }

    NeonRole role(String branch, String name) {
        return find(roles, r -> r.branchId().equals(branch) && r.name().equals(name))
                .orElseThrow(() -> NeonRefusal.notFound("role"));
    }

    List<NeonRole> roles(String branch) {
        return roles.stream().filter(r -> r.branchId().equals(branch)).toList();
    }

    NeonDatabase database(String branch, String name) {
        return find(databases, d -> d.branchId().equals(branch) && d.name().equals(name))
                .orElseThrow(() -> NeonRefusal.notFound("database"));
    }

    List<NeonDatabase> databases(String branch) {
        return databases.stream().filter(d -> d.branchId().equals(branch)).toList();
    }

    static <T> Optional<T> find(List<T> things, Predicate<T> which) {
        return things.stream().filter(which).findFirst();
    }

    /// Changes the one element that fits and returns what it became.
    static <T> T change(List<T> things, Predicate<T> which, UnaryOperator<T> how) {
        for (var i = things.listIterator(); i.hasNext(); ) {
            var thing = i.next();
            if (which.test(thing)) {
                var changed = how.apply(thing);
                i.set(changed);
                return changed;
            }
        }
        throw new IllegalStateException("nothing to change");
    }
}
