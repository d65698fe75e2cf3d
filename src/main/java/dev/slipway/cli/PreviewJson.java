package dev.slipway.cli;

import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview;
import dev.slipway.preview.PreviewList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of `slipway previews`.
final class PreviewJson {
    private static final List<Provider> PROVIDERS =
            List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE, Provider.DNS);

    private PreviewJson() {}

    static ObjectNode of(PreviewList list) {
        var node = Output.object();
        node.put("asOf", Output.time(list.asOf()));
        var providers = node.putObject("providers");
        for (var provider : PROVIDERS) {
            var state = list.providers().get(provider);
            if (state != null) {
                var entry = providers.putObject(provider.key());
                entry.put("state", state.key());
                state.asOf().ifPresent(at -> entry.put("asOf", Output.time(at)));
                state.failure().ifPresent(f -> entry.put("error", f.sentence()));
            }
        }
        var previews = node.putArray("previews");
        list.previews().forEach(preview -> fill(previews.addObject(), preview));
        return node;
    }

    private static void fill(ObjectNode node, Preview preview) {
        node.put("pullRequest", preview.number().value());
        node.put("title", preview.title());
        node.put("author", preview.author().orElse(null));
        node.put("branch", preview.branch());
        node.put("headSha", preview.head().value());
        node.put("state", preview.state().key());
        node.put("reason", preview.reason());
        var traits = node.putArray("traits");
        preview.traits().forEach(trait -> traits.add(trait.key()));
        var database = node.putObject("database");
        database.put("branch", preview.database().branch().orElse(null));
        database.put("id", preview.database().id().orElse(null));
        preview.database()
                .pending()
                .ifPresentOrElse(
                        tags -> {
                            var pending = database.putArray("pending");
                            tags.forEach(pending::add);
                        },
                        () -> database.putNull("pending"));
        database.put("isolation", preview.database().isolation().key());
        var workers = node.putArray("workers");
        for (var worker : preview.workers()) {
            var entry = workers.addObject();
            entry.put("name", worker.name());
            entry.put("script", worker.script());
            entry.put("state", worker.state().key());
            worker.version().ifPresent(version -> entry.put("version", version));
        }
        var names = node.putArray("dns");
        for (var name : preview.names()) {
            var entry = names.addObject();
            entry.put("name", name.name());
            entry.put("state", name.state().key());
        }
        var checks = node.putObject("checks");
        checks.put("state", preview.checks().state().name().toLowerCase(Locale.ROOT));
        checks.put("passed", preview.checks().passed());
        checks.put("total", preview.checks().total());
        var health = node.putObject("health");
        health.put("state", preview.health().state().key());
        preview.health().latencyMillis().ifPresent(ms -> health.put("latencyMs", ms));
        preview.health().asOf().ifPresent(at -> health.put("asOf", Output.time(at)));
        node.put("updatedAt", Output.time(preview.updated()));
        preview.expires().ifPresent(at -> node.put("expiresAt", Output.time(at)));
    }
}
