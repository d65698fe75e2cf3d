package dev.slipway.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What is to be done in a run, by whom, and what others do meanwhile.
///
/// @param operators one or two
/// @param workers how many Workers the stack has
/// @param pending how many migrations each pull request brings
/// @param pullRequest whether a pull request is promoted, not a commit
/// @param same whether both operators promote the same
/// @param dispatch whether a workflow is started for the versions
/// @param traffic percentages
/// @param broken whether the new code fails as soon as it has traffic
/// @param keepsBranch whether a branch has to keep the restore point
/// @param sqlite whether the journals are the product's own tables
/// @param abreast whether the traffic of the Workers is moved side by side
/// @param canaries whether every line of a journal is searched for secrets
/// @param absence whether the second operator looks after what the first one leaves, instead of promoting
/// @param others what people do who do not use Slipway
record Scenario(
        long seed,
        int operators,
        int workers,
        int pending,
        boolean pullRequest,
        boolean same,
        boolean dispatch,
        List<Integer> traffic,
        boolean broken,
        boolean keepsBranch,
        boolean sqlite,
        boolean canaries,
        boolean abreast,
        Absence absence,
        List<Other> others) {
    Scenario {
        others = List.copyOf(others);
    }

    /// Whether somebody's computer is gone when its program dies.
    enum Absence {
        /// Never, and nobody looks after it.
        NONE,
        /// Sometimes; else it comes back, perhaps after a colleague has taken over.
        SOMETIMES,
        /// Always.
        FOR_GOOD
    }

    /// Somebody does something behind our back.
    record Other(Duration at, Deed deed, int which) {}

    /// What others do.
    enum Deed {
        DEPLOY_FROM_DASHBOARD,
        DEPLOY_NEWEST,
        PUSH_TO_MAIN,
        FORCE_PUSH,
        CLOSE_PULL_REQUEST,
        TAG
    }

    /// A promotion without anything special.
    static Scenario plain(int operators) {
        return new Scenario(
                1,
                operators,
                2,
                1,
                true,
                true,
                false,
                List.of(10, 100),
                false,
                false,
                false,
                false,
                false,
                Absence.NONE,
                List.of());
    }

    /// The one that belongs to a seed.
    static Scenario of(long seed, int operators) {
        var random = new SplittableRandom(seed ^ 0xca5e);
        var others = new ArrayList<Other>();
        if (random.nextInt(4) == 0) {
            for (var i = random.nextInt(1, 3); i > 0; i--) {
                others.add(
                        new Other(
                                Duration.ofSeconds(random.nextInt(1, 900)),
                                Deed.values()[random.nextInt(Deed.values().length)],
                                random.nextInt(2)));
            }
        }
        var traffic =
                List.of(List.of(10, 100), List.of(100), List.of(50, 100)).get(random.nextInt(3));
        return new Scenario(
                seed,
                operators,
                random.nextInt(1, 3),
                random.nextInt(0, 3),
                random.nextInt(4) > 0,
                random.nextBoolean(),
                random.nextInt(4) == 0,
                traffic,
                random.nextInt(6) == 0,
                random.nextInt(5) == 0,
                random.nextInt(50) == 0,
                random.nextInt(20) == 0,
                random.nextBoolean(),
                Absence.NONE,
                others);
    }

    /// The same without what others do.
    Scenario alone() {
        return with(List.of());
    }

    Scenario with(List<Other> some) {
        return but(operators, broken, abreast, absence, some);
    }

    Scenario goingWrong() {
        return but(operators, true, abreast, absence, others);
    }

    Scenario sideBySide() {
        return but(operators, broken, true, absence, others);
    }

    /// The same, but that a colleague looks after what the only promotion leaves.
    Scenario lookedAfter(Absence how) {
        return but(2, broken, abreast, how, others);
    }

    private Scenario but(
            int people, boolean fails, boolean together, Absence how, List<Other> meanwhile) {
        return new Scenario(
                seed,
                people,
                workers,
                pending,
                pullRequest,
                same,
                dispatch,
                traffic,
                fails,
                keepsBranch,
                sqlite,
                canaries,
                together,
                how,
                meanwhile);
    }

    boolean lookedAfter() {
        return absence != Absence.NONE;
    }
}
