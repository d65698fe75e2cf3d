package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.InputException;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.log.LogFile;
import dev.slipway.log.LogRow;
import dev.slipway.operation.Permit;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Target;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.stack.StackFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may write in a home beside a session that is open.
class WriterSeatTest {
    private static final Target DROPS = new Target.OfPullRequest(new PullRequestNumber(471));
    private static final Target CODE_ONLY = new Target.OfPullRequest(new PullRequestNumber(487));

    @TempDir private static Path home;
    private static Sandbox sandbox;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox);
    }

    @AfterAll
    static void end() {
        session.close();
    }

    @Test
    void whileARehearsalRunsNobodyElseWritesAndAfterItAnybodyMay() {
        var refused = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            session.rehearsals()
                    .of(
                            DROPS,
                            new RehearsalListener() {
                                @Override
                                public void committed() {
                                    assertThatThrownBy(WriterSeatTest::another)
                                            .isInstanceOfSatisfying(
                                                    InputException.class,
                                                    e ->
                                                            assertThat(e.problems())
                                                                    .singleElement()
                                                                    .asString()
                                                                    .contains(
                                                                            "is writing in",
                                                                            "Nothing was changed"));
                                    refused.incrementAndGet();
                                }
                            });
            another().close();
        }

        assertThat(refused.get()).isEqualTo(2);
        assertThat(LogFile.read(folder().resolve("logs")))
                .extracting(LogRow::text)
                .filteredOn(text -> text.startsWith("#471: 0043_drop_legacy_id statement 1 of 1, "))
                .hasSize(2);
    }

    @Test
    void whileAnOperationRunsNobodyElseWritesAndAfterItAnybodyMay() {
        var proposal = session.promotions().propose(CODE_ONLY, RehearsalListener.SILENT);
        assertThat(proposal.refusals()).isEmpty();
        var operation =
                session.promotions()
                        .start(
                                proposal,
                                proposal.phrase(),
                                Permit.forOne("kim", "test"),
                                List.of());
        assertThatThrownBy(WriterSeatTest::another).isInstanceOf(InputException.class);

        operation.pause("kim", "test");
        operation.await();

        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> another().close());
        assertThat(session.operations().one(operation.plan().id()).orElseThrow().row().state())
                .matches(state -> state.resumable() || state.terminal());
    }

    private static Path folder() {
        return new Home(home).world(session.world().id());
    }

    private static SingleWriter another() {
        return SingleWriter.take(folder(), SingleWriter.Holder.self("boot", "another"));
    }
}
