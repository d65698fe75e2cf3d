package dev.slipway.ui.previews;

import dev.slipway.domain.Provider;
import dev.slipway.github.Checks;
import dev.slipway.preview.Preview;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Drawer;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.GateList;
import dev.slipway.ui.kit.HealthBar;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.ResourceChip;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One preview in full, at the right of the list.
final class PreviewDrawer {
    /// The tabs; one is there when there is something in it.
    private enum Tab {
        OVERVIEW("Overview"),
        RESOURCES("Resources"),
        CHECKS("Checks"),
        MIGRATIONS("Migrations");

        final String title;

        Tab(String title) {
            this.title = title;
        }

        boolean has(Preview preview) {
            return switch (this) {
                case OVERVIEW, RESOURCES -> true;
                case CHECKS -> !preview.checks().all().isEmpty();
                case MIGRATIONS ->
                        preview.database().pending().map(tags -> !tags.isEmpty()).orElse(false)
                                || !preview.database().troubles().isEmpty();
            };
        }
    }

    private final Desk desk;
    private final PreviewsModel model;
    private final int number;
    private final Drawer drawer;
    private final VBox content = new VBox();
    private final VBox identity = new VBox(4);
    private final HBox buttons = new HBox(8);
    private final HBox tabs = new HBox();
    private final VBox body = new VBox();
    private final Hyperlink link = new Hyperlink();
    private Tab tab = Tab.OVERVIEW;
    private Optional<Preview> shown = Optional.empty();

    PreviewDrawer(Desk desk, PreviewsModel model, int number, Runnable close) {
        this.desk = desk;
        this.model = model;
        this.number = number;
        tabs.getStyleClass().add("tabs");
        body.getStyleClass().add("drawer-body");
        content.getChildren().addAll(identity, buttons, tabs, body);
        link.setText("#" + number);
        link.setGraphic(Icon.PREVIEWS.node(Tone.ACCENT));
        link.getStyleClass().add("strong");
        link.setAccessibleText("Pull request " + number + ", opens the web page");
        drawer = new Drawer(link, new HBox(), content, close);
        FxmlScreen.style(drawer, PreviewDrawer.class, "previews.css");
        desk.model().armedProperty().subscribe(_ -> shown.ifPresent(this::showButtons));
    }

    int number() {
        return number;
    }

    String tab() {
        return tab.title;
    }

    Node node() {
        return drawer;
    }

    /// Opens the tab of this title; any other text the first one.
    void select(String title) {
        for (var one : Tab.values()) {
            if (one.title.equals(title)) {
                tab = one;
                shown.ifPresent(this::show);
                return;
            }
        }
    }

    void show(Preview preview) {
        shown = Optional.of(preview);
        link.setOnAction(_ -> desk.browse(preview.url()));
        showIdentity(preview);
        showButtons(preview);
        if (!tab.has(preview)) {
            tab = Tab.OVERVIEW;
        }
        showTabs(preview);
        body.getChildren()
                .setAll(
                        switch (tab) {
                            case OVERVIEW -> overview(preview);
                            case RESOURCES -> resources(preview);
                            case CHECKS -> checks(preview);
                            case MIGRATIONS -> migrations(preview);
                        });
    }

    private void showIdentity(Preview preview) {
        var title = new Label(preview.title());
        title.getStyleClass().add("section-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        var branch = PreviewTable.mono(preview.branch(), true);
        branch.setGraphic(Icon.BRANCH.node(12));
        var facts =
                new HBox(
                        6,
                        PreviewTable.caption(preview.author().orElse("a deleted account")),
                        PreviewTable.caption("\u00b7"),
                        branch,
                        PreviewTable.caption("\u00b7"),
                        PreviewTable.mono(preview.head().brief(), true),
                        PreviewTable.caption("\u00b7"),
                        PreviewTable.caption(Times.ago(preview.updated(), desk.now())));
        for (var fact : facts.getChildren()) {
            if (!fact.equals(branch) && fact instanceof Label label) {
                label.setMinWidth(Region.USE_PREF_SIZE);
            }
        }
        facts.getStyleClass().add("line");
        var state =
                new HBox(
                        8,
                        new StatusChip(Words.status(preview.state())),
                        PreviewTable.caption(preview.reason()));
        state.getStyleClass().add("line");
        identity.getChildren().setAll(title, facts, state);
    }

    private void showButtons(Preview preview) {
        var promote =
                desk.armed()
                        ? new Button("Promote\u2026", Icon.OPERATIONS.node())
                        : new Button("Promote\u2026", Icon.LOCK.node());
        promote.getStyleClass().add("accent");
        promote.setTooltip(
                new Tooltip(
                        desk.armed()
                                ? "Opens the wizard (P)"
                                : "Opens the wizard to read; starting needs arming (P)"));
        promote.setOnAction(
                _ -> desk.navigator().go(new Place.Promotion(Integer.toString(number))));
        var look = new Button("Open preview", Icon.EXTERNAL.node());
        look.setTooltip(new Tooltip("Opens it in the browser (O)"));
        look.setDisable(preview.names().isEmpty());
        look.setOnAction(_ -> PreviewLinks.open(desk, preview));
        buttons.getChildren().setAll(promote, look);
    }

    private void showTabs(Preview preview) {
        var group = new ToggleGroup();
        tabs.getChildren().clear();
        for (var one : Tab.values()) {
            if (one.has(preview)) {
                var toggle = new ToggleButton(one.title);
                toggle.getStyleClass().setAll("tab-toggle");
                toggle.setToggleGroup(group);
                toggle.setSelected(one == tab);
                toggle.setOnAction(_ -> {
                    tab = one;
                    desk.navigator()
                            .refine(
                                    new Place.Previews(
                                            model.filterProperty().get(),
                                            Optional.of(number),
                                            one.title));
                    show(preview);
                });
                tabs.getChildren().add(toggle);
            }
        }
    }

    // Overview

    private List<Node> overview(Preview preview) {
        var facts = PreviewFacts.of(preview);
        var holding = facts.stream().filter(PreviewFacts::holds).count();
        var gates = new GateList();
        gates.setGates(facts);
        var all = new ArrayList<Node>();
        all.add(
                heading(
                        holding == facts.size()
                                ? "Nothing here speaks against a promotion"
                                : "%d of %d conditions hold".formatted(holding, facts.size())));
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
        var version =
                PreviewTable.mono(worker.version().map(PreviewDrawer::brief).orElse(""), false);
        var chip = new StatusChip(status);
        probe.map(p -> p.line()).ifPresent(line -> chip.setTooltip(new Tooltip(line)));
        var latency =
                PreviewTable.mono(
                        probe.filter(p -> p.status() > 0)
                                .map(p -> p.latency().toMillis() + " ms")
                                .orElse(""),
                        true);
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
                    "Branch",
                    PreviewTable.muted(model.answered(Provider.NEON) ? "none" : "Unknown"));
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
        var words = PreviewTable.mono(Words.latency(preview.health()), true);
        var rounds = preview.health().history().size();
        var row =
                new HBox(
                        12,
                        PreviewTable.muted(
                                rounds == 0
                                        ? "Health"
                                        : "Health, last " + Math.min(8, rounds) + " rounds"),
                        gap(),
                        bar,
                        words);
        row.getStyleClass().add("fact");
        return row;
    }

    // Resources

    private List<Node> resources(Preview preview) {
        var all = new ArrayList<Node>();
        all.add(heading("GitHub"));
        all.add(
                resource(
                        Icon.PREVIEWS,
                        "Pull request",
                        preview.url().toString(),
                        Status.PASSED.saying("open")));
        all.add(resource(Icon.BRANCH, "Git branch", preview.branch(), null));
        all.add(resource(Icon.COMMIT, "Head commit", preview.head().value(), null));
        all.add(heading("Neon"));
        if (preview.database().branch().isPresent()) {
            all.add(
                    resource(
                            Icon.DATABASE,
                            "Database branch",
                            preview.database().branch().get(),
                            preview.database().awake()
                                    ? Status.PASSED.saying("awake")
                                    : Status.NOT_CREATED.saying("asleep")));
            preview.database()
                    .id()
                    .ifPresent(id -> all.add(resource(Icon.DATABASE, "Branch id", id, null)));
        } else {
            all.add(
                    PreviewTable.muted(
                            model.answered(Provider.NEON)
                                    ? "No database branch"
                                    : "Unknown: Neon is not answering"));
        }
        all.add(heading("Cloudflare"));
        for (var worker : preview.workers()) {
            all.add(
                    resource(
                            Icon.WORKER,
                            "Worker " + worker.name(),
                            worker.script(),
                            switch (worker.state()) {
                                case DEPLOYED -> Status.PASSED.saying("deployed");
                                case MISSING -> Status.MISSING.saying("not deployed");
                                case UNKNOWN -> Status.UNKNOWN;
                            }));
        }
        if (!preview.names().isEmpty()) {
            all.add(heading("DNS"));
        }
        for (var name : preview.names()) {
            all.add(
                    resource(
                            Icon.DNS,
                            "Hostname",
                            name.name(),
                            switch (name.state()) {
                                case RESOLVES -> Status.PASSED.saying("resolves");
                                case DOES_NOT_RESOLVE -> Status.FAILED.saying("dead");
                                case NO_RECORD -> Status.NOT_CREATED.saying("no record");
                                case UNKNOWN -> Status.UNKNOWN;
                            }));
        }
        return all;
    }

    private static Node resource(
            Icon icon, String kind, String name, @org.jspecify.annotations.Nullable Status state) {
        var value = PreviewTable.mono(name, false);
        value.setTooltip(new Tooltip(kind + " " + name));
        var copy = new Button("Copy", Icon.COPY.node(14));
        copy.getStyleClass().addAll("flat", "icon-only", "small");
        copy.setAccessibleText("Copy " + kind + " " + name);
        copy.setTooltip(new Tooltip("Copy"));
        copy.setOnAction(_ -> Copyable.toClipboard(name));
        var row = new HBox(8, icon.node(), value, gap());
        if (state != null) {
            var chip = new StatusChip(state);
            chip.getStyleClass().addAll("plain", "caption");
            chip.setMinWidth(Region.USE_PREF_SIZE);
            row.getChildren().add(chip);
        }
        row.getChildren().add(copy);
        row.getStyleClass().addAll("fact", "row-line");
        return row;
    }

    // Checks

    private List<Node> checks(Preview preview) {
        var checks = preview.checks();
        var all = new ArrayList<Node>();
        all.add(heading(checks.passed() + " of " + checks.total() + " checks passed"));
        checks.doubt().ifPresent(doubt -> all.add(note(doubt)));
        checks.all().stream()
                .sorted(
                        Comparator.comparingInt(PreviewDrawer::urgency)
                                .thenComparing(Checks.Check::name))
                .forEach(check -> all.add(check(check)));
        return all;
    }

    private static int urgency(Checks.Check check) {
        return switch (check.result()) {
            case FAIL -> 0;
            case UNKNOWN -> 1;
            case PENDING -> 2;
            case PASS -> 3;
            case SKIPPED -> 4;
        };
    }

    private Node check(Checks.Check check) {
        var status = Words.check(check);
        var name = new Label(check.name());
        name.setTooltip(new Tooltip(check.name() + ": " + check.word()));
        var took =
                check.started()
                        .flatMap(from -> check.completed().map(to -> Duration.between(from, to)))
                        .filter(d -> !d.isNegative() && !d.isZero())
                        .map(Times::words)
                        .orElse(status.word().toLowerCase(java.util.Locale.ROOT));
        var row =
                new HBox(
                        8,
                        status.icon().node(status.tone()),
                        name,
                        gap(),
                        PreviewTable.caption(took));
        check.link()
                .ifPresent(at -> {
                    var web = new Button("Open", Icon.EXTERNAL.node(14));
                    web.getStyleClass().addAll("flat", "icon-only", "small");
                    web.setAccessibleText("Open " + check.name() + " in the browser");
                    web.setOnAction(_ -> desk.browse(at));
                    row.getChildren().add(web);
                });
        row.getStyleClass().addAll("fact", "row-line");
        row.setAccessibleText(check.name() + ": " + status.word());
        return row;
    }

    // Migrations

    private List<Node> migrations(Preview preview) {
        var all = new ArrayList<Node>();
        if (!preview.database().troubles().isEmpty()) {
            all.add(heading("What stands in the way"));
            for (var trouble : preview.database().troubles()) {
                var row = new HBox(8, Icon.ATTENTION.node(Tone.WARNING), note(trouble));
                row.getStyleClass().addAll("fact", "row-line");
                all.add(row);
            }
        }
        var pending = preview.database().pending().orElse(List.of());
        if (!pending.isEmpty()) {
            all.add(heading("Production has not run"));
            for (var tag : pending) {
                all.add(resource(Icon.DATABASE, "Migration", tag, null));
            }
            all.add(note("What they do is read and judged in the wizard, before anything runs."));
        }
        return all;
    }

    // parts

    private static Node heading(String text) {
        var label = new Label(text);
        label.getStyleClass().addAll("card-title", "drawer-heading");
        return label;
    }

    private static Node section(String title, Node right) {
        var label = new Label(title);
        label.getStyleClass().add("card-title");
        var row = new HBox(8, label, gap(), right);
        row.getStyleClass().addAll("fact", "drawer-heading");
        return row;
    }

    private static Node fact(String name, Node value) {
        var row = new HBox(8, PreviewTable.muted(name), gap(), value);
        row.getStyleClass().add("fact");
        return row;
    }

    private static Label note(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll("caption", "muted");
        return label;
    }

    private static Region gap() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    private static String brief(String id) {
        return "v" + id.substring(0, Math.min(4, id.length()));
    }
}
