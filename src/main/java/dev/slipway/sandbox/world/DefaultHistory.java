package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happened on the default world's main branch: eight commits, six releases.
final class DefaultHistory {
    private static final String BRANCH = "refs/heads/main";

    private final GitHubWorld github;
    private final WorldClock clock;
    private final Map<String, Instant> journal = new LinkedHashMap<>();
    private final List<Release> releases = new ArrayList<>();
    private Optional<CommitSha> tip = Optional.empty();

    /// One release.
    ///
    /// @param ago how long before now it went live
    record Release(int number, CommitSha commit, String by, Duration ago) {}

    DefaultHistory(GitHubWorld github, WorldClock clock) {
        this.github = github;
        this.clock = clock;
    }

    /// Tells all of it.
    ///
    /// @param stack text of slipway.yaml
    void tell(String stack) {
        commit("kim", days(60), "Start over from one baseline (#402)", first(stack));
        release(36, "kim", days(59));
        commit("ana", days(12), "Book payments (#419)", migration("0038_payments", days(13)));
        release(37, "ana", days(5));
        commit("tomas", hours(104), "Number invoices (#425)", migration("0039_invoices", days(5)));
        release(38, "tomas", days(4));
        commit(
                "kim",
                hours(80),
                "Keep webhook events (#436)",
                migration("0040_webhook_events", hours(82)));
        var cookie =
                commit(
                        "kim",
                        hours(78),
                        "Rotate the key of the session cookie (#439)",
                        Map.of("workers/auth/src/key.ts", "export const rotateAfterDays = 30;\n"));
        release(39, "kim", days(3));
        clock.stand(hours(71));
        github.checks()
                .status(
                        cookie,
                        "slipway/held",
                        GitHubChecks.StatusState.FAILURE,
                        "r39 was rolled back: 500s on auth, \"cookie bug\"",
                        "",
                        "kim");
        commit(
                "ana",
                hours(55),
                "Read the old session cookie, too (#443)",
                Map.of("workers/auth/src/key.ts", "export const rotateAfterDays = 90;\n"));
        release(40, "ana", days(2));
        commit("tomas", hours(20), "Show plans (#447)", migration("0041_plans", hours(26)));
        var checkout = new LinkedHashMap<>(migration("0042_email_verified", hours(8)));
        checkout.put(
                "apps/web/wrangler.jsonc",
                DefaultFiles.repository("apps/web/wrangler.jsonc")
                        .replace(
                                "\"ENVIRONMENT\": \"production\"",
                                "\"ENVIRONMENT\": \"production\", \"CHECKOUT\": \"new\""));
        commit("kim", hours(4), "New checkout (#461)", checkout);
        release(41, "kim", hours(3));
    }

    /// Every release, oldest first.
    List<Release> releases() {
        return List.copyOf(releases);
    }

    /// The newest commit.
    CommitSha tip() {
        return tip.orElseThrow();
    }

    /// The journal with one more migration, as a pull request proposes it.
    String journalWith(String tag, Duration generated) {
        var all = new LinkedHashMap<>(journal);
        clock.stand(generated);
        all.put(tag, clock.instant());
        return DefaultFiles.journal(all);
    }

    /// A person of the team.
    GitPerson person(String login) {
        return github.accounts().person(login).person();
    }

    private Map<String, String> first(String stack) {
        var files = new LinkedHashMap<String, String>();
        DefaultFiles.FIRST.forEach(path -> files.put(path, DefaultFiles.repository(path)));
        files.put("slipway.yaml", stack);
        files.putAll(migration("0036_baseline", days(61)));
        files.putAll(migration("0037_sessions", days(60)));
        return files;
    }

    private Map<String, String> migration(String tag, Duration generated) {
        clock.stand(generated);
        journal.put(tag, clock.instant());
        return Map.of(
                DefaultFiles.migration(tag),
                DefaultFiles.repository(DefaultFiles.migration(tag)),
                DefaultFiles.MIGRATIONS + "/meta/_journal.json",
                DefaultFiles.journal(journal));
    }

    private CommitSha commit(
            String login, Duration ago, String message, Map<String, String> files) {
        clock.stand(ago);
        var change = GitChange.of(message, person(login), clock.instant());
        for (var file : files.entrySet()) {
            change = change.with(file.getKey(), file.getValue());
        }
        var sha = github.git().writer().commit(tip, change);
        github.git().setRef(BRANCH, sha.value());
        tip = Optional.of(sha);
        return sha;
    }

    private void release(int number, String login, Duration ago) {
        clock.stand(ago);
        var name = "production-r" + number;
        var tag =
                github.git()
                        .writer()
                        .tag(
                                name,
                                "Release r" + number + "\n",
                                tip().value(),
                                person(login),
                                clock.instant());
        github.git().setRef("refs/tags/" + name, tag);
        var recorded =
                github.deployments()
                        .record(
                                new GitHubDeployments.Recording(
                                        name,
                                        "deploy",
                                        false,
                                        Optional.of(List.of()),
                                        "{}",
                                        "production",
                                        "r" + number,
                                        false,
                                        true,
                                        login));
        if (recorded instanceof GitHubDeployments.Recorded.Done done) {
            github.deployments()
                    .status(
                            done.deployment().id(),
                            GitHubDeployments.State.SUCCESS,
                            login,
                            "r" + number,
                            "",
                            "https://codex.test",
                            true);
        }
        releases.add(new Release(number, tip(), login, ago));
    }

    static Duration days(int days) {
        return Duration.ofDays(days);
    }

    static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }
}
