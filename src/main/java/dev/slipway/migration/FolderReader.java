package dev.slipway.migration;

import dev.slipway.domain.InputException;
import dev.slipway.domain.SourceTree;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a Drizzle folder of either layout. The same bytes give the same hashes, pieces and order as
/// in drizzle-orm; where that would guess or go on, this refuses.
public final class FolderReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern STAMPED = Pattern.compile("([0-9]{14})_[^/]+");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    /// `pg` in journals begun before drizzle-kit 0.22; drizzle-orm reads neither.
    private static final Set<String> DIALECTS = Set.of("postgresql", "pg");

    private final SourceTree tree;
    private final String folder;
    private final List<String> problems = new ArrayList<>();

    private FolderReader(SourceTree tree, String folder) {
        this.tree = tree;
        this.folder = folder;
    }

    /// Reads the folder at `folder` of `tree`.
    ///
    /// @throws InputException with everything that is wrong, each a sentence that names the file
    public static MigrationFolder read(SourceTree tree, String folder) {
        var reader = new FolderReader(tree, folder);
        var read = reader.folder();
        if (!reader.problems.isEmpty()) {
            throw new InputException(reader.problems);
        }
        return read;
    }

    private MigrationFolder folder() {
        var files = tree.files(folder);
        if (files.isEmpty()) {
            throw new InputException("There is no migrations folder " + folder + ".");
        }
        var journalFile = path("meta/_journal.json");
        tree.expect(
                files.stream().filter(f -> f.endsWith(".sql") || f.equals(journalFile)).toList());
        var journal = tree.file(journalFile);
        var stamped = files.stream().filter(file -> file.endsWith("/migration.sql")).toList();
        if (journal.isPresent() && stamped.isEmpty()) {
            return journal(journal.get(), files);
        }
        if (journal.isPresent()) {
            throw new InputException(
                    folder
                            + " holds both layouts of Drizzle, meta/_journal.json and "
                            + stamped.getFirst()
                            + "; run drizzle-kit up, then remove the old files.");
        }
        if (stamped.isEmpty()) {
            throw new InputException(
                    folder
                            + " is not a Drizzle folder: it has neither meta/_journal.json nor a"
                            + " folder with migration.sql.");
        }
        return new MigrationFolder(folder, Layout.FOLDERS, stamped(stamped), List.of());
    }

    private String path(String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private MigrationFolder journal(byte[] bytes, List<String> files) {
        var name = path("meta/_journal.json");
        JsonNode journal;
        try {
            journal = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new InputException(
                    name
                            + " is not JSON: line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr()
                            + ".");
        }
        if (!DIALECTS.contains(journal.path("dialect").asString("postgresql"))) {
            throw new InputException(
                    name
                            + " is for "
                            + journal.path("dialect").asString("?")
                            + ", not postgresql.");
        }
        if (!journal.path("entries").isArray()) {
            throw new InputException(name + " has no list \"entries\".");
        }
        var migrations = new ArrayList<Migration>();
        var indexes = new HashMap<String, String>();
        int number = 0;
        for (var entry : journal.path("entries")) {
            number++;
            var tag = entry.path("tag");
            if (!tag.isString()
                    || !entry.path("when").isIntegralNumber()
                    || !entry.path("idx").isIntegralNumber()
                    || !tag.asString().matches("[^/\\\\\\p{Cntrl}]+")) {
                problems.add(
                        name
                                + ": entry "
                                + number
                                + " needs \"idx\" and \"when\" as whole numbers and \"tag\" as the"
                                + " name of a file.");
                continue;
            }
            twice(indexes, "idx " + entry.path("idx").asLong(), tag.asString(), name);
            var file = path(tag.asString() + ".sql");
            var text = tree.file(file);
            if (text.isEmpty()) {
                problems.add(
                        name + " names " + tag.asString() + ", but there is no file " + file + ".");
                continue;
            }
            migration(tag.asString(), file, entry.path("when").asLong(), text.get())
                    .ifPresent(migrations::add);
        }
        unique(migrations, name);
        return new MigrationFolder(
                folder, Layout.JOURNAL, migrations, outside(files, journal.path("entries")));
    }

    private List<String> outside(List<String> files, JsonNode entries) {
        Set<String> named = new HashSet<>();
        entries.forEach(entry -> named.add(path(entry.path("tag").asString("") + ".sql")));
        var prefix = path("");
        return files.stream()
                .filter(file -> file.endsWith(".sql") && !named.contains(file))
                .filter(file -> file.indexOf('/', prefix.length()) < 0)
                .toList();
    }

    private List<Migration> stamped(List<String> files) {
        var migrations = new ArrayList<Migration>();
        for (var file : files) {
            var tag = file.substring(path("").length(), file.length() - "/migration.sql".length());
            var stamp = STAMPED.matcher(tag);
            if (tag.contains("/")) {
                continue;
            }
            var when = stamp.matches() ? when(stamp.group(1)) : Optional.<Long>empty();
            if (when.isEmpty()) {
                problems.add(
                        file
                                + ": the folder's name does not begin with a time like"
                                + " 20260131235959_.");
                continue;
            }
            migration(tag, file, when.get(), tree.file(file).orElseThrow())
                    .ifPresent(migrations::add);
        }
        migrations.sort(Comparator.comparing(Migration::tag));
        unique(migrations, folder);
        return migrations;
    }

    private static Optional<Long> when(String stamp) {
        try {
            return Optional.of(
                    LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Optional<Migration> migration(String tag, String file, long when, byte[] bytes) {
        try {
            return Optional.of(Migration.of(tag, file, when, bytes));
        } catch (InputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /// Drizzle tells migrations apart by time in one generation and sorts by it in the other, where
    /// equal times are ordered by the locale of the machine.
    private void unique(List<Migration> migrations, String where) {
        unique(migrations, where, "tag ", Migration::tag);
        unique(migrations, where, "time ", migration -> Long.toString(migration.when()));
    }

    private void unique(
            List<Migration> migrations,
            String where,
            String what,
            Function<Migration, String> key) {
        var seen = new HashMap<String, String>();
        migrations.forEach(each -> twice(seen, what + key.apply(each), each.tag(), where));
    }

    private void twice(Map<String, String> seen, String key, String tag, String where) {
        var first = seen.putIfAbsent(key, tag);
        if (first != null) {
            problems.add(where + ": " + first + " and " + tag + " have the same " + key + ".");
        }
    }
}
