package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.OperationState;
import dev.slipway.release.rollback.Overtaken;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerUpload;
import dev.slipway.sandbox.world.WorkerVersion;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.shell.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a rollback what serves is uploaded again from a window over the default world.
class HealOnScreenTest {
    private static final String WEB = "web-worker-production";

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
    void fromTheBannerToTheResultByKeysAloneAndThenNothingNeedsIt() throws Exception {
        window.promote(482);
        window.carryOut(window.session.rollbacks().propose(Optional.of("r41"), false));
        var before = serving();
        assertThat(overtaken()).containsExactly("web", "auth", "stripe-webhook-handler");

        window.open(new Place.Production());
        Fx.until(window.scene(), "the banner", () -> window.said("The newest version of web, "));
        Fx.until(window.scene(), "its button", () -> window.said("Heal\u2026"));
        Fx.press(window.scene(), KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.H);
        assertThat(window.place()).isEqualTo(new Place.Heal());
        Fx.until(
                window.scene(),
                "the reason has the focus",
                () -> "reason".equals(window.focused()));
        assertThat(window.words())
                .contains(
                        "Make what serves the newest version of web, auth, stripe-webhook-handler"
                                + " again?")
                .anySatisfy(text -> assertThat(text).contains("10215", "10214"))
                .anySatisfy(text -> assertThat(text).startsWith("Not copied: "));
        assertThat(((Button) window.node("#upload-again")).getText())
                .as("nothing is armed")
                .isEqualTo("Arm: Upload again");

        window.type("rotate a key");
        Fx.press(window.scene(), KeyCode.TAB);
        Fx.run(() ->
                ((TextField) window.scene().getFocusOwner())
                        .setText("heal web, auth, stripe-webhook-handler"));
        Fx.press(window.scene(), KeyCode.ENTER);
        assertThat(window.place()).isEqualTo(new Place.Heal());
        assertThat(serving()).as("nothing was sent before the button").isEqualTo(before);
        Fx.until(window.scene(), "the button", () -> !window.node("#upload-again").isDisabled());
        Fx.press(window.scene(), KeyCode.TAB);
        assertThat(Fx.call(window::focused)).isEqualTo("upload-again");
        Fx.press(window.scene(), KeyCode.SPACE);

        Fx.until(window.scene(), "its operation", () -> window.place() instanceof Place.Operation);
        Fx.until(
                window.scene(),
                "the result",
                () -> window.said("What serves is the newest version of web, auth"));
        var operation =
                window.session
                        .operations()
                        .one(((Place.Operation) window.place()).id())
                        .orElseThrow()
                        .row();
        assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(operation.by()).isEqualTo(window.session.login());
        var after = serving();
        before.forEach((script, old) -> {
            var now = after.get(script);
            assertThat(now.id()).isNotEqualTo(old.id());
            assertThat(now.modules()).isEqualTo(old.modules());
            assertThat(now.bindings()).containsExactlyInAnyOrderElementsOf(old.bindings());
        });
        assertThat(overtaken()).isEmpty();

        window.go(new Place.Heal());
        Fx.until(window.scene(), "nothing to do", () -> window.said("Nothing needs healing"));
        assertThat(window.node("#upload-again")).isNull();
    }

    /// The way is closed before anything begins, and the page says why.
    @Test
    void aWorkerWithStaticAssetsIsRefusedWhereItIsConfirmed() throws Exception {
        var workers = window.sandbox.cloudflare().workers();
        workers.deploy(
                WEB,
                WorkerUpload.of("export default {}", "{}")
                        .bind(new WorkerBinding("assets", "ASSETS", Map.of())));
        workers.upload(WEB, WorkerUpload.of("export default {}", "{}"));
        var before = serving();

        window.open(new Place.Heal());
        Fx.until(
                window.scene(),
                "the way is closed",
                () ->
                        window.words().stream()
                                .anyMatch(text ->
                                        text.startsWith("The way is closed.")
                                                && text.contains("static assets")));
        Fx.run(() -> ((TextField) window.node("#reason")).setText("rotate a key"));
        Fx.run(() -> ((TextField) window.node(".confirm-phrase .text-field")).setText("heal web"));
        window.skip(Duration.ofSeconds(3));
        Fx.pulse(window.scene());
        assertThat(window.node("#upload-again").isDisabled()).isTrue();
        assertThat(serving()).isEqualTo(before);
    }

    private List<String> overtaken() {
        return window.session.rollbacks().look().overtaken().stream()
                .map(Overtaken::worker)
                .toList();
    }

    private Map<String, WorkerVersion> serving() {
        var serving = new TreeMap<String, WorkerVersion>();
        window.sandbox.cloudflare().workers().scripts().stream()
                .filter(s -> s.name().endsWith("-production"))
                .forEach(s -> serving.put(s.name(), s.live().orElseThrow()));
        return serving;
    }
}
