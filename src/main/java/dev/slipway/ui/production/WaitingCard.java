package dev.slipway.ui.production;

import dev.slipway.production.ProductionState;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What is merged and not live.
final class WaitingCard {
    private WaitingCard() {}

    /// @param promote opens the wizard for it
    static Node of(Desk desk, ProductionModel model, ProductionState read, Runnable promote) {
        var branch = desk.services().stack().branch();
        var sha = model.waiting();
        var heading = new Label();
        heading.getStyleClass().add("strong");
        heading.setWrapText(true);
        heading.setMinHeight(Region.USE_PREF_SIZE);
        var words = new Label();
        words.getStyleClass().addAll("caption", "muted");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        var said = new VBox(2, heading, words);
        said.setMinWidth(0);
        said.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        HBox.setHgrow(said, Priority.ALWAYS);
        var card = new HBox(12, Icon.MERGE.node(), said);
        card.getStyleClass().addAll("card", "slim");
        card.setMaxHeight(Double.MAX_VALUE);
        if (sha.isPresent()) {
            heading.setText("Waiting on " + branch + ": it is ahead of production");
            words.setText(
                    branch
                            + " is at "
                            + ProductionView.brief(sha.get())
                            + ", production runs "
                            + read.commit().map(c -> c.brief()).orElse("several commits"));
            var show = new Button("Promote " + ProductionView.brief(sha.get()) + "\u2026");
            show.setOnAction(_ -> promote.run());
            show.setMinWidth(Region.USE_PREF_SIZE);
            card.getChildren().add(show);
        } else if (read.commit().isPresent() && read.schema().folder().isPresent()) {
            heading.setText("Nothing waits on " + branch);
            words.setText(
                    "Production runs its newest commit, " + read.commit().get().brief() + ".");
        } else {
            heading.setText("What waits on " + branch + " is not known");
            words.setText(
                    read.commit().isEmpty()
                            ? "The Workers do not say one commit they all were built from."
                            : "The head of " + branch + " could not be read.");
        }
        return card;
    }
}
