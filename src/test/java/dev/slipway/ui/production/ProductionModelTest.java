package dev.slipway.ui.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.health.Probe;
import dev.slipway.log.LogRow;
import dev.slipway.operation.OperationState;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.ui.desk.NoPreviews;
import dev.slipway.ui.desk.TestDesk;
import dev.slipway.ui.kit.HealthBar.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductionModelTest {
    private final TestDesk desk = new TestDesk(new NoPreviews());

    @Test
    void lookingNeverWakesAndAskingMay() {
        var wakes = new ArrayList<Wake>();
        var model =
                new ProductionModel(
                        desk.desk,
                        wake -> {
                            wakes.add(wake);
                            return SomeProduction.state(SomeProduction.LIVE);
                        },
                        List::of);

        model.look();
        model.ask();

        assertThat(wakes).containsExactly(Wake.NEVER, Wake.ALLOWED);
    }

    @Test
    void theWorstProbeOfAMinuteIsItsMarkAndSilenceIsHollow() {
        var model =
                new ProductionModel(
                        desk.desk,
                        _ ->
                                SomeProduction.state(
                                        SomeProduction.LIVE,
                                        SomeProduction.probe(
                                                TestDesk.NOW, Probe.Outcome.FAILING, 503, 20),
                                        SomeProduction.probe(
                                                TestDesk.NOW, Probe.Outcome.HEALTHY, 200, 20),
                                        SomeProduction.probe(
                                                TestDesk.NOW.minusSeconds(60),
                                                Probe.Outcome.HEALTHY,
                                                200,
                                                1_400)),
                        List::of);

        model.look();

        var marks = model.lastHour();
        assertThat(marks).hasSize(60);
        assertThat(marks.getLast().kind()).isEqualTo(Kind.FAILED);
        assertThat(marks.getLast().detail()).contains("14:02").contains("503");
        assertThat(marks.get(58).kind()).isEqualTo(Kind.SLOW);
        assertThat(marks.subList(0, 58))
                .allSatisfy(mark -> assertThat(mark.kind()).isEqualTo(Kind.NOT_CHECKED));
    }

    @Test
    void aWorkerNobodyReachedIsNotShownAsWell() {
        var minutes = new HealthMinutes(java.time.ZoneOffset.UTC);

        minutes.heard(List.of(SomeProduction.probe(TestDesk.NOW, Probe.Outcome.UNREACHABLE, 0, 0)));

        assertThat(minutes.lastHour(TestDesk.NOW).getLast().kind()).isEqualTo(Kind.NOT_CHECKED);
    }

    @Test
    void probesAreRowsOfTheHealthLog() {
        var model =
                new ProductionModel(
                        desk.desk,
                        _ ->
                                SomeProduction.state(
                                        SomeProduction.LIVE,
                                        SomeProduction.probe(
                                                TestDesk.NOW, Probe.Outcome.FAILING, 503, 20)),
                        List::of);

        model.look();

        assertThat(desk.log().reader().poll(10))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.channel()).isEqualTo(LogRow.Channel.HEALTH);
                    assertThat(row.level()).isEqualTo(LogRow.Level.ERROR);
                    assertThat(row.worker()).contains("web");
                });
    }

    @Test
    void whatWaitsIsTheHeadOfTheBaseBranchAndNothingWhenItIsLive() {
        var ahead =
                new ProductionModel(
                        desk.desk, _ -> SomeProduction.state(SomeProduction.AHEAD), List::of);
        var level =
                new ProductionModel(
                        desk.desk, _ -> SomeProduction.state(SomeProduction.LIVE), List::of);

        ahead.look();
        level.look();

        assertThat(ahead.waiting()).contains(SomeProduction.AHEAD);
        assertThat(level.waiting()).isEmpty();
    }

    @Test
    void releasesArePromotionsThatEnded() {
        var model =
                new ProductionModel(
                        desk.desk,
                        _ -> SomeProduction.state(SomeProduction.LIVE),
                        () ->
                                List.of(
                                        SomeProduction.row("r42", OperationState.RUNNING),
                                        SomeProduction.row("r41", OperationState.SUCCEEDED),
                                        SomeProduction.row("r40", OperationState.ROLLED_BACK)));

        model.look();

        assertThat(model.releasesProperty().get())
                .extracting(row -> row.target())
                .containsExactly("r41", "r40");
    }

    @Test
    void everyDriftIsNamed() {
        assertThat(DatabaseCard.drift(SomeProduction.ledger()))
                .containsExactly("0041_plans skipped by Drizzle", "1 row of no known migration");
    }
}
