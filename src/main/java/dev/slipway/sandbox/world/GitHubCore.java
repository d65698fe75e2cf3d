package dev.slipway.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all parts of a world of GitHub share: the repository, the log, one lock for writers, ids,
/// the clock, and the queue of events.
final class GitHubCore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitHubCore.class);
    private static final long FIRST_ID = 2_100_000_000L;

    final GitRepository git;
    final GitMerges merges;
    final GitHubLog log;
    final Pace pace;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final LinkedBlockingQueue<GitHubEvent> events = new LinkedBlockingQueue<>();
    private final List<Consumer<GitHubEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

    GitHubCore(GitRepository git, GitHubLog log, Pace pace, InstantSource clock) {
        this.git = git;
        this.merges = new GitMerges(git);
        this.log = log;
        this.pace = pace;
        this.clock = clock;
        background.execute(this::tell);
    }

    /// Now, to the second as GitHub prints it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    Instant exactly() {
        return clock.instant();
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /// A table whose ids are drawn from [#nextId()], or are numbers far below.
    <V> GitHubTable<V> table(String kind, Class<V> type, java.util.function.ToLongFunction<V> id) {
        var table = new GitHubTable<>(log, kind, type, id);
        ids.accumulateAndGet(table.highest(), Math::max);
        return table;
    }

    /// Runs `work` while nobody else writes.
    <T> T change(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void emit(GitHubEvent event) {
        events.add(event);
    }

    void listen(Consumer<GitHubEvent> listener) {
        listeners.add(listener);
    }

    /// Runs `work` when `real` has passed at this world's pace.
    void later(Duration real, Runnable work) {
        background.execute(() -> {
            try {
                Thread.sleep(pace.of(real));
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // Closing interrupts what reads the repository; the next opening does it again.
                if (!Thread.currentThread().isInterrupted() && !background.isShutdown()) {
                    throw e;
                }
            }
        });
    }

    private void tell() {
        try {
            while (true) {
                var event = events.take();
                for (var listener : listeners) {
                    try {
                        listener.accept(event);
                    } catch (RuntimeException e) {
                        LOG.error("a listener failed on {}", event, e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
        background.close();
        change(() -> {
            log.close();
            git.close();
            return true;
        });
    }
}
