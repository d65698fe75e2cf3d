package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What wrangler files say beside the code.
class WorkerConfigTest {
    @TempDir Path folder;

    private void file(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private WorkerConfig config(String script) {
        return WorkerConfig.all(SourceTree.of(folder)).of(script).orElseThrow();
    }

    @Test
    void anEnvironmentInheritsTriggersAndRoutesButNoQueues() throws Exception {
        file(
                "apps/web/wrangler.toml",
                """
                name = "web"
                routes = [{ pattern = "a.example.com", custom_domain = true }]
                [triggers]
                crons = ["0 3 * * *", "*/5 * * * *"]
                [[queues.consumers]]
                queue = "mail"
                [[migrations]]
                tag = "v1"
                new_classes = ["Room"]
                [env.production]
                route = "b.example.com/*"
                """);

        assertThat(config("web").triggers())
                .containsEntry("cron triggers", List.of("*/5 * * * *", "0 3 * * *"))
                .containsEntry("routes", List.of("a.example.com"))
                .containsEntry("queue consumers", List.of("mail"));
        assertThat(config("web-production").triggers())
                .containsEntry("cron triggers", List.of("*/5 * * * *", "0 3 * * *"))
                .containsEntry("routes", List.of("b.example.com/*"))
                .containsEntry("queue consumers", List.of());
        assertThat(config("web-production").migrations()).containsExactly("v1");
    }

    @Test
    void whatChangedIsSaidWithWhatItWas() throws Exception {
        file("wrangler.jsonc", "{\"name\": \"web\", /* none yet */ }");
        var before = config("web");
        file(
                "wrangler.jsonc",
                """
                {"name": "web", "triggers": {"crons": ["0 3 * * *"]},
                 "queues": {"consumers": [{"queue": "mail"}]},
                 "migrations": [{"tag": "v1", "new_sqlite_classes": ["Room"]}]}
                """);
        var after = config("web");

        assertThat(after.changedTriggers(Optional.of(before)))
                .containsExactly(
                        "cron triggers (0 3 * * * instead of none)",
                        "queue consumers (mail instead of none)");
        assertThat(before.changedTriggers(Optional.of(after)))
                .contains("cron triggers (none instead of 0 3 * * *)");
        assertThat(after.newMigrations(Optional.of(before))).containsExactly("v1");
        assertThat(after.newMigrations(Optional.of(after))).isEmpty();
        assertThat(after.changedTriggers(Optional.of(after))).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndHidesNoOther() throws Exception {
        file("apps/web/wrangler.json", "{\"name\": ");

        file("apps/auth/wrangler.json", "{\"name\": \"auth\"}");

        var all = WorkerConfig.all(SourceTree.of(folder));

        assertThat(all.of("auth")).isPresent();
        assertThat(all.unreadable())
                .singleElement()
                .asString()
                .startsWith("apps/web/wrangler.json cannot be read: ");
    }

    @Test
    void foldersOfDependenciesAreNotLookedAt() throws Exception {
        file("node_modules/x/wrangler.toml", "name = \"x\"");

        assertThat(WorkerConfig.all(SourceTree.of(folder)).scripts()).isEmpty();
    }
}
