package dev.slipway.preview;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.health.Question;
import dev.slipway.preview.Preview.Health;
import dev.slipway.preview.Preview.HealthState;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Asks the Workers of previews how they are, and remembers what they said. Asked are previews whose
/// database is awake anyway, the one a person opened, and one that was deployed since it was asked;
/// nobody else, because a question wakes a compute.
///
/// Used by one thread at a time.
final class HealthRounds {
    private static final int HISTORY = 8;

    private final Stack stack;
    private final Prober prober;
    private final HealthShelf shelf;
    private final Map<PullRequestNumber, Health> known = new HashMap<>();

    HealthRounds(Stack stack, Prober prober, HealthShelf shelf) {
        this.stack = stack;
        this.prober = prober;
        this.shelf = shelf;
        shelf.read().forEach(kept -> known.put(kept.number(), kept.health()));
    }

    /// What is known after a round.
    ///
    /// @param scripts when each Worker of the account was deployed
    /// @param due whose database is awake, or who was opened
    Map<PullRequestNumber, Health> ask(
            ExecutorService threads,
            List<OpenPullRequest> pullRequests,
            Map<String, Instant> scripts,
            Predicate<PullRequestNumber> due) {
        var before = Map.copyOf(known);
        known.keySet().retainAll(numbers(pullRequests));
        var rounds = new HashMap<OpenPullRequest, List<Future<Probe>>>();
        for (var pr : pullRequests) {
            if (due.test(pr.number()) || deployedSince(pr, scripts)) {
                rounds.put(
                        pr,
                        stack.workers().stream()
                                .filter(w -> answers(w, pr, scripts))
                                .map(w -> threads.submit(() -> prober.probe(question(w, pr))))
                                .toList());
            }
        }
        rounds.forEach((pr, round) ->
                remember(
                        pr.number(),
                        round.stream().map(PreviewReader::get).toList(),
                        PreviewJoin.deployment(stack, pr, scripts)));
        if (!known.equals(before)) {
            shelf.write(
                    known.entrySet().stream()
                            .map(e -> new HealthShelf.Kept(e.getKey(), e.getValue()))
                            .toList());
        }
        return Map.copyOf(known);
    }

    private static Set<PullRequestNumber> numbers(List<OpenPullRequest> pullRequests) {
        return pullRequests.stream().map(OpenPullRequest::number).collect(Collectors.toSet());
    }

    private boolean deployedSince(OpenPullRequest pr, Map<String, Instant> scripts) {
        var asked = Optional.ofNullable(known.get(pr.number())).flatMap(Health::deployment);
        var now = PreviewJoin.deployment(stack, pr, scripts);
        return asked.isPresent() && now.isPresent() && !asked.equals(now);
    }

    private static boolean answers(
            StackWorker worker, OpenPullRequest pr, Map<String, Instant> scripts) {
        return worker.previewScript().isPresent()
                && worker.previewHostname().isPresent()
                && scripts.containsKey(PreviewJoin.script(worker, pr));
    }

    private static Question question(StackWorker worker, OpenPullRequest pr) {
        return new Question(
                worker.name(),
                PreviewJoin.script(worker, pr),
                PreviewJoin.hostname(worker, pr).orElseThrow(),
                worker.health(),
                Optional.empty(),
                Optional.empty());
    }

    private void remember(
            PullRequestNumber number, List<Probe> probes, Optional<Instant> deployment) {
        if (probes.isEmpty()) {
            return;
        }
        var state = PreviewJoin.health(probes);
        var history =
                new ArrayList<HealthState>(known.getOrDefault(number, Health.UNCHECKED).history());
        history.add(state);
        while (history.size() > HISTORY) {
            history.removeFirst();
        }
        known.put(number, new Health(state, probes, history, deployment));
    }
}
