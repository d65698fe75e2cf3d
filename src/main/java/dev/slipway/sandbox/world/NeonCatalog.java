package dev.slipway.sandbox.world;

import dev.slipway.sandbox.postgres.PostgresServer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/// The roles and databases of branches, as Neon's API knows them and as they are in the clusters.
///
/// An owner role is what Neon's is: it owns its database, makes schemas, roles, databases and the
/// usual extensions, reads statistics, and is no superuser, so it can neither run programs nor read
/// files.
final class NeonCatalog {
    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final NeonLedger ledger;

    NeonCatalog(NeonLedger ledger) {
        this.ledger = ledger;
    }

    /// A password in Neon's manner.
    static String newPassword() {
        var password = new StringBuilder("npg_");
        for (int i = 0; i < 16; i++) {
            password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    /// Gives the roles of a branch, in its new cluster, the passwords the branch has for them. They
    /// differ from its parent's when the parent is protected or changed them since.
    void settle(NeonBranch branch, PostgresServer server) {
        try (var connection = server.connect("postgres")) {
            for (var role : ledger.read(s -> s.roles(branch.id()))) {
                put(connection, role);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot set up roles: " + e.getMessage(), e);
        }
    }

    /// Makes a role, or gives an existing one its password.
    static void put(Connection connection, NeonRole role) throws SQLException {
        try (var statement = connection.createStatement()) {
            var name = statement.enquoteIdentifier(role.name(), true);
            if (!exists(connection, role.name())) {
                statement.execute(
                        "create role "
                                + name
                                + " createdb createrole bypassrls in role neon_superuser");
            }
            statement.execute(
                    "alter role "
                            + name
                            + (role.login() ? " login" : " nologin")
                            + " password "
                            + statement.enquoteLiteral(role.password()));
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            query.setString(1, role);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /// Makes a database.
    static void create(Connection connection, String database, String owner) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "create database "
                            + statement.enquoteIdentifier(database, true)
                            + " owner "
                            + statement.enquoteIdentifier(owner, true));
        }
    }

    /// Renames a database or gives it to another role.
    static void alter(Connection connection, NeonDatabase from, String name, String owner)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!from.owner().equals(owner)) {
                statement.execute(
                        alter(statement, from.name())
                                + " owner to "
                                + statement.enquoteIdentifier(owner, true));
            }
            if (!from.name().equals(name)) {
                statement.execute(
                        alter(statement, from.name())
                                + " rename to "
                                + statement.enquoteIdentifier(name, true));
            }
        }
    }

    private static String alter(Statement statement, String database) throws SQLException {
        return "alter database " + statement.enquoteIdentifier(database, true);
    }

    /// Removes a database with whoever is connected to it, or a role that owns nothing.
    static void drop(Connection connection, String kind, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            var quoted = statement.enquoteIdentifier(name, true);
            statement.execute(
                    "drop "
                            + kind
                            + " if exists "
                            + quoted
                            + (kind.equals("database") ? " (force)" : ""));
        }
    }

    /// Copies of a branch's roles for a child.
    ///
    /// @param renew whether they get new passwords, as below a protected branch
    static List<NeonRole> copies(List<NeonRole> roles, String branch, boolean renew, Instant now) {
        return roles.stream()
                .map(r ->
                        new NeonRole(
                                branch,
                                r.name(),
                                renew ? newPassword() : r.password(),
                                r.login(),
                                now,
                                now))
                .toList();
    }

    /// Copies of a branch's databases for a child.
    static List<NeonDatabase> copies(List<NeonDatabase> databases, String branch, Instant now) {
        return databases.stream()
                .map(d -> new NeonDatabase(d.id(), branch, d.name(), d.owner(), now, now))
                .toList();
    }
}
