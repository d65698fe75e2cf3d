package dev.slipway.sandbox.world;

import java.util.Set;
import java.util.TreeSet;

/// What continuous integration does wrong on purpose.
///
/// @param withoutVersion names of Workers it uploads no version for
/// @param deploys whether a push to the base branch also puts the new versions live, behind
///     Slipway's back
/// @param slowness how many times as long everything takes; 1 is the usual pace
/// @param leaks whether it leaves everything behind when a pull request is closed
/// @param lost ids of runs whose runner is gone; they stay as they are until somebody starts anew
public record CiHabits(
        Set<String> withoutVersion,
        boolean deploys,
        double slowness,
        boolean leaks,
        Set<Long> lost) {
    /// Nothing wrong.
    public static final CiHabits GOOD = new CiHabits(Set.of(), false, 1, false, Set.of());

    /// @throws IllegalArgumentException when the slowness is not a positive number
    public CiHabits {
        withoutVersion = Set.copyOf(withoutVersion);
        lost = Set.copyOf(lost);
        if (!(slowness > 0) || slowness > 1000) {
            throw new IllegalArgumentException(
                    "slowness must be a number above 0, at most 1000, not " + slowness);
        }
    }

    /// The same without versions for these Workers.
    public CiHabits without(Set<String> workers) {
        return new CiHabits(workers, deploys, slowness, leaks, lost);
    }

    /// The same with or without a second deployer.
    public CiHabits deploying(boolean behindOurBack) {
        return new CiHabits(withoutVersion, behindOurBack, slowness, leaks, lost);
    }

    /// The same at another pace.
    public CiHabits slower(double factor) {
        return new CiHabits(withoutVersion, deploys, factor, leaks, lost);
    }

    /// The same with or without cleaning up.
    public CiHabits leaking(boolean leaving) {
        return new CiHabits(withoutVersion, deploys, slowness, leaving, lost);
    }

    /// The same with one more runner gone.
    public CiHabits losing(long run) {
        var all = new TreeSet<>(lost);
        all.add(run);
        return new CiHabits(withoutVersion, deploys, slowness, leaks, all);
    }
}
