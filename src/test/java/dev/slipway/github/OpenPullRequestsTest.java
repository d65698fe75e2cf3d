package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.RepositoryName;
import dev.slipway.http.RawServer;
import dev.slipway.http.RawServer.Reply;
import dev.slipway.http.Transport;
import dev.slipway.http.Worlds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much of a long list is read again when something in it changed. GitHub gives three to a
/// page here.
class OpenPullRequestsTest {
    private static final Pattern AFTER = Pattern.compile("\"after\":\"(\\d+)\"");
    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    private static final int PAGE = 3;

    private final List<Pull> pulls = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private Instant now = BEGIN;
    private RawServer server;
    private GitHub gitHub;

    private record Pull(int number, Instant updated, boolean open, int title, int push) {
        String head() {
            return "%020x%020x".formatted(number, push);
        }
    }

    private record Run(int id, String head, String conclusion) {}

    @BeforeEach
    void eightAreOpen() {
        for (var number = 1; number <= 8; number++) {
            open(number);
        }
        server = new RawServer(this::answer);
        gitHub = adapter();
        assertThat(gitHub.openPullRequests()).hasSize(8);
        assertThat(pages()).isEqualTo(3);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private GitHub adapter() {
        var transport = new Transport(Worlds.at(server.address()), InstantSource.system());
        return new HttpGitHub(transport, new RepositoryName("acme", "shop"));
    }

    @Test
    void aChangedOneCostsOnePage() {
        change(3, p -> new Pull(p.number(), tick(), true, 9, p.push()));

        assertThat(pagesOf(() -> assertThat(title(3)).isEqualTo("Title 9"))).isEqualTo(1);
        assertThat(pagesOf(() -> gitHub.openPullRequests())).isZero();
    }

    @Test
    void aNewOneCostsOnePage() {
        open(9);

        assertThat(pagesOf(() -> assertThat(gitHub.openPullRequests()).hasSize(9))).isEqualTo(1);
    }

    @Test
    void checksThatEndAreReadAsFarBackAsTheirPullRequest() {
        runs.add(new Run(1, pull(5).head(), "failure"));

        assertThat(pagesOf(() -> assertThat(checks(5)).isEqualTo(Checks.State.FAILING)))
                .as("the fifth is on the second page")
                .isEqualTo(2);
    }

    /// Whether the others can still be merged changes without a word about them.
    @Test
    void theWholeListIsReadWhenOneWasClosedOrTheBaseMoved() {
        change(6, p -> new Pull(p.number(), tick(), false, p.title(), p.push()));
        assertThat(pagesOf(() -> assertThat(gitHub.openPullRequests()).hasSize(7))).isEqualTo(3);

        runs.add(new Run(1, "f".repeat(40), "success"));
        assertThat(pagesOf(() -> gitHub.openPullRequests())).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverChangesTheListIsTheOneGitHubHas(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++) {
            for (var changes = random.nextInt(4); changes > 0; changes--) {
                anything(random);
            }
            assertThat(gitHub.openPullRequests())
                    .as("round %d", round)
                    .containsExactlyInAnyOrderElementsOf(adapter().openPullRequests());
        }
    }

    private void anything(Random random) {
        var number = random.nextInt(1, pulls.size() + 1);
        var push = random.nextInt(1_000);
        // GitHub tells the time of a change to the second.
        var at = random.nextBoolean() ? tick() : now;
        switch (random.nextInt(5)) {
            case 0 -> change(number, p -> new Pull(number, at, p.open(), push, p.push()));
            case 1 -> change(number, p -> new Pull(number, at, p.open(), p.title(), push));
            case 2 -> change(number, p -> new Pull(number, at, !p.open(), p.title(), p.push()));
            case 3 -> open(pulls.size() + 1);
            default -> runs.add(new Run(runs.size(), pull(number).head(), words(random)));
        }
    }

    private static String words(Random random) {
        return random.nextBoolean() ? "success" : "failure";
    }

    private void open(int number) {
        pulls.add(new Pull(number, tick(), true, number, 0));
    }

    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private Pull pull(int number) {
        return pulls.get(number - 1);
    }

    private void change(int number, UnaryOperator<Pull> change) {
        pulls.set(number - 1, change.apply(pull(number)));
    }

    private OpenPullRequest listed(int number) {
        return gitHub.openPullRequests().stream()
                .filter(p -> p.number().value() == number)
                .findFirst()
                .orElseThrow();
    }

    private String title(int number) {
        return listed(number).title();
    }

    private Checks.State checks(int number) {
        return listed(number).checks().state();
    }

    private long pages() {
        return server.received().stream().filter(r -> r.target().equals("/graphql")).count();
    }

    private long pagesOf(Runnable look) {
        var before = pages();
        look.run();
        return pages() - before;
    }

    private Reply answer(RawServer.Received request) {
        if (request.target().equals("/graphql")) {
            var after = AFTER.matcher(request.body());
            return Reply.of(200, page(after.find() ? Integer.parseInt(after.group(1)) : 0));
        }
        var aboutRuns = request.target().contains("/actions/runs");
        var state = (aboutRuns ? runs : pulls).toString();
        var tag = "\"%s-%x\"".formatted(aboutRuns ? "runs" : "pulls", state.hashCode());
        if (tag.equals(request.headers().get("if-none-match"))) {
            return Reply.of(304, "");
        }
        return Reply.of(200, aboutRuns ? runs() : "[]", "ETag", tag);
    }

    private String page(int from) {
        var open =
                pulls.stream()
                        .filter(Pull::open)
                        .sorted(
                                Comparator.comparing(Pull::updated)
                                        .thenComparing(Pull::number)
                                        .reversed())
                        .toList();
        var to = Math.min(open.size(), from + PAGE);
        return """
        {"data":{"repository":{"pullRequests":{"totalCount":%d,
          "pageInfo":{"hasNextPage":%b,"endCursor":"%d"},"nodes":[%s]}}}}
        """
                .formatted(
                        open.size(),
                        to < open.size(),
                        to,
                        open.subList(from, to).stream()
                                .map(this::node)
                                .collect(Collectors.joining(",")));
    }

    private String node(Pull pull) {
        return """
        {"id":"PR_%d","number":%d,"title":"Title %d","isDraft":false,"url":"https://x/%d",
         "createdAt":"2026-11-21T09:00:00Z","updatedAt":"%s","author":null,
         "baseRefName":"main","headRefName":"f","headRefOid":"%s","isCrossRepository":false,
         "headRepositoryOwner":null,"mergeable":"MERGEABLE","reviewDecision":null,
         "mergeQueueEntry":null,"autoMergeRequest":null,"labels":{"nodes":[]},
         "statusCheckRollup":{"state":"%s","contexts":{"totalCount":0,"nodes":[]}}}
        """
                .formatted(
                        pull.number(),
                        pull.number(),
                        pull.title(),
                        pull.number(),
                        pull.updated(),
                        pull.head(),
                        failed(pull.head()) ? "FAILURE" : "SUCCESS");
    }

    private boolean failed(String head) {
        return runs.stream()
                .filter(run -> run.head().equals(head))
                .reduce((_, newer) -> newer)
                .filter(run -> run.conclusion().equals("failure"))
                .isPresent();
    }

    private String runs() {
        return "{\"workflow_runs\":[%s]}"
                .formatted(
                        runs.reversed().stream()
                                .limit(100)
                                .map(OpenPullRequestsTest::run)
                                .collect(Collectors.joining(",")));
    }

    private static String run(Run run) {
        return """
        {"id":%d,"name":"CI","head_branch":"f","head_sha":"%s","path":".github/workflows/ci.yml",
         "display_title":"T","run_number":%d,"event":"pull_request","status":"completed",
         "conclusion":"%s","html_url":"https://x/%d","created_at":"2026-11-21T10:00:00Z",
         "updated_at":"2026-11-21T10:00:00Z"}
        """
                .formatted(run.id(), run.head(), run.id(), run.conclusion(), run.id());
    }
}
