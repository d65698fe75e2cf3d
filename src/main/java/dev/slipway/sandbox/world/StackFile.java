package dev.slipway.sandbox.world;

import java.util.List;
import java.util.Map;

/// The slipway.yaml of a world, in the format of docs/slipway-yaml.md.
///
/// @param ignored workflows that may stay, with the reason
public record StackFile(
        String repository,
        String branch,
        List<Worker> workers,
        String project,
        String productionBranch,
        String database,
        String role,
        String account,
        String zone,
        String migrations,
        Map<String, String> ignored) {

    public StackFile {
        workers = List.copyOf(workers);
    }

    /// One Worker; names of pull requests hold `{pr}`.
    public record Worker(
            String name,
            String script,
            String hostname,
            String previewScript,
            String previewHostname,
            List<String> secrets) {
        public Worker {
            secrets = List.copyOf(secrets);
        }

        /// Its script for a pull request.
        public String script(int pullRequest) {
            return previewScript.replace("{pr}", Integer.toString(pullRequest));
        }

        /// Its hostname for a pull request.
        public String hostname(int pullRequest) {
            return previewHostname.replace("{pr}", Integer.toString(pullRequest));
        }
    }

    /// The name of the Neon branch of a pull request.
    public static String branch(int pullRequest) {
        return "pr-" + pullRequest;
    }

    /// The file.
    public String yaml() {
        var yaml = new StringBuilder();
        line(yaml, "format: 1");
        pair(yaml, "", "repository", repository);
        pair(yaml, "", "branch", branch);
        pair(yaml, "", "environment", "production");
        line(yaml, "");
        line(yaml, "workers:");
        for (var worker : workers) {
            pair(yaml, "  - ", "name", worker.name());
            pair(yaml, "    ", "script", worker.script());
            pair(yaml, "    ", "hostname", worker.hostname());
            pair(yaml, "    ", "previewScript", worker.previewScript());
            pair(yaml, "    ", "previewHostname", worker.previewHostname());
            line(yaml, "    secrets: [" + String.join(", ", worker.secrets()) + "]");
        }
        line(yaml, "");
        line(yaml, "neon:");
        pair(yaml, "  ", "project", project);
        pair(yaml, "  ", "branch", productionBranch);
        pair(yaml, "  ", "database", database);
        pair(yaml, "  ", "role", role);
        pair(yaml, "  ", "previewBranch", "pr-{pr}");
        line(yaml, "");
        line(yaml, "cloudflare:");
        pair(yaml, "  ", "account", account);
        pair(yaml, "  ", "zone", zone);
        line(yaml, "");
        line(yaml, "migrations:");
        pair(yaml, "  ", "folder", migrations);
        line(yaml, "");
        line(yaml, "promotion:");
        line(yaml, "  traffic: [10, 50, 100]");
        line(yaml, "  merge: squash");
        if (!ignored.isEmpty()) {
            line(yaml, "");
            line(yaml, "ci:");
            line(yaml, "  ignored:");
            ignored.forEach((workflow, reason) -> {
                pair(yaml, "    - ", "workflow", workflow);
                pair(yaml, "      ", "reason", reason);
            });
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String line) {
        yaml.append(line).append('\n');
    }

    /// Every value is quoted: a branch called `1e3` or `no` must stay a text.
    private static void pair(StringBuilder yaml, String indent, String key, String value) {
        line(
                yaml,
                indent + key + ": \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
}
