package dev.slipway.preview;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.GitHub;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.github.PathContent;
import dev.slipway.migration.HeadMigrations;
import dev.slipway.migration.Layout;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.Schema;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Which migrations of each open pull request production has not run. One thread at a time.
final class PendingMigrations {
    private static final Duration SCHEMA_HOLDS = Duration.ofMinutes(2);

    /// Names what lies at a path where nothing lies.
    private static final String NOTHING = "";

    private final Stack stack;
    private final ProductionReader production;
    private final InstantSource clock;
    private final Map<String, PathContent> journals = new HashMap<>();
    private Optional<Compared> compared = Optional.empty();

    PendingMigrations(Stack stack, ProductionReader production, InstantSource clock) {
        this.stack = stack;
        this.production = production;
        this.clock = clock;
    }

    /// Production's ledger as it was beside these heads.
    private record Compared(Set<CommitSha> heads, Schema schema, Instant asOf) {}

    /// Where a head has what is read of it, one path for each way to lay out a folder.
    List<String> paths() {
        return Arrays.stream(Layout.values())
                .map(layout -> HeadMigrations.path(stack.migrations().folder(), layout))
                .toList();
    }

    /// What is pending in each head; nothing of one that cannot be said.
    ///
    /// @param opened whether a person opened a preview
    /// @param ledger asks for production's ledger; empty when it is not known now
    Map<PullRequestNumber, HeadMigrations> of(
            GitHub gitHub,
            List<OpenPullRequest> pullRequests,
            boolean opened,
            Supplier<Optional<Schema>> ledger) {
        return schema(pullRequests, opened, ledger)
                .map(schema -> of(gitHub, pullRequests, schema))
                .orElse(Map.of());
    }

    /// Production's ledger, asked again when a head came or went, when a person opened a preview, and
    /// after a while. Asking at every look would cost more calls than all the rest.
    private Optional<Schema> schema(
            List<OpenPullRequest> pullRequests, boolean opened, Supplier<Optional<Schema>> ledger) {
        var heads = pullRequests.stream().map(OpenPullRequest::headSha).collect(Collectors.toSet());
        var holds =
                compared.filter(_ -> !opened)
                        .filter(c -> c.heads().equals(heads))
                        .filter(c -> clock.instant().isBefore(c.asOf().plus(SCHEMA_HOLDS)));
        if (holds.isPresent()) {
            return holds.map(Compared::schema);
        }
        var read = ledger.get();
        compared =
                read.filter(s -> s.state().isPresent())
                        .map(s -> new Compared(heads, s, clock.instant()));
        return read;
    }

    /// What is pending in each head, from names alone. The list of pull requests tells which heads have
    /// the same journal, so each journal is read once; one call reads a hundred of them.
    private Map<PullRequestNumber, HeadMigrations> of(
            GitHub gitHub, List<OpenPullRequest> pullRequests, Schema schema) {
        if (schema.state().isEmpty() || schema.folder().isEmpty()) {
            return Map.of();
        }
        var result = new HashMap<PullRequestNumber, HeadMigrations>();
        try {
            var layout = production.folder(schema.folder().get()).layout();
            var path = HeadMigrations.path(stack.migrations().folder(), layout);
            readJournals(gitHub, path, pullRequests);
            for (var pr : pullRequests) {
                var content = journals.getOrDefault(journal(pr, path), PathContent.NOTHING);
                HeadMigrations.read(layout, schema.state().get(), content.text(), content.names())
                        .ifPresent(found -> result.put(pr.number(), found));
            }
        } catch (FailureException e) {
            return Map.of();
        }
        return result;
    }

    /// Reads what lies at `path` of the heads, once for all that have the same there.
    private void readJournals(GitHub gitHub, String path, List<OpenPullRequest> pullRequests) {
        var missing = new HashMap<String, CommitSha>();
        for (var pr : pullRequests) {
            missing.putIfAbsent(journal(pr, path), pr.headSha());
        }
        journals.keySet().retainAll(missing.keySet());
        missing.keySet().removeAll(journals.keySet());
        missing.remove(NOTHING);
        var read = gitHub.at(path, Set.copyOf(missing.values()));
        missing.forEach(
                (name, head) -> journals.put(name, read.getOrDefault(head, PathContent.NOTHING)));
    }

    /// The name Git gives to what lies at `path` of a head; where that is not told, the way to it.
    private static String journal(OpenPullRequest pr, String path) {
        return pr.objects()
                .map(objects -> objects.getOrDefault(path, NOTHING))
                .orElse(pr.headSha() + ":" + path);
    }
}
