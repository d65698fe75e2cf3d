package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.PullRequestNumber;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.OperationState;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.Target;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A migration that Drizzle skips is repaired in a window over the default world, by keys alone.
class RepairOnScreenTest {
    private static final String TAG = "0043_email_preferences";

    private WorldOnScreen window;

    @BeforeEach
    void start(@TempDir Path home) {
        window = new WorldOnScreen(home);
    }

    @AfterEach
    void end() throws Exception {
        window.hide();
        window.close();
        assertThat(window.bugs).isEmpty();
    }

    @Test
    void theGateThatStopsItLeadsToTheRepairWhichIsRunAndSeenInTheDrawer() throws Exception {
        window.open(new Place.Promotion("476"));
        window.goOn();
        assertThat(window.continueDisabled()).isTrue();
        window.act("#fix-ledger");
        assertThat(window.place()).isEqualTo(new Place.Repair(TAG));
        assertThat(window.continueDisabled()).isTrue();

        // What it does is not there, so it cannot be only written down.
        choose("#repair-record", "write it down");
        window.goOn();
        Fx.until(window.scene(), "the gates", () -> window.scene().lookup(".preflight") != null);
        assertThat(window.words())
                .anySatisfy(text ->
                        assertThat(text).contains("not there", "Run it instead", "Nothing was"));
        assertThat(window.continueDisabled()).isTrue();

        Fx.press(window.scene(), KeyCode.ALT, KeyCode.DIGIT1);
        choose("#repair-apply", "run it now");
        window.goOn();
        window.goOn();
        Fx.until(
                window.scene(),
                "the verdict",
                () -> window.scene().lookup(".verdict-card") != null);
        window.goOn();
        assertThat(window.scene().lookup(".plan-table")).isNotNull();
        window.arm("merged late");
        window.goOn();
        assertThat(window.words()).contains("Run " + TAG + " in production now?");

        Fx.until(
                window.scene(),
                "the phrase",
                () -> window.scene().getFocusOwner() instanceof TextField);
        Fx.run(() -> ((TextField) window.scene().getFocusOwner()).setText("repair " + TAG));
        window.act("#promote");
        Fx.until(window.scene(), "its operation", () -> window.place() instanceof Place.Operation);
        var id = ((Place.Operation) window.place()).id();
        Fx.until(
                window.scene(),
                "the end",
                () ->
                        window.session.operations().one(id).stream()
                                .anyMatch(run -> run.row().state().terminal()));
        assertThat(window.session.operations().one(id).orElseThrow().row())
                .satisfies(row -> {
                    assertThat(row.state()).isEqualTo(OperationState.SUCCEEDED);
                    assertThat(row.kind()).isEqualTo("repair");
                });
        Fx.until(window.scene(), "the result", () -> window.words().contains(TAG + " has run"));
        assertThat(
                        window.session
                                .rehearsals()
                                .migrations(
                                        new Target.OfPullRequest(new PullRequestNumber(476)),
                                        Wake.ALLOWED)
                                .ledger()
                                .orElseThrow()
                                .in(LedgerState.State.SKIPPED_BY_DRIZZLE))
                .isEmpty();
    }

    private void choose(String repair, String said) throws Exception {
        window.act(repair);
        Fx.until(window.scene(), said, () -> window.words().contains(said));
    }

    @Test
    void theDrawerLeadsToTheRepair() throws Exception {
        window.open(new Place.Previews("", Optional.of(476), "Migrations"));
        window.act("#read-ledger");
        window.act("#repair");

        assertThat(window.place()).isEqualTo(new Place.Repair(TAG));
        assertThat(window.words()).contains("Run it now", "Write it down as applied");
    }
}
