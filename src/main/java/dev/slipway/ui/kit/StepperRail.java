package dev.slipway.ui.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The pages of a wizard, top to bottom: a circle with a number or a mark, a name, a line about
/// what was chosen there. One stop for Tab; Up and Down walk over the pages that may be visited,
/// Enter or Space opens one.
public final class StepperRail extends VBox {
    /// Where a page stands.
    public enum State {
        DONE,
        CURRENT,
        AHEAD,
        FAILED
    }

    /// One page.
    ///
    /// @param note the second line, may be empty
    public record Step(String name, String note, State state) {}

    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass AHEAD = PseudoClass.getPseudoClass("ahead");

    private List<Step> steps = List.of();
    private IntConsumer visit = _ -> {};

    public StepperRail() {
        getStyleClass().add("stepper-rail");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Steps");
        addEventHandler(KeyEvent.KEY_PRESSED, this::keys);
    }

    /// Called with the index of a finished page the person wants to see again.
    public void setOnVisit(IntConsumer action) {
        visit = action;
    }

    /// Shows `all`.
    public void setSteps(List<Step> all) {
        steps = List.copyOf(all);
        var rows = new ArrayList<Node>();
        for (int i = 0; i < steps.size(); i++) {
            rows.add(row(i, steps.get(i), i + 1 == steps.size()));
        }
        getChildren().setAll(rows);
    }

    private Node row(int index, Step step, boolean last) {
        var circle = new StackPane();
        circle.getStyleClass().add("circle");
        switch (step.state()) {
            case DONE -> circle.getChildren().add(Icon.CHECK.node(14));
            case FAILED -> circle.getChildren().add(Icon.CLOSE.node(14));
            case CURRENT, AHEAD -> {
                var number = new Label(Integer.toString(index + 1));
                number.getStyleClass().add("number");
                circle.getChildren().add(number);
            }
        }
        var joint = new Region();
        joint.getStyleClass().add("joint");
        joint.setVisible(!last);
        var mark = new VBox(circle, joint);
        mark.getStyleClass().add("mark");
        var name = new Label(step.name());
        name.getStyleClass().add("name");
        var words = new VBox(name);
        words.getStyleClass().add("words");
        if (!step.note().isEmpty()) {
            var note = new Label(step.note());
            note.getStyleClass().addAll("caption", "note");
            words.getChildren().add(note);
        }
        var row = new HBox(mark, words);
        row.getStyleClass().add("step");
        row.setId("step-" + (index + 1));
        row.pseudoClassStateChanged(CURRENT, step.state() == State.CURRENT);
        row.pseudoClassStateChanged(DONE, step.state() == State.DONE);
        row.pseudoClassStateChanged(FAILED, step.state() == State.FAILED);
        row.pseudoClassStateChanged(AHEAD, step.state() == State.AHEAD);
        row.setAccessibleRole(AccessibleRole.LIST_ITEM);
        row.setAccessibleText(sentence(index, step));
        row.setFocusTraversable(step.state() == State.CURRENT);
        row.setOnMouseClicked(_ -> open(index, step));
        return row;
    }

    private static String sentence(int index, Step step) {
        var state =
                switch (step.state()) {
                    case DONE -> "done";
                    case CURRENT -> "current";
                    case AHEAD -> "not reached";
                    case FAILED -> "failed";
                };
        return "Step %d, %s, %s%s"
                .formatted(
                        index + 1,
                        step.name(),
                        state,
                        step.note().isEmpty() ? "" : ", " + step.note());
    }

    private void open(int index, Step step) {
        if (step.state() != State.AHEAD) {
            visit.accept(index);
        }
    }

    private void keys(KeyEvent event) {
        int at = focused();
        if (at < 0) {
            return;
        }
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        if (step != 0) {
            int to = at + step;
            if (to >= 0 && to < getChildren().size() && stepAt(to).state() != State.AHEAD) {
                getChildren().get(to).requestFocus();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            open(at, stepAt(at));
            event.consume();
        }
    }

    private int focused() {
        for (int i = 0; i < getChildren().size(); i++) {
            if (getChildren().get(i).isFocused()) {
                return i;
            }
        }
        return -1;
    }

    private Step stepAt(int index) {
        return steps.get(index);
    }
}
