package dev.slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Exit;
import dev.slipway.cli.SlipwayProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/// Two people on two computers who promote at the same time.
final class Races {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Milliseconds the second one may start later.
    static final int LATEST = 400;

    private final Round round;
    private final List<String> lost = new ArrayList<>();

    Races(Round round) {
        this.round = round;
    }

    /// What those who lost were told.
    List<String> lost() {
        return List.copyOf(lost);
    }

    private record Runner(Path home, int pull, SlipwayProcess process) {}

    /// Lets two homes promote, the same pull request or two.
    ///
    /// @param delay milliseconds the second one starts later
    /// @return the pull request that was not promoted, or the same
    int run(int one, int other, int delay) throws Exception {
        var first = home("ana");
        var second = home("ben");
        var planned = List.of(round.shown(first, one), round.shown(second, other));
        var file = round.world().file();
        try (var a = round.promote(first, file, one, planned.getFirst())) {
            Thread.sleep(delay);
            try (var b = round.promote(second, file, other, planned.getLast())) {
                int codeOfA = a.finish();
                int codeOfB = b.finish();
                var runners = List.of(new Runner(first, one, a), new Runner(second, other, b));
                assertThat(List.of(codeOfA, codeOfB))
                        .as("%s%n%s", a.words() + a.written(), b.words() + b.written())
                        .containsExactlyInAnyOrder(Exit.DONE, Exit.REFUSED);
                var winner = runners.get(codeOfA == Exit.DONE ? 0 : 1);
                var loser = runners.get(codeOfA == Exit.DONE ? 1 : 0);
                judge(winner, loser);
                return loser.pull();
            }
        }
    }

    private Path home(String name) {
        return round.world().folder().resolve("home-" + name);
    }

    private void judge(Runner winner, Runner loser) throws Exception {
        var end = JSON.readTree(winner.process().written());
        assertThat(end.path("state").asString()).isEqualTo("SUCCEEDED");
        var told = loser.process().words() + loser.process().written();
        assertThat(told)
                .as("who, where, at which step")
                .containsPattern("kim on [^,\"]+[,:] promotion of r\\d+, step \\d+ of \\d+");
        lost.add(told);
        assertThat(
                        round.operations(loser.home()).stream()
                                .map(o -> o.path("state").asString())
                                .filter(state ->
                                        !List.of("SUCCEEDED", "STOPPED_SAFE").contains(state)))
                .isEmpty();
        assertThat(Picture.of(round.world()).orphans()).isEmpty();
        round.journalIsWhole(winner.home());
        round.journalIsWhole(loser.home());
    }

    /// So many races: with the same pull request, with two, with the one that is left.
    ///
    /// @return what the losers were told
    static List<String> many(int count, long seed) throws Exception {
        var random = new Random(seed);
        var told = new ArrayList<String>();
        while (told.size() < count) {
            try (var round = new Round()) {
                var races = new Races(round);
                races.run(484, 484, random.nextInt(LATEST));
                if (told.size() + 1 < count) {
                    int left = races.run(482, 487, random.nextInt(LATEST));
                    if (told.size() + 2 < count) {
                        races.run(left, left, random.nextInt(LATEST));
                    }
                }
                told.addAll(races.lost());
                // A long run that is cut short has told what it saw.
                System.out.printf("seed %d: %d races, one writer each%n", seed, told.size());
            }
        }
        return told;
    }
}
