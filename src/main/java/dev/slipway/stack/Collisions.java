package dev.slipway.stack;

import dev.slipway.domain.PullRequestNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds names that would make one thing look like another. What is checked here is why a preview
/// can be deleted without fear for production.
final class Collisions {
    private static final PullRequestNumber SOME = new PullRequestNumber(7);

    private final Stack stack;
    private final List<Section> workers;
    private final Section top;
    private final Report report;

    private Collisions(Stack stack, Section top, Report report) {
        this.stack = stack;
        this.top = top;
        this.workers = top.sections("workers", 50);
        this.report = report;
    }

    static void check(Stack stack, Section top, Report report) {
        if (!report.problems().isEmpty()) {
            return;
        }
        var collisions = new Collisions(stack, top, report);
        collisions.unique("name", worker -> Optional.of(worker.name()));
        collisions.unique("script", worker -> Optional.of(worker.script()));
        collisions.unique("hostname", worker -> Optional.of(worker.hostname()));
        collisions.previews("previewScript", StackWorker::script, StackWorker::previewScript);
        collisions.previews("previewHostname", StackWorker::hostname, StackWorker::previewHostname);
        collisions.maintenance();
        collisions.zone();
        collisions.branch();
    }

    private void maintenance() {
        stack.restore()
                .maintenance()
                .filter(script -> stack.workers().stream().anyMatch(w -> w.script().equals(script)))
                .ifPresent(script ->
                        report.problem(
                                top.section("restore").at("maintenance"),
                                "restore.maintenance \"%s\" is a Worker of production, which cannot answer in its own place"
                                        .formatted(script)));
    }

    private void unique(String key, Function<StackWorker, Optional<String>> name) {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < workers.size(); i++) {
            int at = i;
            name.apply(stack.workers().get(i))
                    .ifPresent(value -> {
                        var first = seen.putIfAbsent(value, at);
                        if (first != null) {
                            report.problem(
                                    workers.get(at).at(key),
                                    "workers[%d].%s \"%s\" is that of workers[%d], too"
                                            .formatted(at, key, value, first));
                        }
                    });
        }
    }

    /// A preview's name must be read as one Worker's, and production's as no preview's.
    private void previews(
            String key,
            Function<StackWorker, String> production,
            Function<StackWorker, Optional<NamePattern>> preview) {
        for (int i = 0; i < workers.size(); i++) {
            var pattern = preview.apply(stack.workers().get(i));
            if (pattern.isEmpty()) {
                continue;
            }
            for (int j = 0; j < workers.size(); j++) {
                var other = stack.workers().get(j);
                if (pattern.get().read(production.apply(other)).isPresent()) {
                    report.problem(
                            workers.get(i).at(key),
                            "workers[%d].%s fits \"%s\", which is production"
                                    .formatted(i, key, production.apply(other)));
                }
                var theirs = preview.apply(other);
                if (i != j
                        && theirs.isPresent()
                        && pattern.get().read(theirs.get().name(SOME)).isPresent()) {
                    report.problem(
                            workers.get(i).at(key),
                            "workers[%d].%s also fits the previews of workers[%d]"
                                    .formatted(i, key, j));
                }
            }
        }
    }

    private void zone() {
        for (int i = 0; i < workers.size(); i++) {
            int at = i;
            var worker = stack.workers().get(i);
            outside(at, "hostname", worker.hostname());
            worker.previewHostname()
                    .ifPresent(pattern -> outside(at, "previewHostname", pattern.name(SOME)));
        }
    }

    private void outside(int worker, String key, String hostname) {
        var zone = stack.cloudflare().zone();
        if (!hostname.equals(zone)
                && !hostname.endsWith("." + zone)
                && !hostname.endsWith(".workers.dev")) {
            report.problem(
                    workers.get(worker).at(key),
                    "workers[%d].%s \"%s\" is neither in the zone %s nor under workers.dev"
                            .formatted(worker, key, hostname, zone));
        }
    }

    private void branch() {
        stack.neon()
                .previewBranch()
                .flatMap(pattern -> pattern.read(stack.neon().branch()))
                .ifPresent(_ ->
                        report.problem(
                                top.optionalSection("neon").at("previewBranch"),
                                "neon.previewBranch fits \""
                                        + stack.neon().branch()
                                        + "\", which is production"));
    }
}
