package dev.slipway.ui.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationListener.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A rehearsal as it is heard.
class ProgressTest {
    private static final Migration TWO =
            Migration.of(
                    "0001_two",
                    "0001_two.sql",
                    1,
                    "create table a (x int);--> statement-breakpoint\nupdate a set x = 1;"
                            .getBytes(StandardCharsets.UTF_8));
    private static final Step FIRST = new Step("0001_two", 1, 2, "create table a (x int)");
    private static final Step SECOND = new Step("0001_two", 2, 2, "update a set x = 1");

    private final Progress begun = Progress.of(List.of(TWO)).stage("Branches production off.");

    @Test
    void everyStatementIsThereBeforeItRuns() {
        assertThat(begun.statements())
                .extracting(Progress.Statement::state)
                .containsOnly(Progress.State.WAITING)
                .hasSize(2);
        assertThat(begun.now()).isEqualTo("Branches production off.");
        assertThat(begun.next()).startsWith("Next: runs 2 statements");
    }

    @Test
    void aStatementThatRanReadsAsOneSentence() {
        var progress =
                begun.running(FIRST)
                        .done(FIRST, Duration.ofMillis(12), OptionalLong.empty())
                        .running(SECOND);

        assertThat(progress.now()).isEqualTo("Runs 0001_two, statement 2 of 2.");
        assertThat(progress.count()).isEqualTo(1);
        assertThat(
                        progress.done(SECOND, Duration.ofMillis(2092), OptionalLong.of(450_000))
                                .statements())
                .extracting(Progress.Statement::sentence)
                .containsExactly(
                        "0001_two, statement 1 of 2, done in 12 ms. create table a (x int)",
                        "0001_two, statement 2 of 2, done in 2.1 s, 450,000 rows. update a set x = 1");
    }

    @Test
    void whatIsTriedAgainHasNotRun() {
        var again =
                begun.running(FIRST)
                        .done(FIRST, Duration.ofMillis(12), OptionalLong.empty())
                        .waitingFor("A lock was not to be had.")
                        .fromTheStart();

        assertThat(again.count()).isZero();
        assertThat(again.now()).isEqualTo("A lock was not to be had.");
    }

    @Test
    void aStatementThatFailedSaysWhy() {
        var failed =
                begun.running(FIRST)
                        .failed(FIRST, Duration.ofMillis(3), "column \"y\" does not exist (42703)");

        assertThat(failed.statements().getFirst().sentence())
                .isEqualTo(
                        "0001_two, statement 1 of 2, failed after 3 ms: column \"y\" does not exist"
                                + " (42703)");
    }
}
