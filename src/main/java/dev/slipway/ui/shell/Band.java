package dev.slipway.ui.shell;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The line under the header that says what is special now: the sandbox, a world that is being opened,
/// writing allowed, no connection. Words and icon always, the colour only repeats them. Not there when nothing is.
final class Band extends HBox {
    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");

    private final ShellModel model;
    private final ZoneId zone;
    private final Runnable disarm;

    Band(ShellModel model, ZoneId zone, Runnable disarm) {
        this.model = model;
        this.zone = zone;
        this.disarm = disarm;
        getStyleClass().add("band");
        model.sandboxProperty().subscribe(_ -> show());
        model.armedProperty().subscribe(_ -> show());
        model.offlineSinceProperty().subscribe(_ -> show());
        model.openingProperty().subscribe(_ -> show());
        model.repositoryProperty().subscribe(_ -> show());
        model.zoneProperty().subscribe(_ -> show());
    }

    private void show() {
        var parts = new ArrayList<Node>();
        var armed = model.armedProperty().get();
        var offline = model.offlineSinceProperty().get();
        var opening = model.openingProperty().get();
        if (model.sandboxProperty().get()) {
            parts.add(sandbox(armed.isPresent() || offline.isPresent() || opening.isPresent()));
        }
        if (opening.isPresent()) {
            var part = part("offline", new Label(opening.get(), Icon.STALE.node()));
            part.setAccessibleText(opening.get());
            HBox.setHgrow(part, Priority.ALWAYS);
            parts.add(part);
        } else if (armed.isPresent() && offline.isEmpty()) {
            parts.add(armed(armed.get()));
        } else if (offline.isPresent()) {
            var words =
                    "Offline since "
                            + Times.minutes(offline.get(), zone)
                            + ". Showing saved data. Writes are off and are never queued.";
            var part = part("offline", new Label(words, Icon.OFFLINE.node()));
            part.setAccessibleText(words);
            HBox.setHgrow(part, Priority.ALWAYS);
            var again = new Button("Try now");
            again.getStyleClass().addAll("band-action", "strong");
            again.setOnAction(_ -> model.tryAgainProperty().get().run());
            part.getChildren().addAll(gap(), again);
            parts.add(part);
        }
        getChildren().setAll(parts);
        setVisible(!parts.isEmpty());
        setManaged(!parts.isEmpty());
    }

    private static Node sandbox(boolean narrow) {
        var word = new Label("SANDBOX", Icon.SANDBOX.node());
        word.getStyleClass().addAll("caption", "strong", "plate");
        var part = part("sandbox", word);
        part.pseudoClassStateChanged(NARROW, narrow);
        part.setAccessibleText("Sandbox, simulated data, no request leaves this computer");
        if (!narrow) {
            var rest = new Label("simulated data, no request leaves this computer");
            rest.getStyleClass().addAll("caption", "plate", "rest");
            part.getChildren().add(rest);
            HBox.setHgrow(part, Priority.ALWAYS);
        }
        return part;
    }

    private Node armed(ShellModel.Armed armed) {
        var title = new Label("ARMED FOR PRODUCTION", Icon.PRODUCTION.node());
        title.getStyleClass().addAll("caption", "strong");
        var part = part("armed", title);
        var where = model.repositoryProperty().get() + " / " + model.zoneProperty().get();
        var until = Times.minutes(armed.until(), zone);
        for (var words :
                new String[] {
                    where, "by " + armed.by(), "ends " + until, "reason: " + armed.reason()
                }) {
            var label = new Label(words);
            label.getStyleClass().addAll("caption", "fact");
            part.getChildren().add(label);
        }
        part.setAccessibleText(
                "Armed for production, %s, by %s, ends %s, reason %s"
                        .formatted(where, armed.by(), until, armed.reason()));
        var button = new Button("Disarm");
        button.getStyleClass().addAll("band-action", "strong");
        button.setOnAction(_ -> disarm.run());
        part.getChildren().addAll(gap(), button);
        HBox.setHgrow(part, Priority.ALWAYS);
        return part;
    }

    private static HBox part(String style, Node first) {
        var part = new HBox(first);
        part.getStyleClass().addAll("band-part", style);
        part.setAccessibleRole(AccessibleRole.TEXT);
        return part;
    }
}
