package dev.slipway.ui.window;

import dev.slipway.ui.kit.Status;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.ShellModel.Notice;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong now, from many sources. Each source tells its whole list again and again; a problem
/// keeps the moment it was first told, and is gone when its source does not tell it any more.
final class Problems {
    /// One thing that is wrong.
    ///
    /// @param text whole sentences
    /// @param open where it can be seen; null for nowhere
    record Problem(Status status, String text, @Nullable Place open) {}

    private final Map<String, List<Notice>> bySource = new LinkedHashMap<>();

    /// Replaces what `source` told before.
    ///
    /// @return whether that changed anything
    boolean tell(String source, List<Problem> all, Instant now) {
        var before = bySource.getOrDefault(source, List.of());
        var after = all.stream().map(problem -> notice(problem, before, now)).toList();
        bySource.put(source, after);
        return !after.equals(before);
    }

    private static Notice notice(Problem problem, List<Notice> before, Instant now) {
        var since =
                before.stream()
                        .filter(old -> old.text().equals(problem.text()))
                        .map(Notice::at)
                        .findFirst();
        return new Notice(since.orElse(now), problem.status(), problem.text(), problem.open());
    }

    /// All of them, the newest first.
    List<Notice> all() {
        return bySource.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Notice::at).reversed())
                .toList();
    }
}
