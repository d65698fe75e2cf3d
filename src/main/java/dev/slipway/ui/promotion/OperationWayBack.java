package dev.slipway.ui.promotion;

import dev.slipway.ui.desk.WayBackCard;
import dev.slipway.ui.shell.Place;
import java.util.Optional;
import javafx.scene.Node;

/// "Can we go back?" wherever an operation stops.
final class OperationWayBack {
    private final Releases releases;
    private final OperationModel model;
    private final OperationChoices choices;

    OperationWayBack(Releases releases, OperationModel model, OperationChoices choices) {
        this.releases = releases;
        this.model = model;
        this.choices = choices;
    }

    /// The card; empty while production is not read, and for what changes neither code nor schema.
    Optional<Node> of(RunSheet sheet) {
        var subject = Subject.of(sheet.plan());
        if (subject == Subject.OTHER
                || subject == Subject.RESCUE
                || subject == Subject.HEAL
                || model.productionProperty().get().isEmpty()) {
            return Optional.empty();
        }
        // While it holds production, its own way back is the one there is.
        var own = !sheet.over() && subject == Subject.PROMOTION;
        return Optional.of(WayBackCard.of(releases.desk(), releases.wayBack(), () -> go(own)));
    }

    private void go(boolean own) {
        if (own) {
            choices.choose(Story.Kind.ROLL_BACK);
        } else {
            releases.desk().navigator().go(Place.Rollback.NEAREST);
        }
    }
}
