package dev.slipway.ui.kit;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;

/// Keeps the focus where the person put it while nodes are made anew around it.
public final class KeptFocus {
    private KeptFocus() {}

    /// Runs `draw`, which may replace everything inside `boxes`. What had the focus there has it
    /// again: the node of the same id, else the one that says the same, else what stands in its
    /// place, such as a row whose words have changed. A named node that is gone leaves the focus to
    /// the first of the first box.
    public static void in(Runnable draw, Parent... boxes) {
        var held = Optional.<Held>empty();
        for (var box : boxes) {
            held = held.or(() -> Held.in(box));
        }
        draw.run();
        if (held.isPresent() && held.get().gone()) {
            held.get()
                    .again(boxes)
                    .or(() -> Optional.ofNullable(Shortcuts.firstFocusable(boxes[0])))
                    .ifPresent(Node::requestFocus);
        }
    }

    /// What has the focus inside a box.
    private record Held(Node node, Parent box, int place) {
        static Optional<Held> in(Parent box) {
            var scene = box.getScene();
            var stops = Shortcuts.stops(box);
            return Optional.ofNullable(scene == null ? null : scene.getFocusOwner())
                    .filter(stops::contains)
                    .map(owner -> new Held(owner, box, stops.indexOf(owner)));
        }

        boolean gone() {
            return node.getScene() == null;
        }

        Optional<Node> again(Parent... boxes) {
            for (var each : boxes) {
                var same =
                        Shortcuts.stops(each).stream()
                                .filter(n -> name(n).equals(name(node)))
                                .findFirst();
                if (same.isPresent()) {
                    return same;
                }
            }
            var stops = Shortcuts.stops(box);
            return node.getId() != null || stops.isEmpty()
                    ? Optional.empty()
                    : Optional.of(stops.get(Math.min(place, stops.size() - 1)));
        }
    }

    private static String name(Node node) {
        if (node.getId() != null) {
            return node.getId();
        }
        if (node.getAccessibleText() != null) {
            return node.getAccessibleText();
        }
        return node instanceof Labeled words ? String.valueOf(words.getText()) : "";
    }
}
