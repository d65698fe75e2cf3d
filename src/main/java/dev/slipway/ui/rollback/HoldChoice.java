package dev.slipway.ui.rollback;

import dev.slipway.ui.kit.Texts;
import java.util.function.Consumer;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.VBox;

/// Whether the commit that is left is held back afterwards.
final class HoldChoice extends VBox {
    private static final Texts TEXTS = Texts.of(HoldChoice.class);

    private final CheckBox hold = new CheckBox();

    /// @param chosen hears what a person chooses
    HoldChoice(Consumer<Boolean> chosen) {
        hold.setId("hold");
        hold.selectedProperty().addListener((_, _, on) -> chosen.accept(on));
        getChildren().setAll(hold);
        getStyleClass().add("hold-choice");
    }

    void show(RollbackDraft draft, String left) {
        hold.setDisable(draft.startsAt().isPresent());
        hold.setSelected(draft.wishes().hold());
        hold.setText(TEXTS.get("rollback.hold", left));
        setVisible(!left.isEmpty());
        setManaged(isVisible());
    }
}
