package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.Isolation;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.DataTable;
import dev.slipway.ui.kit.HealthBar;
import dev.slipway.ui.kit.Hint;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.kit.TwoLines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.layout.HBox;

/// The table of previews. Narrow, beside an open drawer, it keeps five columns and folds the rest
/// into the second lines.
final class PreviewTable {
    private final Desk desk;
    private final PreviewsModel model;
    private final DataTable<Preview> table = new DataTable<>(44);
    private final List<TableColumn<Preview, Preview>> foldable = new ArrayList<>();
    private final TableColumn<Preview, Preview> pullRequest;
    private final TableColumn<Preview, Preview> preview;
    private Set<String> hidden = Set.of();
    private boolean narrow;

    PreviewTable(Desk desk, PreviewsModel model) {
        this.desk = desk;
        this.model = model;
        table.setSentence(row -> Words.sentence(row, desk.now()));
        table.setAccessibleText("Previews");
        pullRequest =
                table.column("PR", 288, this::pullRequest, Comparator.comparing(Preview::number));
        preview = table.column("Preview", 204, this::state, Comparator.comparing(Preview::state));
        foldable.add(
                table.column(
                        "Database",
                        138,
                        this::database,
                        Comparator.comparing(p -> p.database().branch().orElse("~"))));
        fixed(
                table.column(
                        "Workers", 66, this::workers, Comparator.comparingLong(Preview::deployed)),
                66);
        foldable.add(
                fixed(table.column("DNS", 79, this::dns, Comparator.comparing(Words::dns)), 79));
        fixed(
                table.column(
                        "Checks", 68, this::checks, Comparator.comparing(p -> p.checks().state())),
                68);
        foldable.add(
                fixed(
                        table.column(
                                "Health",
                                100,
                                this::health,
                                Comparator.comparing(p -> p.health().state())),
                        100));
        fixed(
                table.column(
                        "Updated",
                        68,
                        this::updated,
                        Comparator.comparing(Preview::updated).reversed()),
                68);
        foldable.add(
                fixed(
                        table.column(
                                "Expires",
                                60,
                                this::expires,
                                Comparator.comparing(
                                        p -> p.expires().orElse(java.time.Instant.MAX))),
                        60));
        shape();
    }

    DataTable<Preview> node() {
        return table;
    }

    /// Five columns instead of nine.
    void setNarrow(boolean less) {
        if (narrow != less) {
            narrow = less;
            shape();
        }
    }

    /// The titles of the columns that may be hidden.
    List<String> hideable() {
        return foldable.stream().map(TableColumn::getText).toList();
    }

    /// Hides these of [#hideable] and shows the others.
    void setHidden(Set<String> titles) {
        hidden = Set.copyOf(titles);
        shape();
    }

    private void shape() {
        foldable.forEach(
                column -> column.setVisible(!narrow && !hidden.contains(column.getText())));
        pullRequest.setMinWidth(narrow ? 244 : 288);
        preview.setMinWidth(narrow ? 200 : 204);
        pullRequest.setPrefWidth(narrow ? 244 : 288);
        preview.setPrefWidth(narrow ? 220 : 204);
        foldable.getFirst().setMinWidth(138);
        table.refresh();
    }

    private static TableColumn<Preview, Preview> fixed(
            TableColumn<Preview, Preview> column, double width) {
        column.setMinWidth(width);
        column.setMaxWidth(width);
        return column;
    }

    private Node pullRequest(Preview row) {
        var number = label("#" + row.number().value(), "mono", "muted");
        var title = new Label(row.title());
        title.getStyleClass().add("strong");
        Hint.on(title, row.title());
        number.setMinWidth(HBox.USE_PREF_SIZE);
        var first = new HBox(8, number, title);
        first.getStyleClass().add("line");
        var second = new HBox(6);
        second.getStyleClass().add("line");
        for (var trait : row.traits()) {
            var chip = new Chip(Words.title(trait), Words.icon(trait), Words.tone(trait));
            chip.setMinWidth(HBox.USE_PREF_SIZE);
            if (narrow) {
                chip.getStyleClass().add("bare");
                second.getChildren().add(chip);
            } else {
                first.getChildren().add(chip);
            }
        }
        second.getChildren().add(label(Words.whose(row), "caption", "muted"));
        return new TwoLines(first, second);
    }

    private Node state(Preview row) {
        var reason = Words.brief(row.reason());
        if (narrow && row.state() == Preview.State.READY) {
            reason =
                    row.health()
                            .latencyMillis()
                            .map(ms -> Words.brief(row.reason()) + ", " + ms + " ms")
                            .orElse(reason);
        }
        var cell = TwoLines.of(Words.status(row.state()), reason);
        Hint.on(cell, row.reason());
        return cell;
    }

    private Node database(Preview row) {
        var branch = Words.branch(row, model.answered(Provider.NEON));
        if (branch.isEmpty()) {
            return label(Words.NOTHING, "muted");
        }
        if (row.database().branch().isEmpty()) {
            return unknown();
        }
        var below = label(Words.database(row), "caption", "muted");
        if (row.database().isolation() == Isolation.SHARES_PRODUCTION) {
            below.getStyleClass().remove("muted");
            Tone.DANGER.on(below);
            below.setGraphic(Icon.FAILED.node(12));
        }
        Hint.on(below, Words.database(row));
        return new TwoLines(label(branch.get(), "mono"), below);
    }

    private Node workers(Preview row) {
        var label = label(Words.workers(row), "mono");
        if (row.deployed() == 0) {
            label.getStyleClass().add("muted");
        }
        Hint.on(
                label,
                String.join(
                        "\n",
                        row.workers().stream()
                                .map(w ->
                                        w.name()
                                                + ": "
                                                + w.state().key()
                                                + w.version().map(v -> " " + v).orElse(""))
                                .toList()));
        return label;
    }

    private Node dns(Preview row) {
        var words = Words.dns(row);
        return words.equals("Unknown")
                ? unknown()
                : words.equals("resolves") ? new Label(words) : label(words, "muted");
    }

    private Node checks(Preview row) {
        var chip = new StatusChip(Words.checks(row.checks()));
        chip.getStyleClass().addAll("plain", "mono", "figures");
        row.checks().doubt().ifPresent(doubt -> Hint.on(chip, doubt));
        return chip;
    }

    private Node health(Preview row) {
        if (!Words.exists(row)) {
            return label(Words.NOTHING, "muted");
        }
        var bar = HealthBar.small();
        bar.setMarks(Words.marks(row.health()));
        bar.setFocusTraversable(false);
        return new TwoLines(bar, label(Words.latency(row.health()), "mono", "muted"));
    }

    private Node updated(Preview row) {
        var label = label(Times.ago(row.updated(), desk.now()), "muted");
        Hint.on(label, Times.full(row.updated(), desk.zone()));
        return label;
    }

    private Node expires(Preview row) {
        var label = label(Words.expires(row, desk.now()), "muted");
        row.expires().ifPresent(at -> Hint.on(label, Times.full(at, desk.zone())));
        return label;
    }

    private static Node unknown() {
        var chip = new StatusChip(dev.slipway.ui.kit.Status.UNKNOWN);
        chip.getStyleClass().add("plain");
        return chip;
    }
}
