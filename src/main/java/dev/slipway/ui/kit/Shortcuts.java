package dev.slipway.ui.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// Listens to the keyboard for a whole window. What is valid is asked for at every key, so a view
/// that goes takes its shortcuts with it.
///
/// Plain letters do nothing while a text field has the focus, and can be switched off altogether.
/// Combinations with Ctrl, Alt or a function key work everywhere.
public final class Shortcuts {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Supplier<List<Shortcut>> valid;
    private final InstantSource clock;
    private final BooleanProperty plainKeys = new SimpleBooleanProperty(this, "plainKeys", true);
    private char first;
    private @Nullable Instant firstAt;

    /// @param valid the shortcuts of this moment; the first that fits wins
    public Shortcuts(Supplier<List<Shortcut>> valid, InstantSource clock) {
        this.valid = valid;
        this.clock = clock;
    }

    /// Whether single letters are shortcuts at all.
    public BooleanProperty plainKeysProperty() {
        return plainKeys;
    }

    /// Starts to listen. Combinations are seen before the focused control sees them, because text
    /// fields swallow some; plain letters only when no control wanted them.
    public void listen(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::combination);
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> plain(scene, event));
    }

    private void combination(KeyEvent event) {
        if (!event.isShortcutDown() && !event.isAltDown() && !event.getCode().isFunctionKey()) {
            return;
        }
        for (var shortcut : valid.get()) {
            if (!shortcut.isPlain() && KeyCombination.valueOf(shortcut.keys()).match(event)) {
                event.consume();
                shortcut.action().run();
                return;
            }
        }
    }

    private void plain(Scene scene, KeyEvent event) {
        var typed = event.getCharacter();
        if (!plainKeys.get()
                || typed.length() != 1
                || event.isControlDown()
                || event.isAltDown()
                || event.isMetaDown()
                || scene.getFocusOwner() instanceof TextInputControl) {
            firstAt = null;
            return;
        }
        var letter = Character.toUpperCase(typed.charAt(0));
        var now = clock.instant();
        boolean second = firstAt != null && Duration.between(firstAt, now).compareTo(PAUSE) < 0;
        var keys = second ? first + " " + letter : String.valueOf(letter);
        var before = valid.get();
        firstAt = null;
        for (var shortcut : before) {
            if (shortcut.keys().equals(keys)) {
                event.consume();
                shortcut.action().run();
                return;
            }
        }
        if (before.stream().anyMatch(s -> s.isSequence() && s.keys().charAt(0) == letter)) {
            first = letter;
            firstAt = now;
            event.consume();
        }
    }

    /// Moves the focus to the next (or, when `back`, the previous) of `regions` that can take it.
    public static void cycle(Scene scene, List<? extends Node> regions, boolean back) {
        var owner = scene.getFocusOwner();
        int at = -1;
        for (Node n = owner; n != null && at < 0; n = n.getParent()) {
            at = regions.indexOf(n);
        }
        for (int i = 1; i <= regions.size(); i++) {
            int next = Math.floorMod(back ? (at < 0 ? 0 : at) - i : at + i, regions.size());
            var target = firstFocusable(regions.get(next));
            if (target != null) {
                target.requestFocus();
                return;
            }
        }
    }

    /// The first node in `root` that Tab would reach; null when there is none.
    public static @Nullable Node firstFocusable(Node root) {
        var stops = stops(root);
        return stops.isEmpty() ? null : stops.getFirst();
    }

    /// The nodes in `root` that can take the focus, in the order of Tab.
    static List<Node> stops(Node root) {
        var all = new ArrayList<Node>();
        collect(root, all);
        return all;
    }

    private static void collect(Node node, List<Node> stops) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            stops.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, stops));
        }
    }

    /// Whether `event` is Esc.
    public static boolean isEscape(KeyEvent event) {
        return event.getCode() == KeyCode.ESCAPE;
    }
}
