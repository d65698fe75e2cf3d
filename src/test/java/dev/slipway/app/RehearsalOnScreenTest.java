package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.log.LogRow;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wizard's page "Rehearse" and the drawer's tab "Migrations" in a window over the default world,
/// by keys alone.
class RehearsalOnScreenTest {
    @TempDir private static Path home;
    private static WorldOnScreen window;

    @BeforeAll
    static void start() {
        window = new WorldOnScreen(home);
    }

    @AfterAll
    static void end() {
        window.close();
    }

    @AfterEach
    void close() throws Exception {
        window.hide();
        assertThat(window.bugs).isEmpty();
        var sandbox = window.sandbox;
        assertThat(sandbox.neon().branches(sandbox.worldFile().project()))
                .noneMatch(branch -> branch.name().startsWith("slipway/"));
    }

    @Test
    void itRehearsesByItselfShowsWhatBreaksAndOpensTheEvidence() throws Exception {
        open("471");
        toRehearse();
        Fx.until(
                window.scene(),
                "the verdict",
                () -> window.scene().lookup(".verdict-card") != null);

        assertThat(window.words())
                .contains("The new code gets traffic first, then the migrations run.")
                .anySatisfy(text -> assertThat(text).contains("0043_drop_legacy_id takes away"))
                .contains("Move to after traffic", "42703", "users");

        Fx.run(() -> focusOn("Statement 1 of 0043_drop_legacy_id"));
        Fx.press(window.scene(), KeyCode.ENTER);
        Fx.until(window.scene(), "the evidence", () -> window.scene().lookup(".drawer") != null);
        assertThat(window.words()).contains("ALTER TABLE \"users\" DROP COLUMN \"legacy_id\"");

        Fx.until(
                window.scene(),
                "focus in the drawer",
                () -> in(".drawer", window.scene().getFocusOwner()));
        Fx.press(window.scene(), KeyCode.ESCAPE);
        Fx.until(
                window.scene(),
                "focus back on the row",
                () ->
                        window.scene().lookup(".drawer") == null
                                && WorldOnScreen.spoken(window.scene().getFocusOwner())
                                        .startsWith("Statement 1 of 0043_drop_legacy_id"));

        Fx.press(window.scene(), KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(window.scene().lookup(".plan-table")).isNotNull();
        assertThat(rows())
                .extracting(LogRow::text)
                .anySatisfy(text ->
                        assertThat(text)
                                .startsWith("#471: 0043_drop_legacy_id statement 1 of 1, "));
    }

    @Test
    void aFailedRehearsalIsTheEndOfTheWay() throws Exception {
        open("485");
        Fx.until(window.scene(), "the proposal", () -> !window.continueDisabled());
        Fx.press(window.scene(), KeyCode.CONTROL, KeyCode.ENTER);

        // Its checks are red, so the way ends before the rehearsal.
        assertThat(window.continueDisabled()).isTrue();
        Fx.press(window.scene(), KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(window.scene().lookup(".preflight")).isNotNull();
    }

    @Test
    void withoutMigrationsThereIsNothingToRehearse() throws Exception {
        open("487");
        toRehearse();

        assertThat(window.words()).contains("No migrations in r42. Nothing to rehearse.");
        assertThat(window.continueDisabled()).isFalse();
    }

    @Test
    void stoppingRemovesTheBranchAndLeavesTheWayClosed() throws Exception {
        open("482");
        toRehearse();
        Fx.until(
                window.scene(),
                "a branch",
                () ->
                        window.words().stream()
                                .anyMatch(text -> text.startsWith("Branches production")));

        Fx.run(() ->
                Objects.requireNonNull(window.scene().lookup("#stop-rehearsing")).requestFocus());
        Fx.press(window.scene(), KeyCode.SPACE);
        Fx.until(
                window.scene(), "the end", () -> window.scene().lookup("#stop-rehearsing") == null);

        assertThat(window.words())
                .anySatisfy(text ->
                        assertThat(text)
                                .contains(
                                        "was stopped",
                                        "Production was only read",
                                        "branch was removed"));
        assertThat(window.continueDisabled()).isTrue();
        assertThat(window.scene().lookup("#rehearse")).isNotNull();
    }

    @Test
    void thePreviewsMigrationsAreListedAndRehearsedInItsDrawer() throws Exception {
        window.open(new Place.Previews("", Optional.of(471), "Migrations"));
        window.act("#read-ledger");
        Fx.until(
                window.scene(),
                "the migrations",
                () -> window.row("0043_drop_legacy_id").contains("Pending"));
        assertThat(window.row("0042_email_verified")).contains("Applied");
        Fx.until(
                window.scene(),
                "the button",
                () -> !window.scene().lookup("#rehearse").isDisabled());

        Fx.run(() -> window.scene().lookup("#rehearse").requestFocus());
        Fx.press(window.scene(), KeyCode.SPACE);
        Fx.until(
                window.scene(),
                "figures",
                () -> window.row("0043_drop_legacy_id").contains("breaks"));

        assertThat(window.row("0043_drop_legacy_id")).contains("ms", "of WAL");
        assertThat(window.words())
                .anyMatch(w -> w.matches("rehearsed (just now|.+ ago)"))
                .anyMatch(w -> w.contains("42703"));
    }

    @Test
    void aForkIsListedAndNotRehearsed() throws Exception {
        window.open(new Place.Previews("", Optional.of(483), "Migrations"));
        window.act("#read-ledger");
        Fx.until(
                window.scene(),
                "the migrations",
                () -> window.row("0042_email_verified").contains("Applied"));

        assertThat(window.scene().lookup("#rehearse").isDisabled()).isTrue();
        assertThat(window.words()).anyMatch(w -> w.startsWith("It comes from a fork."));
    }

    @Test
    void aMigrationDrizzleWillNeverRunSaysWhatToDo() throws Exception {
        window.open(new Place.Previews("", Optional.of(476), "Migrations"));
        window.act("#read-ledger");

        Fx.until(
                window.scene(),
                "the migrations",
                () -> window.row("0043_email_preferences").contains("Skipped by Drizzle"));
        assertThat(window.row("0043_email_preferences")).contains("Repair it", "generate it again");
    }

    private void open(String target) throws Exception {
        window.open(new Place.Promotion(target));
    }

    private void toRehearse() throws InterruptedException {
        window.goOn();
        window.goOn();
    }

    private List<LogRow> rows() {
        var rows = new ArrayList<LogRow>();
        var reader = window.session.log().reader();
        var some = reader.poll(1_000);
        while (!some.isEmpty()) {
            rows.addAll(some);
            some = reader.poll(1_000);
        }
        return rows;
    }

    private void focusOn(String sentence) {
        window.scene().getRoot().lookupAll(".spoken").stream()
                .filter(node -> WorldOnScreen.spoken(node).startsWith(sentence))
                .findFirst()
                .orElseThrow()
                .requestFocus();
    }

    private boolean in(String style, Node node) {
        for (var at = node; at != null; at = at.getParent()) {
            if (at.equals(window.scene().lookup(style))) {
                return true;
            }
        }
        return false;
    }
}
