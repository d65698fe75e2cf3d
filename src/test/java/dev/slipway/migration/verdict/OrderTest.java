package dev.slipway.migration.verdict;

import static dev.slipway.migration.catalog.ChangeClass.BEHAVIOUR;
import static dev.slipway.migration.catalog.ChangeClass.BREAKS;
import static dev.slipway.migration.catalog.ChangeClass.EXPAND;
import static dev.slipway.migration.catalog.ChangeClass.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.migration.verdict.Order.Kind;
import dev.slipway.migration.verdict.Order.Pending;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void whatOnlyAddsRunsFirst() {
        var order = Order.of(List.of(adds("0001"), adds("0002")), Answer.UNKNOWN);
        assertThat(order.kind()).isEqualTo(Kind.SCHEMA_FIRST);
        assertThat(order.before()).containsExactly("0001", "0002");
    }

    @Test
    void anyOrderIsSafeWhenTheNewCodeWorksWithoutThem() {
        assertThat(Order.of(List.of(adds("0001")), Answer.YES).kind()).isEqualTo(Kind.ANY);
    }

    @Test
    void whatTakesAwayWaitsForAPlanOfItsOwn() {
        var order = Order.of(List.of(takes("0001")), Answer.UNKNOWN);
        assertThat(order.kind()).isEqualTo(Kind.CODE_FIRST);
        assertThat(order.after()).containsExactly("0001");
        assertThat(order.sentence()).contains("0001", "column t.a is dropped");
    }

    @Test
    void whatAddsRunsBeforeAndWhatTakesAwayBehindItWaits() {
        var order = Order.of(List.of(adds("0001"), takes("0002")), Answer.UNKNOWN);
        assertThat(order.kind()).isEqualTo(Kind.SPLIT);
        assertThat(order.before()).containsExactly("0001");
        assertThat(order.after()).containsExactly("0002");
    }

    @Test
    void noOrderIsSafeWhenTheNewCodeNeedsWhatComesBehindABreak() {
        var order = Order.of(List.of(takes("0039"), adds("0040")), Answer.UNKNOWN);
        assertThat(order.kind()).isEqualTo(Kind.NONE);
        assertThat(order.sentence()).contains("0039", "0040", "no order is safe", "next one");
    }

    @Test
    void whatBreaksBehindABreakIsNamedAsWell() {
        var order = Order.of(List.of(takes("0039"), adds("0040"), takes("0042")), Answer.UNKNOWN);
        assertThat(order.kind()).isEqualTo(Kind.NONE);
        assertThat(order.sentence()).contains("up to 0039", "Nor may 0042");
    }

    @Test
    void aMigrationThatAddsAndTakesAwayIsToBeSplit() {
        var mixed =
                new Pending(
                        "0039",
                        Set.of(BREAKS, EXPAND),
                        false,
                        List.of("column t.a is now named b"),
                        List.of("column t.c is new"),
                        List.of(new Order.Moved(2, "alter table t rename a to b")));
        var order = Order.of(List.of(mixed), Answer.UNKNOWN);
        assertThat(order.kind()).isEqualTo(Kind.NONE);
        assertThat(order.sentence())
                .contains(
                        "move statement 2 (alter table t rename a to b) to a migration of the next");
    }

    @Test
    void whatTheLiveCodeWasMadeForMayRun() {
        var known = new Pending("0001", Set.of(BREAKS), true, List.of("x"), List.of(), List.of());
        assertThat(Order.of(List.of(known), Answer.UNKNOWN).kind()).isEqualTo(Kind.SCHEMA_FIRST);
    }

    @Test
    void whatDoesNotRunIsNotReleased() {
        var failed = new Pending("0001", Set.of(FAILED), false, List.of("x"), List.of(), List.of());
        assertThat(Order.of(List.of(failed), Answer.YES).kind()).isEqualTo(Kind.NONE);
    }

    /// Whatever the migrations: what runs before the code never breaks it, Drizzle's order stays, and
    /// nothing is lost.
    @Test
    void noPrefixBreaksWhatIsLive() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            var pending =
                    IntStream.range(0, random.nextInt(6))
                            .mapToObj(i -> any("%04d".formatted(i), random))
                            .toList();
            var order = Order.of(pending, Answer.values()[random.nextInt(Answer.values().length)]);
            var tags = pending.stream().map(Pending::tag).toList();
            if (order.kind() == Kind.NONE) {
                assertThat(pending).as("seed " + seed).anyMatch(each -> !each.fits());
                continue;
            }
            assertThat(
                            java.util.stream.Stream.concat(
                                    order.before().stream(), order.after().stream()))
                    .as("seed " + seed)
                    .containsExactlyElementsOf(tags);
            assertThat(pending.stream().limit(order.before().size()))
                    .as("seed " + seed)
                    .allMatch(Pending::fits);
        }
    }

    private static Pending any(String tag, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> takes(tag);
            case 1 ->
                    new Pending(
                            tag,
                            Set.of(BREAKS, EXPAND),
                            random.nextBoolean(),
                            List.of("x"),
                            List.of("y"),
                            List.of());
            case 2 ->
                    new Pending(
                            tag,
                            Set.<ChangeClass>of(BEHAVIOUR),
                            false,
                            List.of(),
                            List.of(),
                            List.of());
            default -> adds(tag);
        };
    }

    private static Pending adds(String tag) {
        return new Pending(
                tag, Set.of(EXPAND), false, List.of(), List.of("column t.b is new"), List.of());
    }

    private static Pending takes(String tag) {
        return new Pending(
                tag, Set.of(BREAKS), false, List.of("column t.a is dropped"), List.of(), List.of());
    }
}
