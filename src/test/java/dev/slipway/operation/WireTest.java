package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Provider;
import dev.slipway.domain.RepositoryName;
import dev.slipway.github.GitHub;
import dev.slipway.github.HttpGitHub;
import dev.slipway.http.RawServer;
import dev.slipway.http.RawServer.Reply;
import dev.slipway.http.Transport;
import dev.slipway.http.Worlds;
import dev.slipway.operation.Event.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The journal and the real transport on a real socket.
@Timeout(180)
class WireTest {
    private static final String SHA = "a".repeat(40);

    private final MemoryJournal memory = new MemoryJournal();
    private final AtomicBoolean created = new AtomicBoolean();
    private final AtomicBoolean knownBefore = new AtomicBoolean();
    private final Plan plan =
            Plan.of(
                    "0123456789ab",
                    "promotion",
                    "r42",
                    "world-1",
                    Instant.EPOCH,
                    Map.of(),
                    List.of(PlanStep.mutation("tag", Provider.GITHUB, Map.of())));

    @Test
    void noByteLeavesBeforeTheJournalKnows() {
        try (var server = new RawServer(_ -> create(Reply.of(201, "{}")))) {
            var end = run(memory, server);

            assertThat(end.state()).isEqualTo(OperationState.SUCCEEDED);
            assertThat(knownBefore).isTrue();
            assertThat(sent())
                    .satisfies(s -> {
                        assertThat(s.method()).isEqualTo("POST");
                        assertThat(s.url()).contains("{owner}").doesNotContain("team");
                        assertThat(s.ids()).containsValue("team");
                        assertThat(s.bodySha256()).hasSize(64);
                    });
        }
    }

    @Test
    void anAnswerThatNeverCameIsLookedForAndNotSentAgain() {
        try (var server = new RawServer(_ -> create(new Reply.Drop()))) {
            assertThat(run(memory, server).state()).isEqualTo(OperationState.SUCCEEDED);
            assertThat(server.count()).isEqualTo(1);
            assertThat(memory.entries(plan.id()))
                    .extracting(Entry::event)
                    .filteredOn(e -> e instanceof Event.Answered)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Event.Answered.class,
                            a -> assertThat(a.outcome()).isEqualTo(Outcome.UNKNOWN));
        }
    }

    @Test
    void nothingLeavesWhenTheJournalIsFull() {
        Journal full =
                new Journal() {
                    @Override
                    public Entry begin(Plan begun, Event.Started started, Moment at) {
                        return memory.begin(begun, started, at);
                    }

                    @Override
                    public Entry append(String id, Event event, Moment at) {
                        if (event instanceof Event.Sent) {
                            throw new JournalException("The disk is full.");
                        }
                        return memory.append(id, event, at);
                    }

                    @Override
                    public List<Entry> entries(String id) {
                        return memory.entries(id);
                    }

                    @Override
                    public Optional<Plan> plan(String id) {
                        return memory.plan(id);
                    }
                };
        try (var server = new RawServer(_ -> create(Reply.of(201, "{}")))) {
            var end = run(full, server);

            assertThat(end)
                    .isEqualTo(new Action.End(OperationState.PAUSED, "tag", "The disk is full."));
            assertThat(server.count()).isZero();
        }
    }

    private Reply create(Reply reply) {
        knownBefore.set(
                memory.entries(plan.id()).stream().anyMatch(e -> e.event() instanceof Event.Sent));
        created.set(true);
        return reply;
    }

    private Event.Sent sent() {
        return memory.entries(plan.id()).stream()
                .map(Entry::event)
                .filter(Event.Sent.class::isInstance)
                .map(Event.Sent.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Action.End run(Journal journal, RawServer server) {
        var world = Worlds.at(server.address());
        var github =
                new HttpGitHub(
                        new Transport(world, InstantSource.system()),
                        new RepositoryName("team", "shop"));
        var driver =
                new Driver(
                        journal,
                        (_, _) -> new CreateTag(github),
                        Rules.of(world.bounds()),
                        Machine.moments(InstantSource.system(), "boot"),
                        new Driver.Seat("kim-mbp", "s1"));
        return driver.start(plan, Fence.NONE, "kim", "", List.of()).await();
    }

    private final class CreateTag implements StepWork {
        private final GitHub github;

        CreateTag(GitHub github) {
            this.github = github;
        }

        @Override
        public Observation observe(StepScope scope) {
            return created.get()
                    ? Observation.Done.seen(Map.of())
                    : Observation.Absent.seen(Map.of());
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            github.createRef("refs/tags/production-r42", SHA);
            return Receipt.NONE;
        }
    }
}
