package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.previews.DrawerRows.fact;
import static dev.slipway.ui.previews.DrawerRows.heading;
import static dev.slipway.ui.previews.DrawerRows.section;

import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.GateList;
import dev.slipway.ui.kit.HealthBar;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.ResourceChip;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Whether it is ready, its Workers, database, health and end.
final class OverviewTab implements DrawerTab {
    private final Desk desk;
    private final PreviewsModel model;

    OverviewTab(Desk desk, PreviewsModel model) {
        this.desk = desk;
        this.model = model;
    }

    @Override
    public List<Node> of(Preview preview) {
        var facts = PreviewFacts.of(preview);
        var holding = facts.stream().filter(PreviewFacts::holds).count();
        var gates = new GateList();
        gates.setGates(facts);
        var all = new ArrayList<Node>();
        all.add(
                heading(
                        (holding == facts.size() ? "Ready to promote: " : "")
                                + "%d of %d conditions hold".formatted(holding, facts.size())));
        all.add(gates);
        all.add(
                section(
                        "Workers",
                        PreviewLinks.url(preview)
                                .map(url -> address(preview, url))
                                .orElseGet(Region::new)));
        preview.workers().forEach(worker -> all.add(worker(preview, worker)));
        all.add(section("Database", new StatusChip(isolation(preview.database().isolation()))));
        all.add(database(preview));
        all.add(healthRow(preview));
        preview.expires()
                .ifPresent(at ->
                        all.add(
                                fact(
                                        "Expires",
                                        new Label(
                                                at.isBefore(desk.now())
                                                        ? "expired"
                                                        : "in "
                                                                + Times.coarse(
                                                                        Duration.between(
                                                                                desk.now(), at))
                                                                + ", "
                                                                + Times.day(
                                                                        at,
                                                                        desk.now(),
                                                                        desk.zone())))));
        return all;
    }

    private Node address(Preview preview, String url) {
        var shownLink = new Hyperlink(url.replace("https://", ""));
        shownLink.getStyleClass().add("caption");
        shownLink.setOnAction(_ -> PreviewLinks.open(desk, preview));
        Copyable.install(shownLink, "URL", () -> url);
        return shownLink;
    }

    private static Status isolation(Preview.Isolation isolation) {
        return switch (isolation) {
            case ISOLATED -> Status.PASSED.saying("Isolated from production");
            case SHARES_PRODUCTION -> Status.FAILED.saying("SHARES PRODUCTION");
            case NOT_PROVEN -> Status.UNKNOWN.saying("Isolation not proven");
            case NONE -> Status.NOT_CREATED.saying("No database");
        };
    }

    private Node worker(Preview preview, Preview.WorkerPreview worker) {
        var probe =
                preview.health().probes().stream()
                        .filter(p -> p.worker().equals(worker.name()))
                        .findFirst();
        var name = new Label(worker.name());
        name.getStyleClass().add("strong");
        var status =
                switch (worker.state()) {
                    case MISSING -> Status.MISSING.saying("Not deployed");
                    case UNKNOWN -> Status.UNKNOWN;
                    case DEPLOYED ->
                            probe.map(p ->
                                            switch (p.outcome()) {
                                                case HEALTHY, OTHER_VERSION -> Status.HEALTHY;
                                                case FAILING -> Status.FAILING;
                                                case NO_VERSION, CACHED, UNREACHABLE ->
                                                        Status.UNKNOWN;
                                            })
                                    .orElse(Status.NOT_CREATED.saying("Not checked"));
                };
        var version = label(worker.version().map(OverviewTab::brief).orElse(""), "mono");
        var chip = new StatusChip(status);
        probe.map(p -> p.line()).ifPresent(line -> chip.setTooltip(new Tooltip(line)));
        var latency =
                label(
                        probe.filter(p -> p.status() > 0)
                                .map(p -> p.latency().toMillis() + " ms")
                                .orElse(""),
                        "mono",
                        "muted");
        latency.setMinWidth(48);
        version.setMinWidth(Region.USE_PREF_SIZE);
        chip.setMinWidth(Region.USE_PREF_SIZE);
        latency.getStyleClass().add("right");
        var row = new HBox(8, name, gap(), version, chip, latency);
        row.getStyleClass().addAll("fact", "row-line");
        return row;
    }

    private Node database(Preview preview) {
        var branch = preview.database().branch();
        if (branch.isEmpty()) {
            return fact(
                    "Branch", label(model.answered(Provider.NEON) ? "none" : "Unknown", "muted"));
        }
        var chip = new ResourceChip(Icon.DATABASE, "Neon branch", branch.get(), null, null);
        var pending =
                new Label(
                        preview.database()
                                .pending()
                                .map(tags ->
                                        tags.isEmpty()
                                                ? "in sync"
                                                : tags.size() == 1
                                                        ? tags.getFirst()
                                                        : tags.size() + " migrations pending")
                                .orElse("migrations not known"));
        pending.getStyleClass().add("mono");
        pending.setTooltip(new Tooltip(pending.getText()));
        var row = new HBox(8, chip, gap(), pending);
        row.getStyleClass().add("fact");
        return row;
    }

    private Node healthRow(Preview preview) {
        var bar = HealthBar.small();
        bar.setMarks(Words.marks(preview.health()));
        var words = label(Words.latency(preview.health()), "mono", "muted");
        var rounds = preview.health().history().size();
        var row =
                new HBox(
                        12,
                        label(
                                rounds < 2
                                        ? "Health"
                                        : "Health, last " + Math.min(8, rounds) + " rounds",
                                "muted"),
                        gap(),
                        bar,
                        words);
        row.getStyleClass().add("fact");
        return row;
    }

    private static String brief(String id) {
        return "v" + id.substring(0, Math.min(4, id.length()));
    }
}
