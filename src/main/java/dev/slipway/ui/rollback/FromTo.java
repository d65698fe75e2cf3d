package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.production.LiveWorker;
import dev.slipway.release.rollback.Returning;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.kit.Nodes;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The version a Worker serves and the one it returns to.
final class FromTo {
    private FromTo() {}

    static Node of(Scene scene, Returning returning) {
        var row =
                new HBox(
                        8,
                        label(from(scene, returning.worker()), "mono", "muted"),
                        label("→", "muted"),
                        label(Returning.brief(returning.version().orElse("?")), "mono-strong"));
        row.setAccessibleText(sentence(scene, returning));
        return row;
    }

    /// A name at the left, wide enough for a Worker's, and what is said of it.
    static HBox row(String name, Node words) {
        HBox.setHgrow(words, Priority.ALWAYS);
        return Nodes.row("fact-row", Nodes.wide(176, label(name, "muted")), words);
    }

    static String sentence(Scene scene, Returning returning) {
        return returning.worker()
                + " from "
                + from(scene, returning.worker())
                + " to "
                + Returning.brief(returning.version().orElse("?"));
    }

    private static String from(Scene scene, String worker) {
        return scene.production().workers().stream()
                .filter(w -> w.name().equals(worker))
                .findFirst()
                .map(FromTo::live)
                .orElse("not known");
    }

    private static String live(LiveWorker worker) {
        return worker.only()
                .map(v -> Returning.brief(v.id()))
                .orElseGet(() ->
                        switch (worker.state()) {
                            case UNKNOWN -> "not known";
                            case NOT_DEPLOYED -> "not deployed";
                            case LIVE, SPLIT ->
                                    String.join(
                                            ", ",
                                            worker.versions().stream()
                                                    .filter(v -> v.percent() > 0)
                                                    .map(v ->
                                                            Returning.brief(v.id())
                                                                    + " "
                                                                    + Math.round(v.percent())
                                                                    + " %")
                                                    .toList());
                        });
    }
}
