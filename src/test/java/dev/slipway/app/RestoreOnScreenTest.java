package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.TableHashes;
import dev.slipway.cli.TestWorld;
import dev.slipway.operation.OperationState;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production database is put back, and that is undone, in a window over the default world.
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
    void theLossIsSeenBeforeAnythingIsSentAndTheUndoBringsItBack() throws Exception {
        var before = hashes();
        var point = now();
        try (var connection = TestWorld.production(window.sandbox)) {
            TableHashes.run(connection, DAMAGE);
        }
        var damaged = hashes();

        window.open(Place.Rollback.NEAREST);
        window.act("#scope-data");
        Fx.until(window.scene(), "no release to choose", () -> node("#release-r41") == null);
        window.goOn();
        set("#point", "2020-01-01T00:00:00Z");
        Fx.press(window.scene(), KeyCode.ENTER);
        Fx.until(window.scene(), "outside of the window", () -> node("#outside") != null);
        assertThat(window.continueDisabled()).isTrue();

        set("#point", point);
        window.act("#count");
        Fx.until(window.scene(), "the loss", () -> node("#loss") != null);
        assertThat(window.words())
                .anySatisfy(text ->
                        assertThat(text)
                                .contains("49 rows are lost", "orders 37 new", "users 12 changed")
                                .endsWith("Nothing has been changed yet."));
        assertThat(hashes()).as("production was only read").isEqualTo(damaged);

        window.goOn();
        confirm("lose 49 rows");
        // Esc calls it off: nothing is sent.
        Fx.until(window.scene(), "the countdown", () -> "call-off".equals(focused()));
        Fx.press(window.scene(), KeyCode.ESCAPE);
        Fx.until(window.scene(), "called off", () -> node("#call-off") == null);
        assertThat(window.session.operations().list()).isEmpty();
        assertThat(window.place()).isInstanceOf(Place.Rollback.class);

        confirm("lose 49 rows");
        over("Production is back at ");
        assertThat(hashes()).isEqualTo(before);
        assertThat(window.words())
                .anySatisfy(text -> assertThat(text).contains("is kept as production_old_"));

        window.act("#choice-undo");
        Fx.until(window.scene(), "what undoing loses", () -> node("#loss") != null);
        window.goOn();
        Fx.until(window.scene(), "the phrase", () -> node(".confirm-phrase") != null);
        confirm(phrase());
        over("Production is back at production_old_");
        assertThat(hashes()).isEqualTo(damaged);
    }

    private void over(String title) throws InterruptedException {
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
    }

    private void confirm(String phrase) throws InterruptedException {
        Fx.until(window.scene(), "the reason", () -> node("#reason") != null);
        set("#reason", "orders wrong");
        Fx.until(window.scene(), phrase, () -> phrase().equals(phrase));
        Fx.run(() -> ((TextField) node(".phrase-field").lookup(".text-field")).setText(phrase));
        window.act("#roll-back");
    }

    private String phrase() {
        return ((javafx.scene.control.Label) node(".confirm-phrase .phrase")).getText();
    }

    private void set(String selector, String text) throws InterruptedException {
        Fx.until(
                window.scene(),
                selector,
                () -> node(selector) != null && !node(selector).isDisabled());
        Fx.run(() -> {
            var field = (TextField) node(selector);
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

    private String now() throws Exception {
        try (var connection = TestWorld.production(window.sandbox)) {
            return TableHashes.now(connection);
        }
    }

    private String focused() {
        var owner = window.scene().getFocusOwner();
        return owner == null || owner.getId() == null ? "" : owner.getId();
    }

    private Node node(String selector) {
        return window.scene().lookup(selector);
    }
}
