package dev.slipway.ui.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.Arming;
import dev.slipway.release.Gate;
import dev.slipway.ui.kit.Background;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The wizard without a window.
class PromotionModelTest {
    private final List<String> began = new ArrayList<>();
    private DemoReleases releases;
    private Arming arming;
    private PromotionModel wizard;

    @BeforeEach
    void open(@TempDir Path folder) {
        releases = new DemoReleases(folder, () -> DemoReleases.NOW);
        arming = new Arming(() -> DemoReleases.NOW);
        wizard =
                new PromotionModel(
                        new Aim.Promotion("482"),
                        releases,
                        arming,
                        Background.inline(),
                        () -> DemoReleases.NOW,
                        (_, operation) -> {
                            operation.await();
                            began.add(operation.plan().id());
                        });
        wizard.open();
    }

    @AfterEach
    void close() {
        releases.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Gate.State.class,
            names = {"FAIL", "UNKNOWN"})
    void aClosedOrUnknownGateLeavesNoWayToConfirm(Gate.State state) {
        releases.gates.add(DemoReleases.gate("lock", state));
        wizard.checkAgain();

        for (int i = 0; i < 10; i++) {
            wizard.next();
        }
        wizard.visit(Page.PLAN);
        wizard.visit(Page.CONFIRM);

        assertThat(wizard.draft().page()).isEqualTo(Page.PREFLIGHT);
        assertThat(wizard.draft().canContinue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Gate.State.class,
            names = {"FAIL", "UNKNOWN"})
    void theGateARehearsalAnswersLetsItsPageBeSeenAndNothingBehindIt(Gate.State state) {
        releases.gates.add(DemoReleases.gate(Gate.VERDICT, state));
        wizard.checkAgain();

        for (int i = 0; i < 10; i++) {
            wizard.next();
        }
        wizard.visit(Page.PLAN);
        wizard.visit(Page.CONFIRM);

        assertThat(wizard.draft().page()).isEqualTo(Page.REHEARSE);
        assertThat(wizard.draft().canContinue()).isFalse();
    }

    @Test
    void comingToConfirmReadsTheFactsAgainAndGoesNoFurtherByItself() {
        toConfirm();
        var asked = releases.proposals;

        wizard.next();

        assertThat(asked).isEqualTo(2);
        assertThat(wizard.draft().page()).isEqualTo(Page.CONFIRM);
        assertThat(wizard.draft().confirmedAt()).isEqualTo(Optional.of(DemoReleases.NOW));
        assertThat(wizard.draft().confirmable()).isTrue();
        assertThat(releases.started).isEmpty();
    }

    @Test
    void aPlanThatChangedIsShownAndAskedAgain() {
        toPlan();
        releases.base = "2".repeat(40);
        arming.arm("kim", "release r42");

        wizard.next();
        wizard.start("promote r42", "why not");

        assertThat(releases.started).isEmpty();
        assertThat(wizard.draft().changes())
                .singleElement()
                .asString()
                .startsWith("base was 1111111")
                .contains(", now it is 2222222");
        wizard.acceptChange();
        assertThat(wizard.draft().changes()).isEmpty();
        wizard.start("promote r42", "the base moved");
        assertThat(releases.started).containsExactly("promote r42 because the base moved");
    }

    @Test
    void withoutArmingNothingStarts() {
        toConfirm();

        wizard.start("promote r42", "a reason");

        assertThat(releases.started).isEmpty();
        assertThat(began).isEmpty();
        assertThat(wizard.draft().problem()).contains("read-only", "Nothing was changed");
    }

    @Test
    void onlyTheConfirmPageStarts() {
        arming.arm("kim", "release r42");
        toPlan();

        wizard.start("promote r42", "a reason");

        assertThat(releases.started).isEmpty();
    }

    @Test
    void aConfirmedPromotionRunsWithItsOwnReason() {
        arming.arm("kim", "release r42");
        toConfirm();

        wizard.start("promote r42", "payment flow for Monday");

        assertThat(releases.started).containsExactly("promote r42 because payment flow for Monday");
        assertThat(began).containsExactly("0123456789ab");
    }

    @Test
    void aGateThatClosesWhileConfirmingEndsTheWay() {
        arming.arm("kim", "release r42");
        toPlan();
        releases.gates.add(DemoReleases.gate("lock", Gate.State.FAIL));

        wizard.next();
        wizard.start("promote r42", "a reason");

        assertThat(wizard.draft().confirmable()).isFalse();
        assertThat(releases.started).isEmpty();
    }

    @Test
    void aWaivedGateStaysWaivedWhenTheFactsAreReadAgain() {
        releases.gates.set(1, DemoReleases.gate("checks", Gate.State.UNKNOWN));
        wizard.checkAgain();
        wizard.waive("checks", "seen green by hand");

        toConfirm();

        assertThat(wizard.draft().confirmable()).isTrue();
        assertThat(wizard.draft().proposal().orElseThrow().gates().get(1).evidence())
                .contains("seen green by hand");
    }

    @Test
    void everyStepOfThePlanIsInExactlyOneRow() {
        var plan = DemoReleases.plan("1".repeat(40));

        var steps = PlanRows.of(plan).stream().flatMap(row -> row.steps().stream()).toList();

        assertThat(steps).containsExactlyInAnyOrderElementsOf(plan.steps());
        assertThat(PlanRows.of(plan))
                .filteredOn(PlanRows.Row::open)
                .extracting(PlanRows.Row::title)
                .containsExactly("Merge #482 at 8b4d0c7");
    }

    @Test
    void anUnreadableTargetIsSaidInASentence() {
        var wrong =
                new PromotionModel(
                        new Aim.Promotion("main"),
                        releases,
                        arming,
                        Background.inline(),
                        () -> Instant.EPOCH,
                        (_, _) -> {});

        wrong.open();

        assertThat(wrong.draft().problem()).contains("main", "neither a pull request number");
        assertThat(wrong.draft().canContinue()).isFalse();
    }

    private void toPlan() {
        while (wizard.draft().page() != Page.PLAN) {
            var before = wizard.draft().page();
            wizard.next();
            assertThat(wizard.draft().page()).isNotEqualTo(before);
        }
        assertThat(wizard.draft().proposal().map(p -> p.plan().target()))
                .isEqualTo(Optional.of("r42"));
    }

    private void toConfirm() {
        toPlan();
        wizard.next();
    }
}
