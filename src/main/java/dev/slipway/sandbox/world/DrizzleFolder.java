package dev.slipway.sandbox.world;

import dev.slipway.domain.InputException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A folder of Drizzle migrations in one commit. The sandbox reads it by itself, so that what
/// Slipway reads is held against a second reading.
///
/// @param path inside the repository; empty for its root
/// @param migrations in the order in which Drizzle runs them on an empty database; one whose file is
///     missing is empty
/// @param missing names of migrations the journal lists without a file; Drizzle refuses the folder
public record DrizzleFolder(
        String path, Layout layout, List<DrizzleMigration> migrations, List<String> missing) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String JOURNAL = "meta/_journal.json";

    /// `pg` in journals begun before drizzle-kit 0.22.
    private static final Set<String> DIALECTS = Set.of("postgresql", "pg");

    private static final Pattern DATED = Pattern.compile("(\\d{14})_[^/]*/migration\\.sql");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /// How the folder is laid out, which also decides what Drizzle thinks is pending.
    public enum Layout {
        /// `NNNN_tag.sql` and `meta/_journal.json`; pending is what is newer than the newest row.
        JOURNAL,
        /// `YYYYMMDDHHMMSS_name/migration.sql`; pending is every name without a row.
        DATED
    }

    public DrizzleFolder {
        migrations = List.copyOf(migrations);
        missing = List.copyOf(missing);
    }

    /// The Postgres migration folders of a commit.
    public static List<String> foldersIn(RepoTree tree) {
        var folders = new TreeSet<String>();
        for (var path : tree.paths()) {
            if (path.contains("node_modules/")) {
                continue;
            }
            if (path.equals(JOURNAL) || path.endsWith("/" + JOURNAL)) {
                if (dialectOf(tree.text(path).orElse("")).map(DIALECTS::contains).orElse(true)) {
                    folders.add(parentOf(path, JOURNAL.length()));
                }
                continue;
            }
            var dated = DATED.matcher(path);
            if (dated.find() && dated.end() == path.length() && isSegment(path, dated.start())) {
                folders.add(parentOf(path, path.length() - dated.start()));
            }
        }
        return List.copyOf(folders);
    }

    /// The only folder of a commit, or the one that was asked for.
    ///
    /// @param asked a path inside the repository
    /// @throws InputException when there is none, when there are several
    public static DrizzleFolder find(RepoTree tree, Optional<String> asked) {
        if (asked.isPresent()) {
            return read(tree, asked.get().replaceAll("^(\\./)+|/+$", ""));
        }
        var folders = foldersIn(tree);
        return switch (folders.size()) {
            case 0 ->
                    throw new InputException(
                            "The repository has no Drizzle migrations: neither a meta/_journal.json nor"
                                    + " a folder like 20260101120000_name/migration.sql. Name the"
                                    + " folder with --migrations.");
            case 1 -> read(tree, folders.getFirst());
            default ->
                    throw new InputException(
                            "The repository has several folders of Drizzle migrations: "
                                    + String.join(", ", folders)
                                    + ". Choose one with --migrations.");
        };
    }

    /// Reads one folder.
    ///
    /// @throws InputException when it is not a folder of Drizzle migrations
    public static DrizzleFolder read(RepoTree tree, String path) {
        var prefix = path.isEmpty() ? "" : path + "/";
        var journal = tree.text(prefix + JOURNAL);
        if (journal.isPresent()) {
            return listed(tree, path, journal.get());
        }
        var dated = new ArrayList<DrizzleMigration>();
        for (var file : tree.below(path)) {
            var matcher = DATED.matcher(file.substring(prefix.length()));
            if (matcher.matches()) {
                var name = file.substring(prefix.length(), file.lastIndexOf('/'));
                dated.add(
                        new DrizzleMigration(
                                name, timeOf(matcher.group(1)), tree.text(file).orElse("")));
            }
        }
        if (dated.isEmpty()) {
            throw new InputException(
                    "\""
                            + path
                            + "\" is not a folder of Drizzle migrations: it has neither a"
                            + " meta/_journal.json nor folders like 20260101120000_name.");
        }
        return new DrizzleFolder(path, Layout.DATED, dated, List.of());
    }

    private static DrizzleFolder listed(RepoTree tree, String path, String journal) {
        var prefix = path.isEmpty() ? "" : path + "/";
        var migrations = new ArrayList<DrizzleMigration>();
        var missing = new ArrayList<String>();
        try {
            for (JsonNode entry : JSON.readTree(journal).path("entries")) {
                var tag = entry.path("tag").asString();
                var sql = tree.text(prefix + tag + ".sql");
                if (sql.isEmpty()) {
                    missing.add(tag);
                }
                migrations.add(
                        new DrizzleMigration(tag, entry.path("when").asLong(), sql.orElse("")));
            }
        } catch (JacksonException e) {
            throw new InputException(
                    prefix + JOURNAL + " cannot be read: " + e.getOriginalMessage() + ".");
        }
        return new DrizzleFolder(path, Layout.JOURNAL, migrations, missing);
    }

    private static Optional<String> dialectOf(String journal) {
        try {
            return Optional.ofNullable(JSON.readTree(journal).path("dialect").asString(null));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static long timeOf(String stamp) {
        try {
            return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            throw new InputException("\"" + stamp + "\" is not a time like 20260131120000.");
        }
    }

    private static boolean isSegment(String path, int start) {
        return start == 0 || path.charAt(start - 1) == '/';
    }

    private static String parentOf(String path, int tail) {
        return path.length() == tail ? "" : path.substring(0, path.length() - tail - 1);
    }
}
