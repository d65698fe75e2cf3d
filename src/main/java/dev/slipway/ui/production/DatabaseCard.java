package dev.slipway.ui.production;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What production's database has run, beside what the base branch holds.
final class DatabaseCard {
    private final Desk desk;
    private final ProductionState state;

    DatabaseCard(Desk desk, ProductionState state) {
        this.desk = desk;
        this.state = state;
    }

    Node node() {
        var stack = desk.services().stack();
        var title = new Label("Database");
        title.getStyleClass().add("section-title");
        var where =
                ProductionView.caption(
                        "Neon, branch "
                                + stack.neon().branch()
                                + ", database "
                                + stack.neon().database());
        var head = new HBox(8, title, where);
        head.getStyleClass().add("line");
        var card = new VBox(head);
        card.getStyleClass().add("card");
        card.setMaxHeight(Double.MAX_VALUE);
        var schema = state.schema();
        if (schema.state().isPresent()) {
            known(card, schema.state().get(), stack.branch());
        } else {
            card.getChildren()
                    .addAll(
                            row("Schema", new StatusChip(Status.UNKNOWN), ""),
                            wrapped(schema.doubt().orElse("It was not read.")));
        }
        card.getChildren().add(row("Live code on it", new StatusChip(fit()), fitWords()));
        state.kept().ifPresent(backup -> card.getChildren().add(kept(backup)));
        card.getChildren()
                .add(
                        row(
                                "Ledger read",
                                ProductionView.mono(Times.clock(schema.asOf(), desk.zone()), false),
                                schema.doubt().isPresent()
                                        ? ""
                                        : "from " + stack.migrations().schema()));
        return card;
    }

    /// What a restore kept, and the way to what it took away.
    private Node kept(String backup) {
        var rescue = new Hyperlink("Rescue lost rows\u2026");
        rescue.getStyleClass().add("strong");
        rescue.setId("rescue");
        rescue.setMinWidth(Region.USE_PREF_SIZE);
        rescue.setTooltip(
                new Tooltip("Shows what the restore took away; production is not touched"));
        rescue.setOnAction(_ -> desk.navigator().go(new Place.Rescue(Optional.of(backup))));
        return row("Restored, kept as", tip(ProductionView.mono(backup, false)), rescue);
    }

    private void known(VBox card, LedgerState ledger, String branch) {
        var latest = ledger.latest().orElse("no migration");
        var applied =
                ledger.entries().size()
                        - ledger.pending().size()
                        - ledger.in(LedgerState.State.SKIPPED_BY_DRIZZLE).size();
        var matches =
                ledger.clean()
                        ? Status.PASSED.saying("hashes match")
                        : Status.ATTENTION.saying("does not match");
        card.getChildren()
                .add(row("Schema", tip(ProductionView.mono(latest, false)), chip(matches)));
        var pending = ledger.pending().stream().map(Migration::tag).toList();
        card.getChildren()
                .add(
                        row(
                                "Pending on " + branch,
                                pending.isEmpty()
                                        ? new Label("none")
                                        : tip(
                                                ProductionView.mono(
                                                        pending.size() == 1
                                                                ? pending.getFirst()
                                                                : pending.size()
                                                                        + ": "
                                                                        + String.join(
                                                                                ", ", pending),
                                                        false)),
                                applied + " applied"));
        var drift = drift(ledger);
        card.getChildren()
                .add(
                        row(
                                "Drift",
                                drift.isEmpty()
                                        ? new Label("none")
                                        : tip(new Label(String.join(", ", drift))),
                                drift.isEmpty()
                                        ? new Label()
                                        : chip(
                                                Status.ATTENTION.saying(
                                                        drift.size()
                                                                + (drift.size() == 1
                                                                        ? " finding"
                                                                        : " findings")))));
    }

    /// Every migration that differs, named.
    static List<String> drift(LedgerState ledger) {
        var all = new ArrayList<String>();
        ledger.in(LedgerState.State.SKIPPED_BY_DRIZZLE)
                .forEach(m -> all.add(m.tag() + " skipped by Drizzle"));
        ledger.in(LedgerState.State.EDITED_AFTER_APPLY)
                .forEach(m -> all.add(m.tag() + " edited after it ran"));
        if (!ledger.unknown().isEmpty()) {
            all.add(
                    ledger.unknown().size()
                            + (ledger.unknown().size() == 1
                                    ? " row of no known migration"
                                    : " rows of no known migration"));
        }
        all.addAll(ledger.problems());
        return all;
    }

    private Status fit() {
        return switch (state.fit()) {
            case YES -> Status.PASSED.saying("works");
            case NO -> Status.FAILED.saying("does not work");
            case UNKNOWN -> Status.UNKNOWN;
        };
    }

    private String fitWords() {
        return switch (state.fit()) {
            case YES -> "each Worker's own statements";
            case NO -> "a Worker says so";
            case UNKNOWN -> "not every Worker said so";
        };
    }

    private static Label tip(Label label) {
        label.setTooltip(new Tooltip(label.getText()));
        return label;
    }

    private static StatusChip chip(Status status) {
        var chip = new StatusChip(status);
        chip.getStyleClass().add("plain");
        return chip;
    }

    private static Node wrapped(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll("caption", "muted");
        return label;
    }

    private static Node row(String name, Node value, String note) {
        return row(name, value, ProductionView.caption(note));
    }

    private static Node row(String name, Node value, Node note) {
        var label = ProductionView.muted(name);
        label.setMinWidth(124);
        if (note instanceof Label words) {
            words.setMinWidth(Region.USE_PREF_SIZE);
        }
        var row = new HBox(0, label, value, ProductionView.gap(), note);
        row.getStyleClass().add("fact");
        return row;
    }
}
