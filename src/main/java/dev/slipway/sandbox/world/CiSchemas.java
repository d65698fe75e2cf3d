package dev.slipway.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// What code written against a folder of migrations sends to its database. It is found out by
/// running the whole folder on an empty database, once for each content, and kept in files.
public final class CiSchemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ROLE = Pattern.compile("role \"([^\"]+)\" does not exist");
    private static final int ROLES = 10;

    private final Path files;
    private final Empty empty;

    /// An empty database.
    public interface Empty {
        /// Runs `work` on it; the work rolls back what it does.
        <T> T on(NeonWorld.Work<T> work) throws SQLException;
    }

    /// @param files folder of what was found out before
    public CiSchemas(Path files, Empty empty) {
        this.files = files;
        this.empty = empty;
    }

    /// The statements of code at this folder. Code beside a migration that does not run fits the
    /// schema before it.
    public synchronized DrizzleStatements of(DrizzleFolder folder) {
        return known(folder)
                .orElseGet(() -> {
                    try {
                        return keep(folder, empty.on(c -> derive(c, folder)));
                    } catch (SQLException e) {
                        throw new IllegalStateException(
                                "the schema of "
                                        + folder.path()
                                        + " cannot be made: "
                                        + e.getMessage(),
                                e);
                    }
                });
    }

    /// Remembers what somebody else found out.
    public synchronized DrizzleStatements keep(DrizzleFolder folder, DrizzleStatements statements) {
        try {
            Files.createDirectories(files);
            var fresh = Files.createTempFile(files, "statements", ".part");
            Files.writeString(fresh, JSON.writeValueAsString(statements));
            Files.move(fresh, file(folder), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return statements;
    }

    private Optional<DrizzleStatements> known(DrizzleFolder folder) {
        var file = file(folder);
        return Files.exists(file)
                ? Optional.of(JSON.readValue(file.toFile(), DrizzleStatements.class))
                : Optional.empty();
    }

    private static DrizzleStatements derive(Connection connection, DrizzleFolder folder)
            throws SQLException {
        var preludes = new ArrayList<DrizzleMigration>();
        var migrations = folder.migrations();
        while (true) {
            var all = new ArrayList<>(preludes);
            all.addAll(migrations);
            var attempt = DrizzleStatements.attempt(connection, all);
            if (attempt.stop().isEmpty()) {
                return attempt.statements();
            }
            var stop = attempt.stop().get();
            var role = missingRole(stop);
            if (role.isPresent() && preludes.size() < ROLES) {
                preludes.add(new DrizzleMigration("role", 0, createRole(role.get())));
            } else {
                migrations = before(migrations, stop.migration());
            }
        }
    }

    private static List<DrizzleMigration> before(List<DrizzleMigration> migrations, String name) {
        var kept = migrations.stream().takeWhile(m -> !m.name().equals(name)).toList();
        return kept.size() < migrations.size() ? kept : List.of();
    }

    /// The role a migration expects and nobody made, for example by Neon's own authorisation.
    static Optional<String> missingRole(DrizzleMigrator.Stop stop) {
        var matcher = ROLE.matcher(stop.message());
        return stop.sqlState().equals("42704") && matcher.find()
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    static String createRole(String role) {
        return "create role " + DrizzleTable.quote(role) + " nologin";
    }

    private Path file(DrizzleFolder folder) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var migration : folder.migrations()) {
                digest.update(
                        (migration.name() + " " + migration.hash() + "\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            return files.resolve(HexFormat.of().formatHex(digest.digest()) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
