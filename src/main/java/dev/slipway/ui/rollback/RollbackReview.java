package dev.slipway.ui.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.release.Gate;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.wizard.Review;
import java.util.List;
import javafx.scene.control.Button;

/// What "Confirm" says of going back.
interface RollbackReview extends Review {
    /// The window.
    Desk desk();

    /// The commit that is left and may be held, in few digits; empty when there is none.
    String left();

    @Override
    default List<Button> actions(Gate gate) {
        var commit = planned().plan().pins().getOrDefault("commit", "");
        if (gate.open() || !gate.id().equals("hold") || !CommitSha.isOne(commit)) {
            return List.of();
        }
        var button = new Button(Texts.of(RollbackReview.class).get("rollback.unhold"));
        button.setId("unhold");
        button.setOnAction(_ -> HoldDialog.release(desk(), new CommitSha(commit)));
        return List.of(button);
    }
}
