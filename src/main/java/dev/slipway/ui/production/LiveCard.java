package dev.slipway.ui.production;

import dev.slipway.domain.CommitSha;
import dev.slipway.health.Probe;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.rollback.HoldDialog;
import java.time.Duration;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What serves traffic now: release, commit, each Worker with its versions. Split traffic is a row
/// for each part.
final class LiveCard {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Desk desk;
    private final ProductionState state;
    private final Optional<OperationRow> record;
    private final boolean held;

    /// @param record the promotion that made the live release, when it ran on this computer
    /// @param held whether its commit is known to be held
    LiveCard(Desk desk, ProductionState state, Optional<OperationRow> record, boolean held) {
        this.desk = desk;
        this.state = state;
        this.record = record;
        this.held = held;
    }

    Node node() {
        var card = new VBox(4, title(), ProductionView.muted(sentence()), workers());
        card.getStyleClass().add("card");
        card.setMaxHeight(Double.MAX_VALUE);
        return card;
    }

    private Node title() {
        var release = new Label(state.release().orElse("no release"));
        release.getStyleClass().add("section-title");
        var commit =
                ProductionView.mono(
                        state.commit().map(c -> c.brief()).orElse("several commits"), false);
        state.commit()
                .ifPresent(c -> {
                    Tone.ACCENT.on(commit);
                    commit.setTooltip(new Tooltip(c.value()));
                    Copyable.install(commit, "commit", c::value);
                });
        var row = new HBox(10, new Chip("Live now", Icon.LIVE, Tone.PRODUCTION), release, commit);
        row.getStyleClass().add("line");
        // One that is held is released in the banner above.
        state.commit()
                .filter(_ -> !held)
                .ifPresent(c -> row.getChildren().addAll(ProductionView.gap(), hold(c)));
        return row;
    }

    private Button hold(CommitSha commit) {
        var hold = new Button("Hold\u2026");
        hold.getStyleClass().add("small");
        hold.setId("hold-live");
        hold.setAccessibleText("Hold " + commit.brief() + " back");
        hold.setTooltip(
                new Tooltip(
                        "Keeps "
                                + commit.brief()
                                + " from being promoted again; what is live stays as it is"));
        hold.setOnAction(_ -> HoldDialog.hold(desk, commit));
        return hold;
    }

    private String sentence() {
        var who =
                record.map(r ->
                                "promoted by "
                                        + r.by()
                                        + ", "
                                        + Times.day(r.startedAt(), desk.now(), desk.zone())
                                        + ", took "
                                        + Times.words(Duration.between(r.startedAt(), r.updated())))
                        .orElse(
                                state.release().isPresent()
                                        ? "released from elsewhere"
                                        : "no release tag stands for it");
        var split = state.workers().stream().anyMatch(w -> w.state() == LiveWorker.State.SPLIT);
        var doubt = state.workers().stream().anyMatch(w -> w.state() == LiveWorker.State.UNKNOWN);
        return who
                + (doubt
                        ? ", traffic is not known"
                        : split ? ", traffic is split" : ", 100 % of traffic on every Worker");
    }

    private Node workers() {
        var grid = new GridPane();
        grid.getStyleClass().add("figures-grid");
        double[] widths = {196, 76, 72, 0, 70};
        for (var width : widths) {
            var column = new ColumnConstraints();
            if (width == 0) {
                column.setHgrow(Priority.ALWAYS);
            } else {
                column.setMinWidth(width);
                column.setPrefWidth(width);
            }
            grid.getColumnConstraints().add(column);
        }
        grid.getColumnConstraints().getLast().setHalignment(HPos.RIGHT);
        put(
                grid,
                0,
                head("Worker"),
                head("Version"),
                head("Traffic"),
                head("State"),
                head("Latency"));
        int row = 1;
        for (var worker : state.workers()) {
            var lined = new Region();
            lined.getStyleClass().add("row-top");
            grid.add(lined, 0, row, 5, 1);
            if (worker.versions().isEmpty()) {
                put(
                        grid,
                        row++,
                        name(worker),
                        ProductionView.mono("\u2014", true),
                        ProductionView.mono("\u2014", true),
                        new StatusChip(status(worker, Optional.empty())),
                        new Label());
                continue;
            }
            boolean first = true;
            for (var version : worker.versions()) {
                if (version.percent() <= 0) {
                    continue;
                }
                var probe = first ? probe(worker) : Optional.<Probe>empty();
                var id = ProductionView.mono("v" + version.id().substring(0, 4), false);
                id.setTooltip(
                        new Tooltip(
                                version.id()
                                        + version.commit().map(c -> "\ncommit " + c).orElse("")
                                        + version.tag().map(t -> "\ntag " + t).orElse("")));
                Copyable.install(id, "version id", version::id);
                put(
                        grid,
                        row++,
                        first ? name(worker) : new Label(),
                        id,
                        ProductionView.mono(
                                "%d %%".formatted(Math.round(version.percent())), false),
                        first
                                ? new StatusChip(status(worker, probe))
                                : ProductionView.caption("shares the traffic"),
                        ProductionView.mono(
                                probe.filter(p -> p.status() > 0)
                                        .map(p -> p.latency().toMillis() + " ms" + age(desk, p))
                                        .orElse(""),
                                false));
                first = false;
            }
        }
        return grid;
    }

    private static void put(GridPane grid, int row, Node... cells) {
        for (int column = 0; column < cells.length; column++) {
            grid.add(cells[column], column, row);
        }
    }

    private static Label head(String text) {
        var label = ProductionView.caption(text);
        label.getStyleClass().add("strong");
        return label;
    }

    private static Label name(LiveWorker worker) {
        var label = new Label(worker.name());
        label.getStyleClass().add("strong");
        label.setTooltip(new Tooltip(worker.doubt().orElse("script " + worker.script())));
        return label;
    }

    private Optional<Probe> probe(LiveWorker worker) {
        return state.probes().stream().filter(p -> p.worker().equals(worker.name())).findFirst();
    }

    /// `, 4 min ago`; nothing for what was just heard.
    static String age(Desk desk, Probe probe) {
        var now = desk.now();
        return probe.at().isBefore(now.minus(FRESH))
                ? ", " + Times.ago(probe.at(), now) + " ago"
                : "";
    }

    private static Status status(LiveWorker worker, Optional<Probe> probe) {
        return switch (worker.state()) {
            case NOT_DEPLOYED -> Status.MISSING.saying("Not deployed");
            case UNKNOWN -> Status.UNKNOWN;
            case LIVE, SPLIT ->
                    probe.map(p ->
                                    switch (p.outcome()) {
                                        case HEALTHY -> Status.HEALTHY;
                                        case FAILING -> Status.FAILING;
                                        case OTHER_VERSION ->
                                                Status.ATTENTION.saying("Other version");
                                        case NO_VERSION -> Status.UNKNOWN.saying("Says no version");
                                        case CACHED, UNREACHABLE -> Status.UNKNOWN;
                                    })
                            .orElse(Status.NOT_CREATED.saying("Not checked"));
        };
    }
}
