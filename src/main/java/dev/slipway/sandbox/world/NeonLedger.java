package dev.slipway.sandbox.world;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The state of a Neon world under one lock, kept on disk after each change, and the operations
/// that lock a project.
final class NeonLedger {
    /// What an operation lasts at Neon, about.
    private static final Duration USUAL = Duration.ofMillis(800);

    private static final List<String> MOODS =
            List.of(
                    "bold", "calm", "cool", "crisp", "damp", "dry", "late", "long", "old", "plain",
                    "quiet", "rough", "round", "small", "soft", "still", "sweet", "warm", "wide",
                    "young");
    private static final List<String> THINGS =
            List.of(
                    "bay", "bird", "breeze", "brook", "cloud", "dew", "dune", "field", "fog",
                    "forest", "hill", "lake", "leaf", "meadow", "mist", "oak", "rain", "river",
                    "snow", "sun");

    private final Path file;
    private final InstantSource clock;
    private final Pace pace;
    private final NeonState state;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> working = new HashSet<>();

    NeonLedger(Path file, InstantSource clock, Pace pace) {
        this.file = file;
        this.clock = clock;
        this.pace = pace;
        this.state = NeonState.read(file);
    }

    Instant now() {
        return clock.instant();
    }

    Pace pace() {
        return pace;
    }

    <T> T read(Function<NeonState, T> question) {
        lock.lock();
        try {
            return question.apply(state);
        } finally {
            lock.unlock();
        }
    }

    /// Changes the state; a refusal changes nothing, so it must come before the first change.
    <T> T write(Function<NeonState, T> change) {
        lock.lock();
        try {
            var result = change.apply(state);
            state.write(file);
            return result;
        } finally {
            lock.unlock();
        }
    }

    void change(Consumer<NeonState> change) {
        write(s -> {
            change.accept(s);
            return s;
        });
    }

    /// Holds a project while something is done to it, so that nobody else changes it.
    ///
    /// @throws NeonRefusal 423 when an operation runs there and the change takes time itself
    Hold hold(String project, NeonWorld.Tempo tempo) {
        lock.lock();
        try {
            state.project(project);
            if (tempo == NeonWorld.Tempo.AT_ONCE) {
                return new Hold(project, Duration.ZERO, false);
            }
            RemoteRules.unlocked(
                    state.operations.stream().filter(o -> o.projectId().equals(project)), now());
            if (!working.add(project)) {
                throw NeonRefusal.locked();
            }
            return new Hold(project, pace.of(USUAL), true);
        } finally {
            lock.unlock();
        }
    }

    private void release(String project) {
        lock.lock();
        try {
            working.remove(project);
        } finally {
            lock.unlock();
        }
    }

    /// A project that is held until closed.
    final class Hold implements AutoCloseable {
        private final String project;
        private final Duration each;
        private final boolean exclusive;

        Hold(String project, Duration each, boolean exclusive) {
            this.project = project;
            this.each = each;
            this.exclusive = exclusive;
        }

        /// The operations of what is done meanwhile, one after another.
        Schedule schedule() {
            return NeonLedger.this.schedule(project, each);
        }

        @Override
        public void close() {
            if (exclusive) {
                release(project);
            }
        }
    }

    /// Operations about to be recorded, each lasting `each`.
    Schedule schedule(String project, Duration each) {
        return new Schedule(project, each);
    }

    /// A row of operations, each beginning where the one before it ends.
    final class Schedule {
        private final String project;
        private final Duration each;
        private final Instant begin = now();
        private Instant end = begin;
        private final List<NeonOperation> rows = new ArrayList<>();

        Schedule(String project, Duration each) {
            this.project = project;
            this.each = each;
        }

        Schedule then(String action, Optional<String> branch, Optional<String> endpoint) {
            var from = end;
            end = end.plus(each);
            rows.add(
                    new NeonOperation(
                            UUID.randomUUID().toString(),
                            project,
                            branch,
                            endpoint,
                            action,
                            begin,
                            from,
                            end));
            return this;
        }

        Instant end() {
            return end;
        }

        List<NeonOperation> record(NeonState in) {
            in.operations.addAll(rows);
            return List.copyOf(rows);
        }
    }

    /// A name in Neon's manner, such as `br-calm-oak-a1b2c3d4`.
    static String newId(String kind) {
        var random = ThreadLocalRandom.current();
        return kind
                + MOODS.get(random.nextInt(MOODS.size()))
                + "-"
                + THINGS.get(random.nextInt(THINGS.size()))
                + "-"
                + "%08x".formatted(random.nextInt());
    }
}
