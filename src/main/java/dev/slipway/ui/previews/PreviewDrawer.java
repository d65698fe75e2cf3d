package dev.slipway.ui.previews;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.preview.Preview;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Drawer;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Shortcuts;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import java.util.Arrays;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
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
                case OVERVIEW, RESOURCES, MIGRATIONS -> true;
                case CHECKS -> !preview.checks().all().isEmpty();
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
    private final SegmentedFilter<Tab> tabs = SegmentedFilter.tabs();
    private final VBox body = new VBox();
    private final Hyperlink link = new Hyperlink();
    private final MigrationsTab migrations;
    private Tab tab = Tab.OVERVIEW;
    private Optional<Preview> shown = Optional.empty();

    PreviewDrawer(Desk desk, PreviewsModel model, int number, Runnable close) {
        this.desk = desk;
        this.model = model;
        this.number = number;
        tabs.setAccessibleText("What is shown of the preview");
        tabs.selectedProperty()
                .subscribe(chosen -> {
                    if (chosen != null) {
                        turnTo(chosen);
                    }
                });
        migrations =
                new MigrationsTab(
                        desk,
                        new MigrationsModel(desk, model.rehearsing(), number),
                        () -> shown.filter(_ -> tab == Tab.MIGRATIONS).ifPresent(this::show));
        body.getStyleClass().add("drawer-body");
        content.getChildren().addAll(identity, buttons, tabs, body);
        link.setText("#" + number);
        link.setGraphic(Icon.PREVIEWS.node(Tone.ACCENT));
        link.getStyleClass().add("strong");
        link.setAccessibleText("Pull request " + number + ", opens the web page");
        drawer = new Drawer(link, new HBox(), content, close);
        FxmlScreen.style(drawer, PreviewDrawer.class, "previews.css");
        desk.model().armedProperty().subscribe(_ -> shown.ifPresent(this::show));
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

    /// Gives the focus to the first thing that can be done.
    void focus() {
        var scene = drawer.getScene();
        if (scene != null) {
            FxThread.afterLayout(
                    scene,
                    () ->
                            Optional.ofNullable(Shortcuts.firstFocusable(content))
                                    .ifPresent(Node::requestFocus));
        }
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
        // Read again every few seconds, while a person walks through it.
        KeptFocus.in(() -> draw(preview), content);
    }

    private void draw(Preview preview) {
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
                            case OVERVIEW -> new OverviewTab(desk, model).of(preview);
                            case RESOURCES -> new ResourcesTab(model).of(preview);
                            case CHECKS -> new ChecksTab(desk).of(preview);
                            case MIGRATIONS -> migrations.of(preview);
                        });
    }

    private void showIdentity(Preview preview) {
        var title = new Label(preview.title());
        title.getStyleClass().add("section-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        var branch = label(preview.branch(), "mono", "muted");
        branch.setGraphic(Icon.BRANCH.node(12));
        var facts =
                new HBox(
                        6,
                        label(preview.author().orElse("a deleted account"), "caption", "muted"),
                        label("\u00b7", "caption", "muted"),
                        branch,
                        label("\u00b7", "caption", "muted"),
                        label(preview.head().brief(), "mono", "muted"),
                        label("\u00b7", "caption", "muted"),
                        label(Times.ago(preview.updated(), desk.now()), "caption", "muted"));
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
                        label(preview.reason(), "caption", "muted"));
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
        // First, because choices without a chosen one choose the first, which would turn to it.
        tabs.selectedProperty().set(tab);
        tabs.setChoices(
                Arrays.stream(Tab.values())
                        .filter(one -> one.has(preview))
                        .map(one -> new SegmentedFilter.Choice<>(one, one.title, -1))
                        .toList());
    }

    private void turnTo(Tab chosen) {
        if (chosen != tab) {
            tab = chosen;
            desk.navigator()
                    .refine(
                            new Place.Previews(
                                    model.filterProperty().get(),
                                    Optional.of(number),
                                    chosen.title));
            shown.ifPresent(this::show);
        }
    }
}
