package dev.slipway.github;

import dev.slipway.http.Answer;
import dev.slipway.http.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a repository is set to: itself, its environments, the rules of its branches.
record Settings(GitHubApi api) {
    Repository repository() {
        return api.transport().read(api.conditional(""), a -> repository(a.json()));
    }

    List<Environment> environments() {
        return api.transport()
                .pages(
                        api.conditional("/environments").with("per_page", GitHubApi.PAGE),
                        a ->
                                a.json().listOrNone("environments").stream()
                                        .map(Settings::environment)
                                        .toList());
    }

    BranchRules rules(String branch) {
        var rules =
                api.transport()
                        .pages(
                                api.conditional("/rules/branches/{branch}", branch)
                                        .with("per_page", GitHubApi.PAGE),
                                (Answer a) -> GitHubApi.items(a));
        var types = new LinkedHashSet<String>();
        var checks = new LinkedHashSet<String>();
        var methods = new HashSet<MergeMethod>();
        int approvals = 0;
        for (var rule : rules) {
            types.add(rule.text("type"));
            var parameters = rule.find("parameters");
            if (parameters.isPresent()) {
                var p = parameters.get();
                p.listOrNone("required_status_checks").forEach(c -> checks.add(c.text("context")));
                approvals =
                        Math.max(
                                approvals,
                                (int) p.maybeNumber("required_approving_review_count").orElse(0));
                p.texts("allowed_merge_methods").stream()
                        .flatMap(m -> method(m).stream())
                        .forEach(methods::add);
            }
        }
        return new BranchRules(types, List.copyOf(checks), approvals, methods);
    }

    private static Optional<MergeMethod> method(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "merge" -> Optional.of(MergeMethod.MERGE);
            case "squash" -> Optional.of(MergeMethod.SQUASH);
            case "rebase" -> Optional.of(MergeMethod.REBASE);
            default -> Optional.empty();
        };
    }

    private static Repository repository(Json json) {
        var permissions = json.find("permissions");
        return new Repository(
                json.number("id"),
                json.text("node_id"),
                json.text("full_name"),
                json.uri("html_url"),
                json.text("default_branch"),
                json.flag("archived", false),
                json.flag("private"),
                permissions.map(p -> p.flag("pull", false)).orElse(true),
                permissions.map(p -> p.flag("push", false)).orElse(false),
                permissions.map(p -> p.flag("admin", false)).orElse(false));
    }

    private static Environment environment(Json json) {
        var rules = json.listOrNone("protection_rules");
        var reviewing =
                rules.stream().filter(r -> r.text("type").equals("required_reviewers")).toList();
        var minutes =
                rules.stream()
                        .filter(r -> r.text("type").equals("wait_timer"))
                        .mapToLong(r -> r.maybeNumber("wait_timer").orElse(0))
                        .max()
                        .orElse(0);
        return new Environment(
                json.number("id"),
                json.text("name"),
                reviewing.stream()
                        .flatMap(r -> r.listOrNone("reviewers").stream())
                        .map(r -> r.get("reviewer"))
                        .flatMap(r -> r.someText("login").or(() -> r.someText("slug")).stream())
                        .toList(),
                Duration.ofMinutes(minutes),
                reviewing.stream().anyMatch(r -> r.flag("prevent_self_review", false)));
    }
}
