package dev.slipway.ui.kit;

import atlantafx.base.controls.CustomTextField;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A field that narrows a list. `/` anywhere in the view puts the focus here (see [Shortcuts]); Esc
/// empties it first and only then closes what is around it.
public final class FilterField extends CustomTextField {
    public FilterField() {
        this("Filter");
    }

    /// `prompt` is shown while the field is empty and spoken always.
    public FilterField(String prompt) {
        getStyleClass().add("filter-field");
        setPromptText(prompt);
        setAccessibleText(prompt);
        promptTextProperty().subscribe(this::setAccessibleText);
        setAccessibleHelp("Press slash to come here");
        setLeft(Icon.SEARCH.node());
        setRight(new KeyHint("/"));
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE && !getText().isEmpty()) {
                        clear();
                        event.consume();
                    }
                });
    }

    /// The first one in `page`.
    public static Optional<FilterField> in(Parent page) {
        for (var child : page.getChildrenUnmodifiable()) {
            if (child instanceof FilterField field) {
                return Optional.of(field);
            }
            if (child instanceof Parent parent) {
                var found = in(parent);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
