package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    @Test
    void workLeavesTheFxThreadAndItsResultComesBackToIt() throws Exception {
        Fx.run(() -> {});
        var where = new AtomicReference<String>();
        var done = new CountDownLatch(1);

        Background.threads(bug -> fail(bug))
                .run(
                        () -> Platform.isFxApplicationThread() ? "fx" : "away",
                        result -> {
                            where.set(result + ", back on fx: " + Platform.isFxApplicationThread());
                            done.countDown();
                        },
                        problem -> fail(problem.sentence()));

        assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(where.get()).isEqualTo("away, back on fx: true");
    }

    @Test
    void aFailureIsAValueAndABadInputIsASentence() {
        var said = new AtomicReference<String>();
        var background = Background.inline();

        background.run(
                () -> {
                    throw new FailureException(new Failure.NotFound(Provider.NEON, "branch pr-1"));
                },
                _ -> fail("no result"),
                problem -> said.set(problem.sentence()));
        assertThat(said.get()).isEqualTo("Neon has no branch pr-1");

        background.run(
                () -> {
                    throw new InputException("There is no Worker api.");
                },
                _ -> fail("no result"),
                problem -> said.set(problem.sentence()));
        assertThat(said.get()).isEqualTo("There is no Worker api.");
    }

    @Test
    void abandonedWorkIsInterruptedAndTellsNobody() throws Exception {
        Fx.run(() -> {});
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var task =
                Background.threads(bug -> fail(bug))
                        .run(
                                () -> {
                                    started.countDown();
                                    try {
                                        new CountDownLatch(1).await();
                                    } catch (InterruptedException e) {
                                        interrupted.countDown();
                                        throw e;
                                    }
                                    return "never";
                                },
                                _ -> fail("no result"),
                                _ -> fail("no failure"));
        assertThat(started.await(120, TimeUnit.SECONDS)).isTrue();

        task.cancel(true);

        assertThat(interrupted.await(120, TimeUnit.SECONDS)).isTrue();
    }
}
