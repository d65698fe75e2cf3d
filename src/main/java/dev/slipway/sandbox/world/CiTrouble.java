package dev.slipway.sandbox.world;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/// What goes wrong at continuous integration right now: its habits, and the faults that are on.
record CiTrouble(CiHabits habits, List<Fault.OfBuild> faults) {
    CiTrouble {
        faults = List.copyOf(faults);
    }

    /// Whether builds of a Worker fail.
    boolean fails(String worker) {
        return faults.stream()
                .anyMatch(f ->
                        f instanceof Fault.BuildFails(var workers) && concerns(workers, worker));
    }

    /// Whether any build fails.
    boolean failsAny() {
        return faults.stream().anyMatch(Fault.BuildFails.class::isInstance);
    }

    /// Whether a Worker's version gets lost.
    boolean loses(String worker) {
        return habits.withoutVersion().contains(worker)
                || faults.stream()
                        .anyMatch(f ->
                                f instanceof Fault.UploadLost(var workers)
                                        && concerns(workers, worker));
    }

    /// Whether new versions go live behind Slipway's back.
    boolean deploys() {
        return habits.deploys() || faults.stream().anyMatch(Fault.SecondDeployer.class::isInstance);
    }

    /// Whether closed pull requests leave everything behind.
    boolean leaks() {
        return habits.leaks() || faults.stream().anyMatch(Fault.LeavesPreviews.class::isInstance);
    }

    /// How many times as long everything takes.
    double slowness() {
        return faults.stream()
                .mapToDouble(f -> f instanceof Fault.SlowBuild(var factor) ? factor : 1)
                .reduce(habits.slowness(), (a, b) -> a * b);
    }

    /// How many requests of ordinary traffic the code built now stands; empty means any number.
    OptionalInt weakness(String worker) {
        return faults.stream()
                .flatMapToInt(f ->
                        f instanceof Fault.WeakCode(var workers, var after)
                                        && concerns(workers, worker)
                                ? IntStream.of(after)
                                : IntStream.empty())
                .min();
    }

    private static boolean concerns(Set<String> workers, String worker) {
        return workers.isEmpty() || workers.contains(worker);
    }
}
