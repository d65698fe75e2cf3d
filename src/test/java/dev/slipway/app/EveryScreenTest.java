package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.stack.StackFile;
import dev.slipway.ui.kit.Fx;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.window.WindowScreens;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Walks every page, dialog and moment of the default world.
class EveryScreenTest {
    @TempDir private static Path home;
    private static WorldSession session;

    @BeforeAll
    static void start() {
        var sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(home).create(),
                        WorldFile.parse(sandbox.worldFile().line()),
                        StackFile.read(sandbox.stack()),
                        sandbox);
    }

    @AfterAll
    static void end() {
        session.close();
    }

    @Test
    void everyControlThatTakesTheFocusHasARoleAndSaysWhatItIs() throws Exception {
        var screens = WindowScreens.screens(session, Clock.systemUTC(), ZoneOffset.UTC);
        assertThat(screens)
                .extracting(Screen::name)
                .contains(
                        "previews-drawer-checks",
                        "previews-provider-down",
                        "previews-offline",
                        "previews-armed",
                        "dialog-close",
                        "settings",
                        "first-run",
                        "promotion-5-confirm",
                        "production-can-go-back",
                        "production-held",
                        "rollback-1-choose",
                        "rollback-1-choose-look-first",
                        "rollback-2-confirm",
                        "rollback-2-confirm-closed",
                        "rollback-run",
                        "rollback-2-loss",
                        "rollback-2-loss-outside",
                        "rollback-2-look",
                        "rollback-3-confirm-restore",
                        "rollback-3-countdown",
                        "restore-result",
                        "dialog-hold",
                        "rescue-1-none",
                        "rescue-1-rows",
                        "rescue-1-written",
                        "rescue-2-conflict",
                        "rescue-2-confirm",
                        "rescue-result",
                        "production-overtaken",
                        "heal-1-needless",
                        "heal-1-confirm",
                        "heal-1-confirm-closed",
                        "heal-result",
                        "rollback-result");
        var mute = new ArrayList<String>();
        for (var screen : screens) {
            var scene = Fx.call(() -> new Scene(screen.root().get(), 1280, 800));
            var stage = Fx.show(scene);
            Fx.run(() -> walk(screen.name(), scene.getRoot(), mute));
            Fx.run(() -> {
                stage.hide();
                scene.setRoot(new javafx.scene.layout.Region());
            });
        }
        assertThat(mute).isEmpty();
    }

    private static void walk(String screen, Node node, List<String> mute) {
        if (!node.isVisible()) {
            return;
        }
        // Bars and panes only move what others say.
        var says = !(node instanceof ScrollBar) && !(node instanceof ScrollPane);
        if (node.isFocusTraversable() && says) {
            if (text(node).isBlank() || node.getAccessibleRole() == AccessibleRole.NODE) {
                mute.add(
                        screen
                                + ": "
                                + node.getClass().getSimpleName()
                                + " "
                                + node.getStyleClass()
                                + " "
                                + node.getAccessibleRole());
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(screen, child, mute));
        }
    }

    private static String text(Node node) {
        var spoken = node.getAccessibleText();
        if (spoken != null && !spoken.isBlank()) {
            return spoken;
        }
        return switch (node) {
            case Labeled labeled -> labeled.getText() == null ? "" : labeled.getText();
            case TextInputControl field ->
                    field.getPromptText() == null ? "" : field.getPromptText();
            case Control control when control.getTooltip() != null ->
                    control.getTooltip().getText();
            default -> "";
        };
    }
}
