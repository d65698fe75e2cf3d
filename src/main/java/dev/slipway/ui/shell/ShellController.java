package dev.slipway.ui.shell;

import static dev.slipway.ui.kit.Nodes.gap;

import dev.slipway.ui.kit.CountBadge;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Shortcuts;
import dev.slipway.ui.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Joins the frame of the window to its model and to the view of the current place.
public final class ShellController {
    private final Shell.Parts parts;
    private final ShellModel model;
    private final Texts texts = Texts.of(ShellController.class);
    private final Sidebar sidebar;
    private final Band band;
    private final BottomPanel panel;
    private final Node statusBar;

    @FXML private BorderPane frame;
    @FXML private VBox top;
    @FXML private VBox middle;
    @FXML private BorderPane stage;
    @FXML private MenuButton project;
    @FXML private MenuButton mode;
    @FXML private Button bell;
    @FXML private Button help;
    @FXML private Button command;

    private @Nullable Dialogs dialogs;
    private @Nullable View view;
    private Subscription drawer = Subscription.EMPTY;

    ShellController(Shell.Parts parts) {
        this.parts = parts;
        model = parts.model();
        sidebar = new Sidebar(model, parts.navigator(), parts.views());
        band = new Band(model, parts.zone(), parts.arming()::disarm);
        panel = new BottomPanel(model, parts.navigator(), parts.zone(), parts.logs());
        statusBar = new StatusItems(model, parts.navigator(), parts.zone()).bar();
    }

    /// Fills the frame; called once, after the file is loaded.
    void start(Dialogs windowDialogs) {
        dialogs = windowDialogs;
        top.getChildren().add(band);
        frame.setLeft(sidebar);
        frame.setBottom(statusBar);
        middle.getChildren().add(panel);
        startHeader();
        parts.navigator().placeProperty().subscribe(this::show);
    }

    private void startHeader() {
        var name = new Label();
        name.getStyleClass().add("strong");
        name.textProperty().bind(model.repositoryProperty());
        var zone = new Label();
        zone.getStyleClass().add("muted");
        zone.textProperty().bind(Bindings.concat(" / ", model.zoneProperty()));
        project.setGraphic(new HBox(8, Icon.REPOSITORY.node(), new HBox(name, zone)));
        project.getStyleClass().add("project");
        project.accessibleTextProperty()
                .bind(Bindings.concat(model.repositoryProperty(), " / ", model.zoneProperty()));
        model.worldProperty().subscribe(_ -> showWorlds());
        model.worldActions().subscribe(this::showWorlds);

        var prompt = new Label(texts.get("shell.command"));
        prompt.getStyleClass().add("muted");
        var row =
                new HBox(
                        8,
                        Icon.SEARCH.node(),
                        prompt,
                        gap(),
                        new KeyHint(texts.get("shell.command.keys")));
        row.getStyleClass().add("command-row");
        command.setGraphic(row);
        help.setGraphic(Icon.HELP.node());

        var badge = new CountBadge();
        bell.setGraphic(new HBox(4, Icon.BELL.node(), badge));
        model.notices()
                .subscribe(() -> {
                    badge.countProperty().set(model.notices().size());
                    bell.setAccessibleText(texts.get("shell.notices", model.notices().size()));
                });
        bell.setAccessibleText(texts.get("shell.notices", model.notices().size()));
        badge.countProperty().set(model.notices().size());

        new ModeMenu(mode, parts, texts, this::arm).start();
    }

    private void showWorlds() {
        var world = model.worldProperty().get();
        project.getItems().setAll(new MenuItem(world.isEmpty() ? "-" : world));
        if (!model.worldActions().isEmpty()) {
            project.getItems().add(new SeparatorMenuItem());
        }
        for (var action : model.worldActions()) {
            var item = new MenuItem(action.words());
            item.setOnAction(_ -> action.act().run());
            project.getItems().add(item);
        }
    }

    /// The views are others now: shows the current place with the one it has.
    void renew() {
        show(parts.navigator().place());
        panel.renew();
    }

    /// The window is about to go: the page stops what only it needs.
    void leave() {
        if (view != null) {
            view.leave();
        }
    }

    private void show(Place place) {
        var next = parts.views().of(place).orElseGet(this::nowhere);
        if (!next.equals(view)) {
            if (view != null) {
                view.leave();
            }
            drawer.unsubscribe();
            drawer = Subscription.EMPTY;
            stage.setRight(null);
            view = next;
            stage.setCenter(next.content());
            var scene = frame.getScene();
            if (scene != null) {
                FxThread.afterLayout(scene, () -> enter(next));
            }
            var right = next.drawer();
            if (right != null) {
                drawer = right.subscribe(stage::setRight);
            }
        }
        next.show(place);
    }

    /// The frame is in `scene` from now on: its page has the focus as when it is come to.
    void enter(Scene scene) {
        var page = view;
        if (page != null) {
            FxThread.afterLayout(scene, () -> enter(page));
        }
    }

    // Who came by a key goes on by keys; and under X a window whose focused control left it hears
    // none at all.
    private void enter(View page) {
        var asking = dialogs != null && dialogs.isOpen();
        if (page.equals(view) && page.content().getScene() != null && !asking) {
            page.entry()
                    .or(() -> Optional.ofNullable(Shortcuts.firstFocusable(page.content())))
                    .orElse(command)
                    .requestFocus();
        }
    }

    private View nowhere() {
        var page =
                new EmptyState(
                        Icon.UNKNOWN,
                        texts.get("shell.empty.title"),
                        texts.get("shell.empty.reason"));
        return () -> page;
    }

    /// Opens the prompt that arms; nothing happens when writing is allowed or impossible.
    void arm() {
        if (dialogs != null && model.openingProperty().get().isPresent()) {
            dialogs.tell(
                    texts.get("shell.opening.title"), new Label(texts.get("shell.opening.body")));
        } else if (dialogs != null && model.offlineSinceProperty().get().isPresent()) {
            dialogs.tell(
                    texts.get("shell.offline.title"), new Label(texts.get("shell.offline.body")));
        } else if (dialogs != null
                && !model.viewerProperty().get()
                && model.armedProperty().get().isEmpty()) {
            ArmDialog.open(dialogs, model, parts.arming(), parts.clock(), parts.zone());
        }
    }

    @FXML
    private void shortcuts() {
        if (dialogs != null) {
            ShortcutSheet.open(
                    dialogs,
                    texts,
                    view == null ? List.of() : view.shortcuts(),
                    view == null ? List.of() : view.listKeys(),
                    everywhere());
        }
    }

    @FXML
    private void notices() {
        if (dialogs != null) {
            NoticeList.open(dialogs, texts, model, parts.navigator(), parts.zone());
        }
    }

    @FXML
    private void palette() {
        if (dialogs != null) {
            // The palette is a dialog of this window and closes with it.
            CommandPalette.open(
                    dialogs,
                    Commands.of(
                            parts, texts, Optional.ofNullable(view), this::arm, this::shortcuts));
        }
    }

    /// The keys of this moment, the view's first.
    List<Shortcut> keys() {
        var all = new ArrayList<>(view == null ? List.<Shortcut>of() : view.shortcuts());
        all.addAll(everywhere());
        return all;
    }

    private List<Shortcut> everywhere() {
        var keys = new ArrayList<Shortcut>();
        for (var section : Section.values()) {
            if (parts.views().has(section)) {
                Runnable go = () -> parts.navigator().go(section.home());
                keys.add(new Shortcut(section.keys(), section.title, go));
                keys.add(new Shortcut("G " + section.letter, section.title, go));
            }
        }
        keys.add(new Shortcut("Shortcut+K", texts.get("shell.command"), this::palette));
        keys.add(new Shortcut("Shortcut+Shift+A", texts.get("shell.mode.arm"), this::arm));
        keys.add(new Shortcut("Shortcut+J", "Show or hide the panel", panel::toggle));
        keys.add(
                new Shortcut(
                        "Shortcut+B", "Narrow or widen the sidebar", sidebar::toggleCollapsed));
        keys.add(new Shortcut("F6", "Next region", () -> cycle(false)));
        keys.add(new Shortcut("Shift+F6", "Previous region", () -> cycle(true)));
        keys.add(new Shortcut("Alt+Left", "Back", parts.navigator()::back));
        keys.add(new Shortcut("Alt+Right", "Forward", parts.navigator()::forward));
        keys.add(new Shortcut("/", "Filter or find", this::filter));
        keys.add(new Shortcut("?", texts.get("shell.help"), this::shortcuts));
        return keys;
    }

    private void cycle(boolean back) {
        var regions = new ArrayList<Node>(List.of(top, sidebar));
        var content = stage.getCenter();
        if (content != null) {
            regions.add(content);
        }
        var right = stage.getRight();
        if (right != null) {
            regions.add(right);
        }
        regions.add(panel);
        regions.add(statusBar);
        Shortcuts.cycle(frame.getScene(), regions, back);
    }

    private void filter() {
        if (stage.getCenter() instanceof Parent page) {
            FilterField.in(page).ifPresent(Node::requestFocus);
        }
    }

    /// The title of the window: the world, and SANDBOX first when it is one.
    StringBinding title() {
        return Bindings.createStringBinding(
                () ->
                        texts.get(
                                model.sandboxProperty().get()
                                        ? "shell.title.sandbox"
                                        : "shell.title",
                                model.repositoryProperty().get(),
                                model.zoneProperty().get()),
                model.sandboxProperty(),
                model.repositoryProperty(),
                model.zoneProperty());
    }
}
