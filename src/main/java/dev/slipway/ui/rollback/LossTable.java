package dev.slipway.ui.rollback;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.rollback.LossWords;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What each table loses, counted by key, what could not be counted and why, and the newest of the lost
/// rows. Values of rows are on the screen alone: what is copied from here has none.
public final class LossTable extends VBox {
    private static final Texts TEXTS = Texts.of(LossTable.class);
    private static final double NAME = 196;
    private static final double FIGURE = 78;
    private static final double GAP = 24;

    private final ZoneId zone;
    private final Words words;
    private final Set<TableName> open = new TreeSet<>();
    private Optional<Instant> counted = Optional.empty();

    /// What its columns are called.
    ///
    /// @param title what all of them are
    /// @param lost of rows only the present has
    /// @param changed of rows that both have otherwise
    /// @param returning of rows only the earlier state has
    /// @param none what is said when no row differs
    public record Words(String title, String lost, String changed, String returning, String none) {}

    /// Which tables a person chooses.
    ///
    /// @param may whether a table may be chosen at all
    /// @param choose hears what is chosen and what is not any more
    public record Choice(
            Set<TableName> chosen,
            Predicate<TableLoss> may,
            BiConsumer<TableName, Boolean> choose) {}

    /// @param zone times are shown in
    public LossTable(ZoneId zone, Words words) {
        this.zone = zone;
        this.words = words;
    }

    /// Shows `loss`.
    ///
    /// @param precious tables that are called out
    /// @param choice which tables are chosen; empty when there is nothing to choose
    public void show(Loss loss, Collection<TableName> precious, Optional<Choice> choice) {
        if (!counted.equals(Optional.of(loss.counted()))) {
            counted = Optional.of(loss.counted());
            open.clear();
            first(loss, precious).ifPresent(open::add);
        }
        KeptFocus.in(() -> draw(loss, precious, choice), this);
    }

    /// Whose newest rows are seen at first: those of a precious table alone, so that the tables stay in
    /// sight.
    private static Optional<TableName> first(Loss loss, Collection<TableName> precious) {
        return loss.counted(Loss.Which.DIFFERING).stream()
                .filter(table -> !table.newest().isEmpty())
                .map(TableLoss.Counted::table)
                .filter(precious::contains)
                .findFirst();
    }

    private void draw(Loss loss, Collection<TableName> precious, Optional<Choice> choice) {
        var touched = LossWords.touched(loss);
        var columns =
                Nodes.row(
                        "figures-head",
                        Nodes.wide(NAME, label(TEXTS.get("rollback.table"))),
                        figure(label(words.lost())),
                        figure(label(words.changed())),
                        figure(label(words.returning())),
                        Nodes.wide(GAP, new Region()),
                        label(TEXTS.get("rollback.table.note")));
        choice.ifPresent(_ -> columns.getChildren().addFirst(Nodes.wide(CHECK, label(""))));
        getChildren().setAll(head(loss, touched.size()), columns);
        for (var table : touched) {
            getChildren().add(row(table, precious.contains(table.table()), choice, loss, precious));
            if (table instanceof TableLoss.Counted c && open.contains(table.table())) {
                getChildren().add(NewestRows.of(c, words.lost()));
            }
        }
        if (touched.isEmpty()) {
            getChildren().add(Nodes.prose(words.none(), "muted"));
        }
        loss.remarks().forEach(r -> getChildren().add(Nodes.prose(r, "caption", "muted")));
    }

    private static final double CHECK = 28;

    private Node head(Loss loss, int touched) {
        var copy = new Button("Copy as text", Icon.COPY.node());
        copy.getStyleClass().add("small");
        copy.setId("copy-loss");
        copy.setOnAction(_ -> Copyable.toClipboard(LossWords.sentence(loss)));
        return Nodes.row(
                "wizard-page-head",
                label(words.title(), "card-title"),
                label(
                        TEXTS.get(
                                "rollback.rows.counted",
                                touched,
                                loss.tables().size(),
                                Times.clock(loss.counted(), zone)),
                        "caption",
                        "muted"),
                Nodes.gap(),
                copy);
    }

    private Node row(
            TableLoss table,
            boolean isPrecious,
            Optional<Choice> choice,
            Loss loss,
            Collection<TableName> precious) {
        var name = new HBox(8, label(table.table().toString(), "mono-strong"));
        name.setAlignment(Pos.CENTER_LEFT);
        if (isPrecious) {
            name.getChildren()
                    .add(new Chip(TEXTS.get("rollback.precious"), Icon.ATTENTION, Tone.DANGER));
        }
        var row = Nodes.row("figures-row", Nodes.wide(NAME, name));
        choice.ifPresent(c -> row.getChildren().addFirst(Nodes.wide(CHECK, check(table, c))));
        switch (table) {
            case TableLoss.Counted c ->
                    row.getChildren()
                            .addAll(
                                    figure(c.lost()),
                                    figure(c.changed()),
                                    figure(c.returning()),
                                    Nodes.wide(GAP, new Region()),
                                    note(String.join(" ", c.remarks())));
            case TableLoss.Uncounted u ->
                    row.getChildren()
                            .addAll(
                                    figure(label(TEXTS.get("rollback.uncounted"))),
                                    Nodes.wide(2 * FIGURE + GAP, new Region()),
                                    note(String.join(" ", u.reason(), joined(u))));
        }
        if (table instanceof TableLoss.Counted c && !c.newest().isEmpty()) {
            row.getChildren().add(newest(c, () -> draw(loss, precious, choice)));
        }
        return Nodes.spoken(row, () -> LossWords.table(table) + (isPrecious ? ", precious" : ""));
    }

    private static String joined(TableLoss table) {
        return String.join(" ", table.remarks());
    }

    private static Node note(String text) {
        var note = Nodes.prose(text.strip(), "muted");
        note.setMinWidth(0);
        note.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(note, Priority.ALWAYS);
        return note;
    }

    private static CheckBox check(TableLoss table, Choice choice) {
        var check = new CheckBox();
        check.setId("choose-" + table.table());
        check.setAccessibleText(LossWords.table(table));
        check.setDisable(!choice.may().test(table));
        check.setSelected(choice.chosen().contains(table.table()));
        check.selectedProperty()
                .addListener((_, _, on) -> choice.choose().accept(table.table(), on));
        return check;
    }

    private Button newest(TableLoss.Counted table, Runnable draw) {
        var shown = open.contains(table.table());
        var button =
                new Button(
                        TEXTS.get(shown ? "rollback.newest.hide" : "rollback.newest.show"),
                        (shown ? Icon.CHEVRON_UP : Icon.CHEVRON_DOWN).node());
        button.getStyleClass().add("small");
        button.setId("newest-" + table.table());
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(_ -> {
            if (!open.remove(table.table())) {
                open.add(table.table());
            }
            KeptFocus.in(draw, this);
        });
        return button;
    }

    private static Node figure(long rows) {
        var label = label("%,d".formatted(rows), rows == 0 ? "mono" : "mono-strong");
        if (rows == 0) {
            label.getStyleClass().add("muted");
        }
        return figure(label);
    }

    private static Label figure(Label words) {
        words.setAlignment(Pos.CENTER_RIGHT);
        return Nodes.wide(FIGURE, words);
    }
}
