package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Many pull requests with whole previews, to see how Slipway bears a large repository. Their
/// Workers run the code of the base branch; nobody has connected to their databases.
final class Crowd {
    private static final int FIRST = 1_001;
    private static final int BATCH = 1_000;
    private static final List<String> AUTHORS = List.of("ana", "kim", "tomas");

    private final GitHubWorld github;
    private final CloudflareWorld cloudflare;
    private final WorldClock clock;
    private final Scene scene;
    private final CiBuild build;
    private final CiPreviews previews;
    private final Past past;

    private record Built(CiWorker worker, WorkerUpload upload) {}

    Crowd(
            GitHubWorld github,
            CloudflareWorld cloudflare,
            WorldClock clock,
            Scene scene,
            CiBuild build,
            CiPreviews previews,
            Past past) {
        this.github = github;
        this.cloudflare = cloudflare;
        this.clock = clock;
        this.scene = scene;
        this.build = build;
        this.previews = previews;
        this.past = past;
    }

    /// Opens `size` pull requests, the newest last, one change of one file each. Every fifth adds a
    /// migration.
    void come(DefaultHistory history, int size) {
        var built =
                scene.workers().stream()
                        .map(worker -> new Built(worker, build.upload(worker, history.tip())))
                        .toList();
        var names = new ArrayList<DnsRecord>();
        for (int i = 0; i < size; i++) {
            var ago = Duration.ofMinutes(3L * (size - i) + 10);
            var pull = open(history, FIRST + i, ago);
            var address = previews.address(previews.branch(pull.number()).id());
            for (var one : built) {
                cloudflare
                        .workers()
                        .deploy(
                                one.worker().names().script(pull.number()),
                                CiPreviews.withSecrets(scene, one.worker(), one.upload(), address));
                names.add(name(one.worker(), pull.number()));
            }
        }
        for (int from = 0; from < names.size(); from += BATCH) {
            var some = names.subList(from, Math.min(names.size(), from + BATCH));
            cloudflare.zone().batch(DnsZone.Batch.posts(List.copyOf(some)));
        }
    }

    private DnsRecord name(CiWorker worker, int pull) {
        return DnsRecord.of(
                "CNAME",
                worker.names().hostname(pull),
                cloudflare.account().workersDev(worker.names().script(pull)),
                true,
                "preview of #" + pull);
    }

    private GitHubPull open(DefaultHistory history, int number, Duration ago) {
        var author = AUTHORS.get(number % AUTHORS.size());
        var title = "Change number " + number;
        var branch = "feat/change-" + number;
        clock.stand(ago);
        var sha = commit(history, number, title, author, ago);
        github.push(branch, author, sha);
        github.numberFrom(number);
        var pull =
                github.pulls()
                        .open(
                                new GitHubPulls.Opening(
                                        title, "", author, branch, scene.stack().branch(), false));
        past.ran(CiActor.CHECKS, pull, Past.CHECKS, Set.of());
        past.ran(CiActor.PREVIEW, pull, Past.preview(scene.workers()), Set.of());
        return pull;
    }

    private CommitSha commit(
            DefaultHistory history, int number, String title, String author, Duration ago) {
        var change = GitChange.of(title, history.person(author), clock.instant());
        for (var file : files(history, number, ago).entrySet()) {
            change = change.with(file.getKey(), file.getValue());
        }
        return github.git().writer().commit(Optional.of(history.tip()), change);
    }

    private static Map<String, String> files(DefaultHistory history, int number, Duration ago) {
        if (number % 5 != 0) {
            return Map.of("docs/" + number + ".md", "Change number " + number + "\n");
        }
        var tag = "0043_change_" + number;
        return Map.of(
                DefaultFiles.migration(tag),
                "CREATE TABLE \"change_" + number + "\" (\"id\" serial PRIMARY KEY NOT NULL);\n",
                DefaultFiles.MIGRATIONS + "/meta/_journal.json",
                history.journalWith(tag, ago));
    }
}
