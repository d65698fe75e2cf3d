package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TableHashes;
import dev.slipway.cli.TestWorld;
import dev.slipway.operation.OperationState;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production database is put back, what that took away comes back, and all of it is undone, in a
/// window over the default world.
class RestoreOnScreenTest {
    private static final List<String> DAMAGE =
            List.of(
                    "insert into orders (user_id, product_id, status, amount_cents) select id, 1,"
                            + " 'open', 4200 from users order by id limit 37",
                    "update users set name = 'Nobody' where legacy_id <= 9012");

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
    void theLossIsSeenBeforeAnythingIsSentAndWhatWasLostComesBack(@TempDir Path folder)
            throws Exception {
        var before = hashes();
        var point = now();
        sql(DAMAGE);
        var damaged = hashes();

        window.open(Place.Rollback.NEAREST);
        lookFirst(point);
        assertThat(hashes()).as("production was only read").isEqualTo(damaged);

        window.act("#scope-data");
        Fx.until(window.scene(), "no release to choose", () -> window.node("#release-r41") == null);
        window.goOn();
        set("#point", "2020-01-01T00:00:00Z");
        Fx.press(window.scene(), KeyCode.ENTER);
        Fx.until(window.scene(), "outside of the window", () -> window.node("#outside") != null);
        assertThat(window.continueDisabled()).isTrue();

        set("#point", point);
        window.act("#count");
        Fx.until(window.scene(), "the loss", () -> window.node("#loss") != null);
        assertThat(window.words())
                .anySatisfy(text ->
                        assertThat(text)
                                .contains("49 rows are lost", "orders 37 new", "users 12 changed")
                                .endsWith("Nothing has been changed yet."));
        newestRowsAreOnTheScreen();
        assertThat(hashes()).as("production was only read").isEqualTo(damaged);

        window.goOn();
        countdownIsCalledOff("lose 49 rows");
        confirm("lose 49 rows", "#roll-back");
        window.skip(Duration.ofSeconds(31));
        var restored = over("Production is back at ");
        assertThat(hashes()).isEqualTo(before);
        Fx.until(window.scene(), "what is kept", () -> window.said("is kept as production_old_"));

        window.act("#choice-rescue");
        rescue(folder.resolve("lost"));
        var rescued = hashes();
        assertThat(rescued.get("public.orders"))
                .isNotNull()
                .isEqualTo(damaged.get("public.orders"));
        assertThat(one("select count(*) from users where name = 'Nobody'")).isEqualTo("11");

        window.go(new Place.Production());
        Fx.until(window.scene(), "the way to a rescue", () -> window.node("#rescue") != null);

        window.go(restored);
        window.act("#choice-undo");
        Fx.until(window.scene(), "what undoing loses", () -> window.node("#loss") != null);
        window.goOn();
        Fx.until(window.scene(), "the phrase", () -> window.node(".confirm-phrase") != null);
        confirm("lose 1 row", "#roll-back");
        window.skip(Duration.ofSeconds(31));
        over("Production is back at production_old_");
        assertThat(hashes()).isEqualTo(damaged);
    }

    /// A branch of its own holds production as it was; production is only read.
    private void lookFirst(String point) throws Exception {
        window.act("#scope-look");
        window.goOn();
        set("#point", point);
        window.act("#count");
        Fx.until(window.scene(), "the branch", () -> window.node("#remove-look") != null);
        assertThat(window.words())
                .anySatisfy(text -> assertThat(text).contains("holds production as it was at"));
        assertThat(window.node("#newest-orders")).isNotNull();
        assertThat(window.node("#continue")).isNull();
        window.act("#remove-look");
        Fx.until(window.scene(), "it is gone", () -> window.node("#remove-look") == null);
        window.act("#back");
    }

    /// What also happens stands above the tables, whose rows are closed.
    private void newestRowsAreOnTheScreen() throws Exception {
        assertThat(top("#also")).isLessThan(top("#newest-orders"));
        assertThat(window.node("#rows-of-orders")).as("it is not precious").isNull();
        window.act("#newest-orders");
        Fx.until(
                window.scene(),
                "values",
                () -> window.words().containsAll(List.of("amount_cents", "open", "4200")));
        assertThat(window.node("#rows-of-users")).as("no row of it is gone").isNull();
        window.act("#newest-orders");
        assertThat(window.node("#rows-of-orders")).isNull();
        assertThat(window.focused()).isEqualTo("newest-orders");
    }

    private double top(String selector) throws InterruptedException {
        return Fx.call(() -> {
            var node = window.node(selector);
            return node.localToScene(node.getBoundsInLocal()).getMinY();
        });
    }

    private void countdownIsCalledOff(String phrase) throws Exception {
        confirm(phrase, "#roll-back");
        Fx.until(window.scene(), "the countdown", () -> "call-off".equals(window.focused()));
        window.skip(Duration.ofSeconds(20));
        Fx.until(window.scene(), "time goes by", () -> left() <= 10);
        assertThat(window.session.operations().list()).isEmpty();
        Fx.press(window.scene(), KeyCode.ESCAPE);
        Fx.until(window.scene(), "called off", () -> window.node("#call-off") == null);
        window.skip(Duration.ofSeconds(60));
        Fx.until(window.scene(), "the phrase again", () -> !window.node("#reason").isDisabled());
        assertThat(window.session.operations().list()).isEmpty();
        assertThat(window.place()).isInstanceOf(Place.Rollback.class);
    }

    private long left() {
        return window.node("#countdown") instanceof Label label
                ? Long.parseLong(label.getText().replaceAll("[^0-9]", ""))
                : Long.MAX_VALUE;
    }

    /// What was lost is written to files and comes back, but for one row that production went on with.
    private void rescue(Path folder) throws Exception {
        assertThat(window.place()).isInstanceOf(Place.Rescue.class);
        Fx.until(window.scene(), "what was taken away", () -> window.node("#kept") != null);
        assertThat(window.words())
                .anySatisfy(text ->
                        assertThat(text)
                                .startsWith("production_old_")
                                .endsWith("took away: 49 rows."));
        set("#folder", "lost");
        window.act("#export");
        Fx.until(window.scene(), "no folder", () -> window.said("\u201clost\u201d is no folder"));
        set("#folder", folder.toString());
        window.act("#export");
        Fx.until(window.scene(), "files", () -> window.said("orders: 37 rows in " + folder));
        assertThat(folder.resolve("orders.sql")).content().contains("insert into");
        assertThat(folder.resolve("users.csv")).content().contains("Nobody");

        sql(List.of("update users set name = 'Somebody' where legacy_id = 9001"));
        window.goOn();
        Fx.until(window.scene(), "it was tried", () -> window.node("#leave-conflicts") != null);
        Fx.until(
                window.scene(),
                "the conflict",
                () -> window.said("1 row of users: changed in production since the restore."));
        assertThat(window.node("#bring-back").isDisabled()).isTrue();
        window.act("#leave-conflicts");
        Fx.until(
                window.scene(), "tried again", () -> !window.node("#leave-conflicts").isDisabled());
        confirm("bring back 48 rows", "#bring-back");
        over("48 rows are back in production");
        Fx.until(
                window.scene(),
                "what came back and what is left",
                () ->
                        window.said("users 11 updated; orders 37 inserted.")
                                && window.said("Left as production has it: 1 row of users"));
    }

    private Place over(String title) throws InterruptedException {
        Fx.until(
                window.scene(),
                title,
                () ->
                        window.place() instanceof Place.Operation(var id)
                                && window.session.operations().one(id).stream()
                                        .anyMatch(run -> run.row().state().terminal())
                                && window.words().stream().anyMatch(t -> t.startsWith(title)));
        var id = ((Place.Operation) window.place()).id();
        assertThat(window.session.operations().one(id).orElseThrow().row().state())
                .isEqualTo(OperationState.SUCCEEDED);
        return new Place.Operation(id);
    }

    private void confirm(String phrase, String button) throws InterruptedException {
        Fx.until(window.scene(), "the reason", () -> window.node("#reason") != null);
        Fx.until(window.scene(), phrase, () -> phrase().equals(phrase));
        set("#reason", "orders wrong");
        Fx.run(() ->
                ((TextField) window.node(".phrase-field").lookup(".text-field")).setText(phrase));
        window.act(button);
    }

    private String phrase() {
        return ((Label) window.node(".confirm-phrase .phrase")).getText();
    }

    private void set(String selector, String text) throws InterruptedException {
        Fx.until(
                window.scene(),
                selector,
                () -> window.node(selector) != null && !window.node(selector).isDisabled());
        Fx.run(() -> {
            var field = (TextField) window.node(selector);
            field.requestFocus();
            field.setText(text);
        });
        Fx.pulse(window.scene());
    }

    private Map<String, String> hashes() throws Exception {
        try (var connection = TestWorld.production(window.sandbox)) {
            return TableHashes.of(connection);
        }
    }

    private String one(String sql) throws Exception {
        try (var connection = TestWorld.production(window.sandbox)) {
            return TableHashes.one(connection, sql);
        }
    }

    private void sql(List<String> statements) throws Exception {
        try (var connection = TestWorld.production(window.sandbox)) {
            TableHashes.run(connection, statements);
        }
    }

    private String now() throws Exception {
        try (var connection = TestWorld.production(window.sandbox)) {
            return TableHashes.now(connection);
        }
    }
}
