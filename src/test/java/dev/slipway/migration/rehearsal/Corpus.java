package dev.slipway.migration.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Drizzle folders of real projects in a folder on this machine, and what is known of them.
final class Corpus {
    private static final Pattern STAMPED = Pattern.compile("[0-9]{14}_.+");

    private Corpus() {}

    /// A folder to try.
    ///
    /// @param name its path in the corpus
    /// @param pre SQL that has to run before, empty when there is none
    /// @param known what is known of it, by the column of the table it is in; empty without a table
    record Subject(String name, Path folder, String pre, Map<String, String> known) {
        /// What is known of `column`, when something is.
        Optional<String> known(String column) {
            return Optional.ofNullable(known.get(column)).filter(value -> !value.isBlank());
        }
    }

    /// All PostgreSQL folders below `top`; with `truth` once for each of its rows about them.
    static List<Subject> in(Path top, Optional<Path> truth) throws IOException {
        var rows = truth.isPresent() ? rows(truth.get()) : List.<Map<String, String>>of();
        var subjects = new ArrayList<Subject>();
        for (var folder : folders(top)) {
            var name = top.relativize(folder).toString().replace('\\', '/');
            var about =
                    rows.stream()
                            .filter(row -> name.equals(row.get("repo") + "/" + row.get("folder")))
                            .toList();
            about.forEach(row ->
                    subjects.add(new Subject(name, folder, row.getOrDefault("pre", ""), row)));
            if (about.isEmpty()) {
                subjects.add(new Subject(name, folder, "", Map.of()));
            }
        }
        return subjects;
    }

    private static Set<Path> folders(Path top) throws IOException {
        var folders = new LinkedHashSet<Path>();
        try (var files = Files.walk(top)) {
            for (var file : files.sorted().toList()) {
                if (file.endsWith("meta/_journal.json") && isPostgres(file)) {
                    folders.add(file.getParent().getParent());
                } else if (file.endsWith("migration.sql")
                        && STAMPED.matcher(file.getParent().getFileName().toString()).matches()) {
                    folders.add(file.getParent().getParent());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return folders;
    }

    private static boolean isPostgres(Path journal) throws IOException {
        // Kits before 0.22 wrote "pg".
        return Set.of("postgresql", "pg")
                .contains(
                        new JsonMapper()
                                .readTree(Files.readAllBytes(journal))
                                .path("dialect")
                                .asString(""));
    }

    private static List<Map<String, String>> rows(Path truth) throws IOException {
        var lines = Files.readAllLines(truth);
        var columns = lines.getFirst().split("\t", -1);
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(1, lines.size())) {
            var values = line.split("\t", -1);
            var row = new HashMap<String, String>();
            for (int i = 0; i < Math.min(columns.length, values.length); i++) {
                row.put(columns[i], values[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
