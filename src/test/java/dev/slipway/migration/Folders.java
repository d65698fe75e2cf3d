package dev.slipway.migration;

import dev.slipway.domain.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Drizzle folders for tests.
public final class Folders {
    private Folders() {}

    /// A tree that holds `files`.
    public static SourceTree tree(Map<String, byte[]> files) {
        return new SourceTree() {
            @Override
            public Optional<byte[]> file(String path) {
                return Optional.ofNullable(files.get(path));
            }

            @Override
            public List<String> files(String folder) {
                return files.keySet().stream()
                        .filter(each -> folder.isEmpty() || each.startsWith(folder + "/"))
                        .sorted()
                        .toList();
            }
        };
    }

    /// A folder `m` with a journal: tags and texts by turns, an hour apart.
    public static Map<String, byte[]> journal(String... tagsAndTexts) {
        var files = new LinkedHashMap<String, byte[]>();
        var entries = new StringBuilder();
        for (int i = 0; i < tagsAndTexts.length; i += 2) {
            files.put("m/" + tagsAndTexts[i] + ".sql", bytes(tagsAndTexts[i + 1]));
            entries.append(i == 0 ? "" : ",").append(entry(i / 2, when(i / 2), tagsAndTexts[i]));
        }
        files.put("m/meta/_journal.json", journalOf(entries.toString()));
        return files;
    }

    public static long when(int index) {
        return 1_780_000_000_123L + index * 3_600_000L;
    }

    public static String entry(int idx, long when, String tag) {
        return "{\"idx\":%d,\"version\":\"7\",\"when\":%d,\"tag\":\"%s\",\"breakpoints\":true}"
                .formatted(idx, when, tag);
    }

    public static byte[] journalOf(String entries) {
        return bytes(
                "{\"version\":\"7\",\"dialect\":\"postgresql\",\"entries\":[" + entries + "]}");
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static MigrationFolder read(Map<String, byte[]> files) {
        return FolderReader.read(tree(files), "m");
    }
}
