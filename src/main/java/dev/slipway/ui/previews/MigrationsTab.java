package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.previews.DrawerRows.note;
import static dev.slipway.ui.previews.DrawerRows.section;

import dev.slipway.preview.Preview;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.TreeMigrations;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.rehearsal.ProgressPane;
import dev.slipway.ui.rehearsal.VerdictCard;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Every migration of the pull request beside production's ledger, with what a rehearsal measured, and
/// the button that rehearses.
final class MigrationsTab implements DrawerTab {
    /// How many applied ones are listed; the older ones are counted.
    private static final int APPLIED = 5;

    private final Desk desk;
    private final MigrationsModel model;
    private final ProgressPane progress;

    /// @param changed called when what is shown has changed
    MigrationsTab(Desk desk, MigrationsModel model, Runnable changed) {
        this.desk = desk;
        this.model = model;
        progress = new ProgressPane(true, model::stop);
        model.shownProperty().addListener((_, _, _) -> changed.run());
        model.run()
                .progressProperty()
                .addListener((_, was, now) -> {
                    now.ifPresent(progress::show);
                    if (was.isPresent() != now.isPresent()) {
                        changed.run();
                    }
                });
    }

    @Override
    public List<Node> of(Preview preview) {
        model.look(preview);
        var shown = model.shown();
        var all = new ArrayList<Node>();
        model.run().progress().ifPresent(progress::show);
        if (model.run().progress().isPresent()) {
            all.add(progress);
        } else {
            all.addAll(rehearsal(preview, shown));
        }
        if (!shown.problem().isEmpty()) {
            all.add(Nodes.point(Icon.ATTENTION, Tone.WARNING, shown.problem()));
        }
        if (shown.reading() && shown.migrations().isEmpty()) {
            all.add(note("Reading the migrations and production's ledger."));
        }
        shown.migrations().ifPresent(found -> list(all, preview, found, shown));
        return all;
    }

    private List<Node> rehearsal(Preview preview, MigrationsModel.Shown shown) {
        var all = new ArrayList<Node>();
        shown.rehearsal()
                .ifPresent(result -> {
                    var tone = VerdictCard.tone(result);
                    var line =
                            Nodes.point(
                                    tone == Tone.SUCCESS
                                            ? Icon.OK
                                            : tone == Tone.DANGER ? Icon.BLOCKED : Icon.ATTENTION,
                                    tone,
                                    result.verdict().sentence());
                    all.add(Nodes.spoken(line, () -> result.verdict().sentence()));
                });
        var again =
                new Button(
                        shown.rehearsal().isPresent() ? "Rehearse again" : "Rehearse",
                        Icon.REFRESH.node());
        again.setId("rehearse");
        again.setAccessibleHelp("Runs what is pending on a throw-away branch of production");
        var fork = preview.traits().contains(Preview.Trait.FORK);
        again.setDisable(fork || shown.reading() || !desk.isOpen());
        again.setMinWidth(Button.USE_PREF_SIZE);
        again.setOnAction(_ -> model.rehearse());
        var row = new HBox(8, again);
        row.getStyleClass().add("fact");
        shown.rehearsal().ifPresent(result -> row.getChildren().addAll(gap(), note(age(result))));
        all.add(row);
        all.add(
                note(
                        fork
                                ? "It comes from a fork. Its migrations are not run, not even on a"
                                        + " throw-away branch: that is a copy of production's data."
                                : "Touches only a throw-away branch of production, which is removed"
                                        + " afterwards."));
        return all;
    }

    private String age(RehearsalResult result) {
        var age = Times.ago(result.asOf(), desk.now());
        return age.equals("now") ? "rehearsed just now" : "rehearsed " + age + " ago";
    }

    private void list(
            List<Node> all, Preview preview, TreeMigrations found, MigrationsModel.Shown shown) {
        var rows = MigrationRow.of(found);
        var again = new Button("Read now", Icon.REFRESH.node(14));
        again.setId("read-ledger");
        again.getStyleClass().addAll("flat", "small");
        again.setAccessibleText("Read the migrations and production's ledger now");
        again.setTooltip(new Tooltip("Reads production's ledger, which may wake its compute"));
        again.setDisable(shown.reading());
        again.setOnAction(_ -> model.readNow());
        all.add(section("Migrations of #" + preview.number().value(), again));
        all.add(
                note(
                        found.ledger().isPresent()
                                ? "as merged into the base branch, beside production's ledger at "
                                        + Times.clock(found.asOf(), desk.zone())
                                : "as merged into the base branch. How they stand in production is not"
                                        + " known: "
                                        + found.doubt()));
        var list = new VBox();
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("Migrations, what was not applied first");
        var open = rows.stream().filter(row -> !row.applied()).toList();
        var applied = rows.stream().filter(MigrationRow::applied).toList().reversed();
        var mayRepair = !preview.traits().contains(Preview.Trait.FORK);
        open.forEach(row -> list.getChildren().add(row(row, shown, mayRepair)));
        applied.stream()
                .limit(APPLIED)
                .forEach(row -> list.getChildren().add(row(row, shown, false)));
        all.add(list);
        if (rows.isEmpty()) {
            all.add(note("The folder " + found.folder().path() + " holds none."));
        }
        if (applied.size() > APPLIED) {
            all.add(note((applied.size() - APPLIED) + " older ones are applied, too."));
        }
    }

    private Node row(MigrationRow row, MigrationsModel.Shown shown, boolean mayRepair) {
        return row.node(
                shown.rehearsal(),
                model.opened(row.name()),
                opened -> model.open(row.name(), opened),
                mayRepair
                        ? Optional.of(() -> desk.navigator().go(new Place.Repair(row.name())))
                        : Optional.empty());
    }
}
