package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.http.Wire;
import dev.slipway.operation.lock.GitHubRefChain;
import dev.slipway.operation.lock.RefChain.Tip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock's chain of commits on a real repository behind real HTTP.
class GitHubLockTest {
    private static final int MACHINES = 10;
    private static final String OWN = "refs/slipway/production";
    private static final String BRANCH = "refs/heads/slipway/production";

    @TempDir Path home;
    private GitHubFixture gitHub;

    @BeforeEach
    void start() {
        gitHub = new GitHubFixture(home);
    }

    @AfterEach
    void stop() {
        gitHub.close();
    }

    private GitHubRefChain chain() {
        return new GitHubRefChain(Ports.gitHub(gitHub, "releases"), "production");
    }

    private static <T> T change(Supplier<T> call) {
        return Wire.during(Wire.Listener.NONE, call);
    }

    @Test
    void ofTenMachinesExactlyOneAppendsAndTheChainStaysOneLine() throws Exception {
        Optional<Tip> tip = Optional.empty();
        for (int round = 0; round < 4; round++) {
            tip = Optional.of(race(tip, round));
        }

        var links = new ArrayList<String>();
        var at = gitHub.world.git().commit(new CommitSha(tip.orElseThrow().sha()));
        while (at.isPresent()) {
            links.add(at.get().message());
            assertThat(at.get().parents()).hasSizeLessThanOrEqualTo(1);
            at = at.get().parents().stream().findFirst().flatMap(gitHub.world.git()::commit);
        }
        assertThat(links).hasSize(4);
        assertThat(gitHub.world.git().ref(OWN)).contains(tip.orElseThrow().sha());
        assertThat(gitHub.world.git().ref(BRANCH)).isEmpty();
    }

    /// All append after `after` at once.
    ///
    /// @return the one link that was
    private Tip race(Optional<Tip> after, int round) throws Exception {
        var gate = new CountDownLatch(1);
        var claims = new ArrayList<Callable<Optional<Tip>>>();
        for (int machine = 0; machine < MACHINES; machine++) {
            var chain = chain();
            var message = "round " + round + ", machine " + machine;
            claims.add(() -> {
                gate.await();
                return change(() -> chain.append(after, message));
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = claims.stream().map(threads::submit).toList();
            gate.countDown();
            var won = new ArrayList<Tip>();
            for (var one : running) {
                one.get().ifPresent(won::add);
            }
            assertThat(won).as("round " + round).hasSize(1);
            assertThat(chain().tip()).contains(won.getFirst());
            return won.getFirst();
        }
    }

    @Test
    void whoAppendsToAnOldTipIsToldAndNothingMoves() {
        var first = change(() -> chain().append(Optional.empty(), "one")).orElseThrow();
        var second = change(() -> chain().append(Optional.of(first), "two")).orElseThrow();

        assertThat(change(() -> chain().append(Optional.of(first), "late"))).isEmpty();
        assertThat(change(() -> chain().append(Optional.empty(), "anew"))).isEmpty();

        assertThat(chain().tip()).contains(second);
        assertThat(second.message()).isEqualTo("two");
    }

    @Test
    void whereTheNamespaceIsRefusedTheChainIsABranch() {
        gitHub.world.refs().close("refs/slipway/");
        var chain = chain();

        var refused =
                catchThrowableOfType(
                        FailureException.class,
                        () -> change(() -> chain.append(Optional.empty(), "one")));
        assertThat(refused.failure().outcome()).isEqualTo(Failure.Outcome.NOT_APPLIED);
        assertThat(chain.tip()).isEmpty();

        var first = change(() -> chain.append(Optional.empty(), "one")).orElseThrow();
        assertThat(gitHub.world.git().ref(BRANCH)).contains(first.sha());
        assertThat(gitHub.world.git().ref(OWN)).isEmpty();
        // Another machine, which has not tried the namespace, goes on with the branch.
        var second = change(() -> chain().append(Optional.of(first), "two")).orElseThrow();
        assertThat(chain.tip()).contains(second);
        assertThat(List.of(first.message(), second.message())).containsExactly("one", "two");
    }
}
