package dev.slipway.simulation;

import dev.slipway.domain.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// Many runs, on every core, and what came of them.
final class Sweep {
    private final Map<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);
    private final Map<String, Long> ends = new TreeMap<>();
    private final List<Broken> broken = new ArrayList<>();
    private long runs;
    private long nanos;

    /// A run in which something happened that must not.
    record Broken(Seed seed, Run.Result result) {}

    /// What gives the same run again.
    ///
    /// @param adopted whether the second operator looks after what the first one leaves
    record Seed(long number, int operators, boolean adopted, Safety.Without without) {
        Seed(long number, int operators, Safety.Without without) {
            this(number, operators, false, without);
        }

        Scenario scenario() {
            return adopted
                    ? Scenario.of(number, 1).lookedAfter(Scenario.Absence.SOMETIMES)
                    : Scenario.of(number, operators);
        }

        Run.Result play() {
            return play(scenario(), fate(), false);
        }

        /// The run, broken or not.
        Broken broken() {
            return new Broken(this, play());
        }

        Fate fate() {
            return Fate.of(number, adopted ? Fate.Mix.adopted(number) : Fate.Mix.of(number));
        }

        Run.Result play(Scenario scenario, Fate fate, boolean verbose) {
            var safety = Safety.without(without, World.Bounds.LIVE);
            return new Run(scenario, fate, safety, verbose).play();
        }
    }

    /// Plays `count` seeds from `first`.
    static Sweep of(long first, long count, int operators, Safety.Without without) {
        return of(count, i -> new Seed(first + i, operators, without).broken());
    }

    /// Plays any runs.
    static Sweep of(long count, LongFunction<Broken> play) {
        var sweep = new Sweep();
        var begun = System.nanoTime();
        var next = new AtomicLong();
        var cores = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(cores, Thread.ofVirtual().factory())) {
            var all =
                    LongStream.range(0, cores)
                            .mapToObj(_ ->
                                    threads.submit(() -> {
                                        for (var i = next.getAndIncrement();
                                                i < count;
                                                i = next.getAndIncrement()) {
                                            sweep.add(play.apply(i));
                                        }
                                    }))
                            .toList();
            for (var one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        sweep.nanos = System.nanoTime() - begun;
        return sweep;
    }

    private synchronized void add(Broken run) {
        runs++;
        run.result().faults().forEach(f -> faults.merge(f.fault().kind(), 1L, Long::sum));
        run.result().ends().forEach(e -> ends.merge(e, 1L, Long::sum));
        if (run.result().broken()) {
            broken.add(run);
        }
    }

    List<Broken> broken() {
        return broken;
    }

    long runs() {
        return runs;
    }

    /// Runs, faults by kind, ends, speed.
    String summary(String title) {
        return "%s: %,d runs, %d broken, %.1f s, %,.0f runs/s%n  faults %s%n  ends %s"
                .formatted(
                        title,
                        runs,
                        broken.size(),
                        nanos / 1e9,
                        runs / (nanos / 1e9),
                        faults,
                        ends);
    }

    /// Nothing broke; else the first run that did.
    String verdict() {
        return broken.stream()
                .min(Comparator.comparingLong(b -> b.seed().number()))
                .map(Sweep::told)
                .orElse("");
    }

    /// A run that broke, with what gives it again and as little as it needs.
    static String told(Broken run) {
        var seed = run.seed();
        var shrunk = Shrinker.shrink(run);
        var text = new StringBuilder();
        text.append(run.result().violations().getFirst())
                .append("\n  seed ")
                .append(seed)
                .append(", commit ")
                .append(commit())
                .append("\n  again: ./mvnw test -Dtest=SimulationTest#oneSeed -Dslipway.seed=")
                .append(seed.number())
                .append(" -Dslipway.operators=")
                .append(seed.operators())
                .append(seed.adopted() ? " -Dslipway.adopted=true" : "")
                .append(
                        seed.without() == Safety.Without.NOTHING
                                ? ""
                                : " -Dslipway.without=" + seed.without())
                .append("\n  ")
                .append(shrunk.scenario());
        shrunk.events().forEach(e -> text.append("\n  ").append(e));
        return text.toString();
    }

    /// The commit that is checked out.
    static String commit() {
        try {
            var head = Files.readString(Path.of(".git", "HEAD")).strip();
            return head.startsWith("ref: ")
                    ? Files.readString(Path.of(".git", head.substring(5))).strip()
                    : head;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
