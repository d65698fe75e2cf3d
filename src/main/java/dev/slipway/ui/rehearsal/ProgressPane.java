package dev.slipway.ui.rehearsal;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Tone;
import java.util.List;
import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A rehearsal that goes on: what is done now, what comes next, what was done, each statement with its
/// outcome, and the button that stops it.
public final class ProgressPane extends VBox {
    private final StatusChip chip = new StatusChip(Status.RUNNING.saying("Rehearsing"));
    private final Label now = Nodes.prose("", "strong");
    private final Label next = Nodes.prose("", "muted");
    private final ProgressBar bar = new ProgressBar();
    private final VBox stages = new VBox(2);
    private final VBox statements = new VBox();
    private final Button stop = new Button("Stop rehearsing", Icon.STOP.node());
    private final boolean narrow;
    private List<Progress.Statement> shown = List.of();

    /// @param narrow whether there is room for a drawer only
    /// @param stopping asks the rehearsal to end
    public ProgressPane(boolean narrow, Runnable stopping) {
        super(12);
        this.narrow = narrow;
        Styles.on(this);
        stop.setId("stop-rehearsing");
        stop.setAccessibleHelp("Ends the rehearsal and removes its branch");
        stop.setMinWidth(USE_PREF_SIZE);
        stop.setOnAction(_ -> stopping.run());
        statements.setAccessibleRole(AccessibleRole.LIST_VIEW);
        statements.setAccessibleText("Statements of the rehearsal");
        bar.setMaxWidth(Double.MAX_VALUE);
        var head = Nodes.row("rehearsal-head", chip, Nodes.gap(), stop);
        getChildren().addAll(head, new VBox(2, now, next), bar, statements, stages);
    }

    /// Shows `progress`.
    public void show(Progress progress) {
        now.setText(progress.now());
        next.setText(progress.next());
        stop.setDisable(progress.stopping());
        int all = progress.statements().size();
        double done = all == 0 ? 0 : (double) progress.count() / all;
        bar.setProgress(done == 0 || done == 1 ? ProgressBar.INDETERMINATE_PROGRESS : done);
        bar.setAccessibleText(progress.count() + " of " + all + " statements have run");
        setAccessibleText(progress.now() + " " + progress.next());
        show(progress.statements());
        var said = progress.stages();
        stages.getChildren().clear();
        for (int i = 0; i < said.size(); i++) {
            boolean over = i < said.size() - 1 || progress.inStatements();
            stages.getChildren()
                    .add(
                            Nodes.point(
                                    over ? Icon.CHECK : Icon.CHEVRON_RIGHT,
                                    over ? Tone.SUCCESS : Tone.ACCENT,
                                    said.get(i)));
        }
    }

    /// Only what has changed is drawn anew, so that the focus stays where it is.
    private void show(List<Progress.Statement> all) {
        var rows = statements.getChildren();
        for (int i = 0; i < all.size(); i++) {
            if (i >= rows.size()) {
                rows.add(statement(all.get(i)));
            } else if (!all.get(i).equals(shown.get(i))) {
                rows.set(i, statement(all.get(i)));
            }
        }
        if (rows.size() > all.size()) {
            rows.remove(all.size(), rows.size());
        }
        shown = all;
    }

    private Node statement(Progress.Statement one) {
        var state = new StatusChip(status(one.state()));
        state.setMinWidth(USE_PREF_SIZE);
        var sql = label(Figures.oneLine(one.sql()), "mono");
        sql.setMinWidth(0);
        HBox.setHgrow(sql, Priority.ALWAYS);
        sql.setMaxWidth(Double.MAX_VALUE);
        var number = label("%d of %d".formatted(one.number(), one.of()), "mono", "muted");
        number.setMinWidth(USE_PREF_SIZE);
        var ran = one.state() == Progress.State.DONE || one.state() == Progress.State.FAILED;
        var took = Nodes.wide(76, label(ran ? Figures.took(one.took()) : "", "mono"));
        took.getStyleClass().add("right");
        var rows =
                label(
                        one.rows().isPresent() ? Figures.rows(one.rows().getAsLong()) : "",
                        "mono",
                        "muted",
                        "right");
        var row =
                narrow
                        ? Nodes.row("statement-row", number, sql, took, state)
                        : Nodes.row(
                                "statement-row",
                                number,
                                sql,
                                Nodes.wide(110, rows),
                                took,
                                Nodes.wide(84, state));
        var whole = new VBox(Nodes.spoken(row, one::sentence));
        if (one.number() == 1) {
            whole.getChildren()
                    .addFirst(Nodes.row("statement-group", label(one.tag(), "mono-strong")));
        }
        if (!one.error().isEmpty()) {
            whole.getChildren().add(Nodes.point(Icon.FAILED, Tone.DANGER, one.error()));
        }
        return whole;
    }

    private static Status status(Progress.State state) {
        var word = state.word();
        var title = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        return switch (state) {
            case WAITING -> Status.WAITING.saying(title);
            case RUNNING -> Status.RUNNING.saying(title);
            case DONE -> Status.DONE.saying(title);
            case FAILED -> Status.FAILED.saying(title);
        };
    }
}
