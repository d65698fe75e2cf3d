package dev.slipway.sandbox.world;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Roles and databases of branches through Neon's API: each change is carried out in the branch's
/// own cluster.
public final class NeonAccess {
    private static final Pattern NAME = Pattern.compile("[^\0-\\x1f\"\\\\/]{1,63}");

    private final NeonLedger ledger;
    private final NeonComputes computes;

    NeonAccess(NeonLedger ledger, NeonComputes computes) {
        this.ledger = ledger;
        this.computes = computes;
    }

    /// The roles of a branch.
    public List<NeonRole> roles(String project, String branch) {
        return ledger.read(s -> s.roles(s.branch(project, branch).id()));
    }

    /// The databases of a branch.
    public List<NeonDatabase> databases(String project, String branch) {
        return ledger.read(s -> s.databases(s.branch(project, branch).id()));
    }

    /// A role of a branch.
    public NeonRole role(String project, String branch, String name) {
        return ledger.read(s -> s.role(s.branch(project, branch).id(), name));
    }

    /// A database of a branch.
    public NeonDatabase database(String project, String branch, String name) {
        return ledger.read(s -> s.database(s.branch(project, branch).id(), name));
    }

    /// Makes a role with a new password.
    public Outcome<NeonRole> createRole(
            String project, String branch, String name, boolean login, NeonWorld.Tempo tempo) {
        checkName("role", name);
        return change(
                project,
                branch,
                tempo,
                of -> {
                    if (roles(project, branch).stream().anyMatch(r -> r.name().equals(name))) {
                        throw new NeonRefusal(409, "ROLE_ALREADY_EXISTS", "role already exists");
                    }
                    var now = ledger.now();
                    var role =
                            new NeonRole(branch, name, NeonCatalog.newPassword(), login, now, now);
                    computes.administer(of, "postgres", c -> NeonCatalog.put(c, role));
                    ledger.change(s -> s.roles.add(role));
                    return role;
                });
    }

    /// Gives a role a new password.
    public Outcome<NeonRole> resetPassword(
            String project, String branch, String name, NeonWorld.Tempo tempo) {
        return change(
                project,
                branch,
                tempo,
                of -> {
                    var old = role(project, branch, name);
                    var role =
                            new NeonRole(
                                    branch,
                                    name,
                                    NeonCatalog.newPassword(),
                                    old.login(),
                                    old.createdAt(),
                                    ledger.now());
                    computes.administer(of, "postgres", c -> NeonCatalog.put(c, role));
                    ledger.change(s -> NeonState.change(s.roles, old::equals, _ -> role));
                    return role;
                });
    }

    /// Removes a role.
    ///
    /// @throws NeonRefusal when it owns something
    public Outcome<NeonRole> deleteRole(
            String project, String branch, String name, NeonWorld.Tempo tempo) {
        return change(
                project,
                branch,
                tempo,
                of -> {
                    var old = role(project, branch, name);
                    computes.administer(of, "postgres", c -> NeonCatalog.drop(c, "role", name));
                    ledger.change(s -> s.roles.remove(old));
                    return old;
                });
    }

    /// Makes a database.
    public Outcome<NeonDatabase> createDatabase(
            String project, String branch, String name, String owner, NeonWorld.Tempo tempo) {
        checkName("database", name);
        return change(
                project,
                branch,
                tempo,
                of -> {
                    role(project, branch, owner);
                    if (databases(project, branch).stream().anyMatch(d -> d.name().equals(name))) {
                        throw new NeonRefusal(
                                409, "DATABASE_ALREADY_EXISTS", "database already exists");
                    }
                    computes.administer(of, "postgres", c -> NeonCatalog.create(c, name, owner));
                    return ledger.write(s -> {
                        var now = ledger.now();
                        var id =
                                s.databases.stream().mapToLong(NeonDatabase::id).max().orElse(0)
                                        + 1;
                        var database = new NeonDatabase(id, branch, name, owner, now, now);
                        s.databases.add(database);
                        return database;
                    });
                });
    }

    /// Renames a database or gives it to another role.
    public Outcome<NeonDatabase> changeDatabase(
            String project,
            String branch,
            String name,
            Optional<String> newName,
            Optional<String> newOwner,
            NeonWorld.Tempo tempo) {
        newName.ifPresent(n -> checkName("database", n));
        return change(
                project,
                branch,
                tempo,
                of -> {
                    var old = database(project, branch, name);
                    newOwner.ifPresent(owner -> role(project, branch, owner));
                    var changed =
                            new NeonDatabase(
                                    old.id(),
                                    branch,
                                    newName.orElse(name),
                                    newOwner.orElse(old.owner()),
                                    old.createdAt(),
                                    ledger.now());
                    computes.administer(
                            of,
                            "postgres",
                            c -> NeonCatalog.alter(c, old, changed.name(), changed.owner()));
                    ledger.change(s -> NeonState.change(s.databases, old::equals, _ -> changed));
                    return changed;
                });
    }

    /// Removes a database and disconnects whoever uses it.
    public Outcome<NeonDatabase> deleteDatabase(
            String project, String branch, String name, NeonWorld.Tempo tempo) {
        return change(
                project,
                branch,
                tempo,
                of -> {
                    var old = database(project, branch, name);
                    computes.administer(of, "postgres", c -> NeonCatalog.drop(c, "database", name));
                    ledger.change(s -> s.databases.remove(old));
                    return old;
                });
    }

    private interface Making<T> {
        T in(NeonBranch branch);
    }

    private <T> Outcome<T> change(
            String project, String branch, NeonWorld.Tempo tempo, Making<T> making) {
        try (var hold = ledger.hold(project, tempo)) {
            var made = making.in(ledger.read(s -> s.branch(project, branch)));
            var schedule =
                    hold.schedule().then("apply_config", Optional.of(branch), Optional.empty());
            return ledger.write(s -> new Outcome<>(made, schedule.record(s)));
        }
    }

    private static void checkName(String kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new NeonRefusal(400, "", kind + " name must have 1 to 63 characters");
        }
    }
}
