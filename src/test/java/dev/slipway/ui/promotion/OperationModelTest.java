package dev.slipway.ui.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.Arming;
import dev.slipway.operation.OperationState;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Status;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of an operation without a window.
class OperationModelTest {
    private static final String ID = "0123456789ab";

    private DemoReleases releases;
    private Arming arming;
    private OperationModel page;

    @BeforeEach
    void open(@TempDir Path folder) {
        releases = new DemoReleases(folder, () -> DemoReleases.NOW);
        arming = new Arming(() -> DemoReleases.NOW);
        page =
                new OperationModel(
                        ID,
                        releases,
                        arming,
                        Background.inline(),
                        Runnable::run,
                        () -> DemoReleases.NOW);
    }

    @AfterEach
    void close() {
        releases.close();
    }

    @Test
    void anInterruptedOperationComparesAndRunsNothingByItself() {
        releases.beginElsewhere();

        page.open();
        page.tick();

        var sheet = page.sheetProperty().get().orElseThrow();
        assertThat(sheet.row().state()).isEqualTo(OperationState.INTERRUPTED);
        var story = Story.of(sheet).orElseThrow();
        assertThat(story.title()).isEqualTo("Interrupted operation");
        assertThat(story.changed())
                .isEqualTo(
                        "Users see r41. 0043_payment_intents has not run in production. #482 is merged.");
        assertThat(story.choices())
                .extracting(Story.Choice::kind)
                .containsExactly(Story.Kind.CONTINUE, Story.Kind.ROLL_BACK, Story.Kind.LEAVE);
        var compared = Compared.of(sheet.plan(), sheet.state(), page.productionProperty().get());
        assertThat(compared)
                .last()
                .satisfies(schema -> {
                    assertThat(schema.status()).isEqualTo(Status.UNKNOWN);
                    assertThat(schema.now()).isEqualTo("Neon does not answer.");
                });
        assertThat(Compared.verdict(compared)).contains("Not everything can be read");
        assertThat(releases.started).isEmpty();
    }

    @Test
    void continuingIsRefusedUntilItIsArmed() {
        releases.beginElsewhere();
        page.open();

        page.goOn("go on");
        assertThat(page.problemProperty().get()).contains("read-only", "Nothing was changed");
        page.rollBack("go back");
        assertThat(releases.started).isEmpty();

        arming.arm("kim", "release r42");
        page.goOn("it was the power");
        assertThat(releases.started).containsExactly("CONTINUE because it was the power");
    }

    @Test
    void aFailureSaysWhatHappenedWhatStandsAndWhatIsNext() {
        var sheet = Illustration.rolledBack(DemoReleases.plan("1".repeat(40)), DemoReleases.NOW);

        var story = Story.of(sheet).orElseThrow();

        assertThat(story.title()).isEqualTo("Traffic is back on r41");
        assertThat(story.happened()).contains("below the limit", "3 of 9 probes failed");
        assertThat(story.changed())
                .contains(
                        "Users see r41.",
                        "0043_payment_intents is applied; r41 works with it.",
                        "#482 is merged.");
        assertThat(story.next()).contains("Fix the cause");
        assertThat(sheet.stages())
                .filteredOn(s -> s.name().equals("Traffic 10 %"))
                .singleElement()
                .satisfies(
                        stage -> assertThat(stage.status().word()).isEqualTo("Failed, put back"));
    }

    @Test
    void goingBackNamesEachWorkerBeforeItIsAsked() {
        var sheet = Illustration.interrupted(DemoReleases.plan("1".repeat(40)), DemoReleases.NOW);

        assertThat(Story.compensations(sheet.plan(), sheet.state()))
                .extracting(s -> s.title())
                .containsExactly("Put the traffic of web back to r41");
        assertThat(Story.wayBack(sheet.plan(), sheet.state()))
                .isEqualTo(
                        "All traffic goes to r41, on 1 Worker. The lock is released. #482 stays on the base branch. 0043_payment_intents stays; r41 works with it.");
    }

    @Test
    void aFinishedOperationShowsItsStagesAndAnotherOneKnowsHowLongItTook() {
        var sheet = Illustration.done(DemoReleases.plan("1".repeat(40)), DemoReleases.NOW);

        assertThat(sheet.over()).isTrue();
        assertThat(sheet.stages())
                .allSatisfy(stage -> assertThat(stage.status()).isEqualTo(Status.DONE));
        assertThat(Estimate.of(java.util.List.of(sheet.detail())).orElseThrow().groups())
                .containsKey("await-versions");
        assertThat(Estimate.of(java.util.List.of())).isEqualTo(Optional.empty());
    }

    @Test
    void anOperationNobodyKnowsIsSaidInASentence() {
        page.open();

        assertThat(page.sheetProperty().get()).isEmpty();
        assertThat(page.problemProperty().get()).contains("There is no operation " + ID);
    }
}
