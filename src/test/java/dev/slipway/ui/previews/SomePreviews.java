package dev.slipway.ui.previews;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.Checks;
import dev.slipway.health.Probe;
import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.State;
import dev.slipway.preview.PreviewList;
import dev.slipway.preview.Previews;
import dev.slipway.ui.desk.TestDesk;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Previews that a test builds, answered in turn.
public final class SomePreviews implements Previews {
    final Deque<PreviewList> answers = new ArrayDeque<>();
    int asked;

    /// @param lists the readings, the last one again and again
    public SomePreviews(PreviewList... lists) {
        answers.addAll(List.of(lists));
    }

    @Override
    public PreviewList refresh() {
        asked++;
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }

    @Override
    public PreviewList poll() {
        return refresh();
    }

    @Override
    public PreviewList one(PullRequestNumber number) {
        var all = answers.getFirst();
        return new PreviewList(
                all.asOf(),
                all.providers(),
                all.previews().stream()
                        .filter(p -> p.number().equals(number))
                        .map(SomePreviews::probed)
                        .toList());
    }

    /// A reading in which everybody answered, at [TestDesk#NOW].
    public static PreviewList list(Preview... previews) {
        var live = new PreviewList.ProviderState(Optional.of(TestDesk.NOW), Optional.empty());
        return new PreviewList(
                TestDesk.NOW,
                Map.of(Provider.GITHUB, live, Provider.NEON, live, Provider.CLOUDFLARE, live),
                List.of(previews));
    }

    static PreviewList withoutNeon(Preview... previews) {
        var live = new PreviewList.ProviderState(Optional.of(TestDesk.NOW), Optional.empty());
        var silent =
                new PreviewList.ProviderState(
                        Optional.empty(),
                        Optional.of(new Failure.Unreachable(Provider.NEON, "connection refused")));
        return new PreviewList(
                TestDesk.NOW,
                Map.of(Provider.GITHUB, live, Provider.NEON, silent, Provider.CLOUDFLARE, live),
                List.of(previews));
    }

    /// A preview with a database branch of its own.
    public static Preview preview(int number, String title, State state) {
        return preview(number, title, state, Optional.of("pr-" + number));
    }

    static Preview preview(int number, String title, State state, Optional<String> branch) {
        return new Preview(
                new PullRequestNumber(number),
                title,
                URI.create("https://github.example/acme/shop/pull/" + number),
                Optional.of(number % 2 == 0 ? "kim" : "ana"),
                "feat/" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'),
                new CommitSha("%040x".formatted(number)),
                number == 490 ? List.of(Preview.Trait.DRAFT) : List.of(),
                state,
                state == State.READY ? "0043_orders pending" : "auth: not deployed",
                new Preview.Database(
                        branch,
                        branch.map(b -> "br-" + number),
                        branch.map(b -> List.of("0043_orders")),
                        List.of(),
                        branch.isPresent() ? Preview.Isolation.NOT_PROVEN : Preview.Isolation.NONE,
                        false),
                List.of(
                        worker("web", number, Preview.Presence.DEPLOYED),
                        worker(
                                "auth",
                                number,
                                state == State.PARTIAL
                                        ? Preview.Presence.MISSING
                                        : Preview.Presence.DEPLOYED)),
                List.of(
                        new Preview.Name(
                                "shop-preview-" + number + ".example.com",
                                Preview.NameState.RESOLVES)),
                new Checks(
                        state == State.FAILING ? Checks.State.FAILING : Checks.State.PASSING,
                        List.of(
                                check("build", Checks.Result.PASS),
                                check(
                                        "unit",
                                        state == State.FAILING
                                                ? Checks.Result.FAIL
                                                : Checks.Result.PASS)),
                        2,
                        Checks.Source.CHECKS_AND_STATUSES,
                        Optional.empty()),
                Preview.Health.UNCHECKED,
                TestDesk.NOW.minus(Duration.ofMinutes(number % 60)),
                Optional.of(TestDesk.NOW.plus(Duration.ofDays(3))));
    }

    private static Preview.WorkerPreview worker(
            String name, int number, Preview.Presence presence) {
        return new Preview.WorkerPreview(
                name, "shop-" + name + "-preview-" + number, presence, Optional.of("8b4d0c7a"));
    }

    private static Checks.Check check(String name, Checks.Result result) {
        return new Checks.Check(
                name,
                Checks.Kind.CHECK_RUN,
                result,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    private static Preview probed(Preview p) {
        var probe =
                new Probe(
                        TestDesk.NOW,
                        "web",
                        "shop-preview-482.example.com",
                        Optional.empty(),
                        Probe.Outcome.HEALTHY,
                        200,
                        Duration.ofMillis(46),
                        Optional.empty(),
                        "");
        return new Preview(
                p.number(),
                p.title(),
                p.url(),
                p.author(),
                p.branch(),
                p.head(),
                p.traits(),
                p.state(),
                p.reason(),
                p.database(),
                p.workers(),
                p.names(),
                p.checks(),
                new Preview.Health(
                        Preview.HealthState.HEALTHY,
                        List.of(probe),
                        List.of(Preview.HealthState.HEALTHY),
                        Optional.of(TestDesk.NOW)),
                p.updated(),
                p.expires());
    }
}
