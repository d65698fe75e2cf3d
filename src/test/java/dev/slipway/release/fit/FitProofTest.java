package dev.slipway.release.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.release.fit.Tried.Code;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What trials prove, and what they leave open.
class FitProofTest {
    @ParameterizedTest
    @CsvSource({
        "YES, YES, YES",
        "YES, NO, NO",
        "YES, UNKNOWN, UNKNOWN",
        // Without its control a failure may have any cause.
        "NO, NO, UNKNOWN",
        "NO, YES, UNKNOWN",
        "UNKNOWN, NO, UNKNOWN",
        "UNKNOWN, YES, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN"
    })
    void liveCodeCountsOnlyWithItsControl(Answer today, Answer migrated, Answer wanted) {
        var proof =
                FitProof.of(
                        List.of(new Tried("web", Code.LIVE, today, migrated, "seen")),
                        "r41",
                        "#482");

        assertThat(proof.liveOnNew().answer()).isEqualTo(wanted);
        assertThat(proof.newOnLive().answer()).isEqualTo(Answer.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, YES, YES, YES",
        "UNKNOWN, YES, NO, YES",
        "UNKNOWN, NO, YES, NO",
        // Well on neither schema: broken where other code is well, else nobody knows.
        "UNKNOWN, NO, NO, UNKNOWN",
        "YES, NO, NO, NO",
        "YES, UNKNOWN, YES, UNKNOWN"
    })
    void newCodeIsJudgedOnTodaysSchema(
            Answer liveToday, Answer today, Answer migrated, Answer wanted) {
        var proof =
                FitProof.of(
                        List.of(
                                new Tried("web", Code.LIVE, liveToday, liveToday, "seen"),
                                new Tried("web", Code.NEW, today, migrated, "seen")),
                        "r41",
                        "#482");

        assertThat(proof.newOnLive().answer()).isEqualTo(wanted);
    }

    @org.junit.jupiter.api.Test
    void oneWorkerThatCannotBeTriedLeavesTheWholeOpenAndIsNamed() {
        var proof =
                FitProof.of(
                        List.of(
                                new Tried("web", Code.LIVE, Answer.YES, Answer.YES, "seen"),
                                Tried.not("auth", Code.LIVE, "it needs KEY"),
                                Tried.not("mail", Code.LIVE, "it needs KEY")),
                        "r41",
                        "#482");

        assertThat(proof.liveOnNew().answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(proof.liveOnNew().reason())
                .isEqualTo(
                        "Whether r41 works on the new schema is not proven: auth, mail: it needs"
                                + " KEY. Tried, and well: web.");
    }

    @org.junit.jupiter.api.Test
    void oneWorkerThatFailsIsEnough() {
        var proof =
                FitProof.of(
                        List.of(
                                new Tried("web", Code.LIVE, Answer.YES, Answer.NO, "500 failing"),
                                Tried.not("auth", Code.LIVE, "it needs KEY")),
                        "r41",
                        "#482");

        assertThat(proof.liveOnNew().answer()).isEqualTo(Answer.NO);
        assertThat(proof.liveOnNew().reason())
                .isEqualTo("r41 does not work on the new schema (tried): web: 500 failing.");
    }
}
