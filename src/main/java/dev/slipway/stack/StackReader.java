package dev.slipway.stack;

import dev.slipway.stack.Stack.Cloudflare;
import dev.slipway.stack.Stack.Database;
import dev.slipway.stack.Stack.IgnoredWorkflow;
import dev.slipway.stack.Stack.Migrations;
import dev.slipway.stack.Stack.Policy;
import dev.slipway.stack.Stack.Versions;
import dev.slipway.stack.yaml.YamlNode.YamlList;
import dev.slipway.stack.yaml.YamlNode.YamlMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a [Stack] of the sections of a file.
final class StackReader {
    private static final int FORMAT = 1;

    private final Report report;

    StackReader(Report report) {
        this.report = report;
    }

    Stack stack(Section top) {
        format(top);
        var stack =
                new Stack(
                        top.text("repository", Rule.REPOSITORY),
                        top.text("branch", Rule.BRANCH),
                        top.text("environment", Rule.ENVIRONMENT),
                        workers(top),
                        neon(top.section("neon")),
                        cloudflare(top.section("cloudflare")),
                        migrations(top.section("migrations")),
                        promotion(top.optionalSection("promotion")),
                        versions(top),
                        ignored(top.optionalSection("ci")),
                        policy(top.optionalSection("policy")),
                        new FreezeReader(report).read(top),
                        restore(top.optionalSection("restore")));
        top.finish();
        Collisions.check(stack, top, report);
        return stack;
    }

    private void format(Section top) {
        int format = top.parsed("format", text -> Quantity.count(text, 1, 999_999)).orElse(0);
        if (!top.has("format")) {
            report.problem(top.at(), "format is missing; write format: " + FORMAT);
        } else if (format > FORMAT) {
            report.problem(
                    top.at("format"),
                    "format "
                            + format
                            + " is newer than this Slipway, which reads up to "
                            + FORMAT
                            + "; update Slipway");
        }
    }

    private List<StackWorker> workers(Section top) {
        if (!top.has("workers")) {
            report.problem(top.at(), "workers is missing");
        }
        var sections = top.sections("workers", 50);
        if (top.value("workers").map(node -> node.elements().findAny().isEmpty()).orElse(false)
                && sections.isEmpty()) {
            report.problem(top.at("workers"), "workers has no Worker");
        }
        return sections.stream().map(this::worker).toList();
    }

    private StackWorker worker(Section section) {
        var worker =
                new StackWorker(
                        section.text("name", Rule.NAME),
                        section.text("script", Rule.SCRIPT),
                        section.text("hostname", Rule.HOSTNAME),
                        pattern(section, "previewScript", Rule.SCRIPT),
                        pattern(section, "previewHostname", Rule.HOSTNAME),
                        health(section.optionalSection("health")),
                        section.texts("secrets", 200, Rule.SECRET));
        if (section.has("previewScript") != section.has("previewHostname")) {
            var there = section.has("previewScript") ? "previewScript" : "previewHostname";
            var absent = section.has("previewScript") ? "previewHostname" : "previewScript";
            report.problem(
                    section.at(there),
                    section.name(there) + " needs " + section.name(absent) + " beside it");
        }
        section.finish();
        return worker;
    }

    /// A pattern whose names for small and large numbers keep `rule`.
    private Optional<NamePattern> pattern(Section section, String key, Rule rule) {
        return section.parsed(
                key,
                text -> {
                    var pattern = NamePattern.of(text);
                    if (pattern.needsBranch() && !rule.equals(Rule.BRANCH)) {
                        throw new IllegalArgumentException(
                                "{branch} is not allowed in \"" + text + "\"");
                    }
                    for (int number : new int[] {1, 999_999}) {
                        var name =
                                pattern.name(new dev.slipway.domain.PullRequestNumber(number), "b");
                        rule.complaint(name)
                                .ifPresent(words -> {
                                    throw new IllegalArgumentException(
                                            "its name \"" + name + "\" " + words);
                                });
                    }
                    return pattern;
                });
    }

    private HealthShape health(Section section) {
        var usual = HealthShape.DEFAULT;
        var shape =
                new HealthShape(
                        section.optionalText("path", Rule.URL_PATH).orElse(usual.path()),
                        pointer(section, "status", usual.status()),
                        pointer(section, "versionId", usual.versionId()),
                        pointer(section, "versionTag", usual.versionTag()),
                        pointer(section, "databaseConnected", usual.databaseConnected()),
                        pointer(section, "databaseLatest", usual.databaseLatest()),
                        pointer(section, "databaseBranch", usual.databaseBranch()));
        section.finish();
        return shape;
    }

    private static String pointer(Section section, String key, String usual) {
        return section.optionalText(key, Rule.POINTER).orElse(usual);
    }

    private Database neon(Section section) {
        var neon =
                new Database(
                        section.text("project", Rule.PROJECT),
                        section.text("branch", Rule.IDENTIFIER),
                        section.text("database", Rule.IDENTIFIER),
                        section.text("role", Rule.IDENTIFIER),
                        pattern(section, "previewBranch", Rule.BRANCH));
        section.finish();
        return neon;
    }

    private static Cloudflare cloudflare(Section section) {
        var cloudflare =
                new Cloudflare(
                        section.text("account", Rule.ACCOUNT), section.text("zone", Rule.HOSTNAME));
        section.finish();
        return cloudflare;
    }

    private static Migrations migrations(Section section) {
        var folder = section.text("folder", Rule.FOLDER);
        var migrations =
                new Migrations(
                        folder.replaceFirst("^(\\./)+", "").replaceFirst("/$", ""),
                        section.optionalText("schema", Rule.IDENTIFIER).orElse("drizzle"),
                        section.optionalText("table", Rule.IDENTIFIER)
                                .orElse("__drizzle_migrations"));
        section.finish();
        return migrations;
    }

    private Promotion promotion(Section section) {
        var usual = Promotion.DEFAULT;
        var promotion =
                new Promotion(
                        traffic(section).orElse(usual.traffic()),
                        section.parsed("probes", text -> Quantity.count(text, 1, 1000))
                                .orElse(usual.probes()),
                        section.parsed("maxErrorRate", Quantity::share)
                                .orElse(usual.maxErrorRate()),
                        section.parsed(
                                        "maxP95",
                                        text ->
                                                Quantity.time(
                                                        text,
                                                        Duration.ofMillis(1),
                                                        Duration.ofMinutes(1)))
                                .orElse(usual.maxP95()),
                        section.parsed(
                                "soak",
                                text -> Quantity.time(text, Duration.ZERO, Duration.ofDays(7))),
                        section.parsed("merge", StackReader::merge).orElse(usual.merge()),
                        section.parsed(
                                        "drillEvery",
                                        text ->
                                                Quantity.time(
                                                        text,
                                                        Duration.ofHours(1),
                                                        Duration.ofDays(366)))
                                .orElse(usual.drillEvery()),
                        section.parsed("timestampTag", Quantity::truth)
                                .orElse(usual.timestampTag()));
        section.finish();
        return promotion;
    }

    private Optional<List<Integer>> traffic(Section section) {
        var steps = new ArrayList<Integer>();
        for (var text : section.texts("traffic", 20, _ -> Optional.empty())) {
            try {
                steps.add(Quantity.count(text.replaceFirst("%$", ""), 1, 100));
            } catch (IllegalArgumentException e) {
                report.problem(
                        section.at("traffic"), section.name("traffic") + ": " + e.getMessage());
                return Optional.empty();
            }
        }
        if (!section.has("traffic")) {
            return Optional.empty();
        }
        boolean rising = !steps.isEmpty() && steps.getLast() == 100;
        for (int i = 1; i < steps.size(); i++) {
            rising &= steps.get(i) > steps.get(i - 1);
        }
        if (!rising && section.value("traffic").orElseThrow() instanceof YamlList) {
            report.problem(
                    section.at("traffic"),
                    section.name("traffic") + " must rise from step to step and end with 100");
        }
        return Optional.of(steps);
    }

    private static Promotion.Merge merge(String text) {
        for (var merge : Promotion.Merge.values()) {
            if (merge.key().equals(text)) {
                return merge;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not squash, merge or rebase");
    }

    private Versions versions(Section top) {
        if (top.value("versions").orElse(null) instanceof YamlMap) {
            var section = top.section("versions");
            var workflow = section.text("workflow", Rule.WORKFLOW);
            section.finish();
            return new Versions.Workflow(file(workflow));
        }
        return top.parsed(
                        "versions",
                        text -> {
                            if (!text.equals("upload")) {
                                throw new IllegalArgumentException(
                                        "\""
                                                + text
                                                + "\" is not upload; for a workflow to start"
                                                + " write {workflow: file.yml}");
                            }
                            return (Versions) new Versions.Upload();
                        })
                .orElseGet(Versions.Upload::new);
    }

    private List<IgnoredWorkflow> ignored(Section section) {
        var ignored =
                section.sections("ignored", 100).stream()
                        .map(each -> {
                            var workflow =
                                    new IgnoredWorkflow(
                                            file(each.text("workflow", Rule.WORKFLOW)),
                                            each.text("reason", _ -> Optional.empty()));
                            each.finish();
                            return workflow;
                        })
                        .toList();
        section.finish();
        return ignored;
    }

    private static String file(String workflow) {
        return workflow.substring(workflow.lastIndexOf('/') + 1);
    }

    private static Stack.Restore restore(Section section) {
        var restore =
                new Stack.Restore(
                        section.texts("precious", 200, Rule.IDENTIFIER),
                        section.optionalText("maintenance", Rule.SCRIPT));
        section.finish();
        return restore;
    }

    private static Policy policy(Section section) {
        var policy =
                new Policy(
                        section.texts("waivable", 100, Rule.GATE),
                        section.parsed("approvals", text -> Quantity.count(text, 0, 20)).orElse(0),
                        section.parsed("environmentApproval", Quantity::truth).orElse(false));
        section.finish();
        return policy;
    }
}
