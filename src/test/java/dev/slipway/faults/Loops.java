package dev.slipway.faults;

import dev.slipway.cli.SlipwayProcess;
import dev.slipway.cli.TestWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Promotions to which something happens, each compared with one to which nothing happened. A loop is
/// one promotion; a world serves as many as it has pull requests.
final class Loops {
    private final List<Integer> pulls;
    private final Map<Integer, Picture> expected;
    private final Map<String, Integer> struck = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final long began = System.nanoTime();
    private int loops;
    private int orphans;
    private int resumes;
    private int plans;

    /// What happens to a promotion.
    interface Blow {
        /// Lets it happen to the promotion that `shown` describes.
        ///
        /// @return in one word what it hit
        List<String> strikes(Round round, int pull, JsonNode shown, Random random) throws Exception;

        /// What must not be different.
        default List<String> differences(Picture picture, Picture expected) {
            return picture.differences(expected);
        }
    }

    /// @param expected what stands at the providers after each pull request was promoted undisturbed, in
    ///     the order of promotion
    Loops(Map<Integer, Picture> expected) {
        this.expected = expected;
        this.pulls = List.copyOf(expected.keySet());
    }

    /// Promotes every pull request undisturbed, to compare with.
    static Loops against(List<Integer> pulls) throws Exception {
        var expected = new LinkedHashMap<Integer, Picture>();
        try (var round = new Round()) {
            for (int pull : pulls) {
                round.promote(round.world().home(), pull);
                expected.put(pull, round.picture(pull));
            }
        }
        return new Loops(expected);
    }

    /// Runs so many loops with this seed.
    Loops run(int count, long seed, Blow blow) throws Exception {
        for (int done = 0; done < count; ) {
            try (var round = new Round()) {
                for (int pull : pulls.subList(0, Math.min(pulls.size(), count - done))) {
                    one(round, pull, seed, blow);
                    done++;
                }
                round.journalIsWhole(round.world().home());
                differences.addAll(Canaries.in(round.world()));
                resumes += round.resumes();
                plans += round.plans();
            }
        }
        return this;
    }

    private void one(Round round, int pull, long seed, Blow blow) throws Exception {
        var random = new Random(seed * 1_000_003 + loops++);
        var home = round.world().home();
        int known = round.operations(home).size();
        var hit = blow.strikes(round, pull, round.shown(home, pull), random);
        hit.forEach(what -> struck.merge(what, 1, Integer::sum));
        var name = "seed %d, loop %d, #%d, %s".formatted(seed, loops, pull, hit);
        try {
            round.bringHome(home, pull, known);
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
        var picture = round.picture(pull);
        orphans += picture.orphans().size();
        var differing = blow.differences(picture, Objects.requireNonNull(expected.get(pull)));
        differing.forEach(line -> differences.add(name + ": " + line));
        // A long run that is cut short has told what it saw.
        System.out.printf(
                "%s, %.1f s, %d differences, %d orphans%n",
                name,
                (System.nanoTime() - began) / 1e9,
                differing.size(),
                picture.orphans().size());
    }

    /// What is not as in a world without harm.
    List<String> differences() {
        return List.copyOf(differences);
    }

    /// One line of figures.
    String summary() {
        return "%d loops, %.1f s each, %d resumed, %d planned anew, %d differences, %d orphans; struck in %s"
                .formatted(
                        loops,
                        (System.nanoTime() - began) / 1e9 / loops,
                        resumes,
                        plans,
                        differences.size(),
                        orphans,
                        struck);
    }

    /// Kills the process, and sometimes the one that resumes it, too.
    static final class Kill implements Blow {
        @Override
        public List<String> strikes(Round round, int pull, JsonNode shown, Random random)
                throws Exception {
            int steps = steps(shown);
            var where = new ArrayList<String>();
            TestWorld world = round.world();
            try (var process = round.promote(world.home(), world.file(), pull, shown)) {
                where.add(Moment.random(random, steps).strikes(process));
            }
            if (random.nextInt(3) == 0) {
                again(round, world.home(), Moment.random(random, steps), where);
            }
            return where;
        }

        private static void again(Round round, Path home, Moment moment, List<String> where)
                throws Exception {
            var newest = round.operations(home).stream().findFirst();
            if (newest.isEmpty() || !newest.get().path("state").asString().equals("INTERRUPTED")) {
                return;
            }
            var id = newest.get().path("id").stringValue();
            try (SlipwayProcess process = round.resume(home, round.world().file(), id)) {
                where.add("resumed " + moment.strikes(process));
            }
        }
    }

    /// How many parts a plan has.
    static int steps(JsonNode shown) {
        return shown.path("plan")
                .path("steps")
                .valueStream()
                .mapToInt(step -> Math.max(1, step.path("parts").size()))
                .sum();
    }
}
