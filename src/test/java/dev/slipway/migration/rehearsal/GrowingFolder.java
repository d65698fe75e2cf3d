package dev.slipway.migration.rehearsal;

import dev.slipway.domain.SourceTree;
import dev.slipway.migration.FolderReader;
import dev.slipway.migration.Layout;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A copy of a Drizzle folder that gets one migration after the other, as its repository did.
final class GrowingFolder {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path original;
    private final Path copy;
    private final MigrationFolder whole;

    /// @param copy a folder that is not there yet
    GrowingFolder(Path original, Path copy) throws IOException {
        this.original = original;
        this.copy = copy;
        this.whole =
                FolderReader.read(
                        SourceTree.of(original.getParent()), original.getFileName().toString());
        Files.createDirectories(copy);
    }

    /// All of it.
    MigrationFolder whole() {
        return whole;
    }

    /// Where the copy is.
    Path path() {
        return copy;
    }

    /// The first `count` migrations, of which one fewer were there before.
    MigrationFolder grow(int count) throws IOException {
        add(whole.migrations().get(count - 1));
        if (whole.layout() == Layout.JOURNAL) {
            var journal =
                    (ObjectNode)
                            JSON.readTree(
                                    Files.readAllBytes(original.resolve("meta/_journal.json")));
            var entries = (ArrayNode) journal.path("entries");
            while (entries.size() > count) {
                entries.remove(count);
            }
            Files.createDirectories(copy.resolve("meta"));
            Files.write(copy.resolve("meta/_journal.json"), JSON.writeValueAsBytes(journal));
        }
        return FolderReader.read(SourceTree.of(copy.getParent()), copy.getFileName().toString());
    }

    private void add(Migration migration) throws IOException {
        var file =
                whole.layout() == Layout.JOURNAL
                        ? migration.tag() + ".sql"
                        : migration.tag() + "/migration.sql";
        Files.createDirectories(copy.resolve(file).getParent());
        Files.copy(original.resolve(file), copy.resolve(file));
        if (whole.layout() == Layout.FOLDERS) {
            Files.writeString(copy.resolve(migration.tag() + "/snapshot.json"), "{}");
        }
    }
}
