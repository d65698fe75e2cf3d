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
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Joins the frame of the window to its model and to the view of the current place.
public final class ShellController {
    private static final PseudoClass ARMED = PseudoClass.getPseudoClass("armed");

    private final Shell.Parts parts;
    private final ShellModel model;
    private final Texts texts = Texts.of(ShellController.class);
    private final Sidebar sidebar;
    private final Band band;
    private final BottomPanel panel;
    private final Node statusBar;
    private final Label left = new Label();
    private final Timeline clock =
            new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> showTimeLeft()));

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
        clock.setCycleCount(Animation.INDEFINITE);
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

        left.getStyleClass().add("mono-strong");
        mode.getStyleClass().addAll("mode", "strong");
        mode.addEventHandler(
                KeyEvent.KEY_PRESSED, new TwiceEscape(parts.arming()::disarm)::pressed);
        model.armedProperty().subscribe(_ -> showMode());
        model.viewerProperty().subscribe(_ -> showMode());
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

    private void showMode() {
        var armed = model.armedProperty().get();
        mode.pseudoClassStateChanged(ARMED, armed.isPresent());
        if (armed.isPresent()) {
            mode.setText("");
            var word = new Label(texts.get("shell.mode.armed"));
            mode.setGraphic(new HBox(8, Icon.PRODUCTION.node(), word, left));
            mode.getItems().setAll(item("shell.mode.disarm", parts.arming()::disarm));
            showTimeLeft();
            clock.play();
        } else {
            clock.stop();
            var viewer = model.viewerProperty().get();
            mode.setText(texts.get(viewer ? "shell.mode.viewer" : "shell.mode.read"));
            mode.setGraphic((viewer ? Icon.NOTHING_CHANGED : Icon.LOCK).node());
            mode.setAccessibleText(mode.getText());
            mode.getItems().setAll(viewer ? List.of() : List.of(item("shell.mode.arm", this::arm)));
            mode.setTooltip(
                    new Tooltip(texts.get(viewer ? "shell.mode.viewer.help" : "shell.mode.help")));
        }
    }

    private void showTimeLeft() {
        model.armedProperty()
                .get()
                .ifPresent(armed -> {
                    var rest = Duration.between(parts.clock().instant(), armed.until());
                    left.setText(Times.figures(rest.isNegative() ? Duration.ZERO : rest));
                    mode.setAccessibleText(texts.get("shell.mode.armed") + " " + Times.words(rest));
                });
    }

    private MenuItem item(String key, Runnable action) {
        var item = new MenuItem(texts.get(key));
        item.setOnAction(_ -> action.run());
        return item;
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
            CommandPalette.open(dialogs, commands());
        }
    }

    private List<CommandPalette.Command> commands() {
        var all = new ArrayList<CommandPalette.Command>();
        for (var section : Section.values()) {
            if (parts.views().has(section)) {
                all.add(
                        new CommandPalette.Command(
                                section.icon,
                                section.title,
                                "View",
                                section.shownKeys(),
                                Optional.empty(),
                                () -> parts.navigator().go(section.home())));
            }
        }
        if (view != null) {
            for (var shortcut : view.shortcuts()) {
                all.add(
                        new CommandPalette.Command(
                                Icon.CHEVRON_RIGHT,
                                shortcut.words(),
                                "Here",
                                shortcut.shown(),
                                shortcut.unavailable(),
                                shortcut.action()));
            }
        }
        var reason =
                model.viewerProperty().get()
                        ? Optional.of(texts.get("shell.mode.viewer.help"))
                        : Optional.<String>empty();
        var armed = model.armedProperty().get().isPresent();
        all.add(
                new CommandPalette.Command(
                        armed ? Icon.UNLOCK : Icon.LOCK,
                        texts.get(armed ? "shell.mode.disarm" : "shell.mode.arm"),
                        "Window",
                        armed ? "" : "Ctrl+Shift+A",
                        reason,
                        armed ? parts.arming()::disarm : this::arm));
        all.add(
                new CommandPalette.Command(
                        Icon.HELP,
                        texts.get("shell.help"),
                        "Window",
                        "?",
                        Optional.empty(),
                        this::shortcuts));
        return all;
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
            find(page).ifPresent(Node::requestFocus);
        }
    }

    private static Optional<FilterField> find(Parent within) {
        for (var child : within.getChildrenUnmodifiable()) {
            if (child instanceof FilterField field) {
                return Optional.of(field);
            }
            if (child instanceof Parent parent) {
                var found = find(parent);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
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

    /// Calls back when Esc is pressed twice without another key between.
    private static final class TwiceEscape {
        private final Runnable action;
        private boolean once;

        TwiceEscape(Runnable action) {
            this.action = action;
        }

        void pressed(KeyEvent event) {
            if (event.getCode() != KeyCode.ESCAPE) {
                once = false;
            } else if (once) {
                once = false;
                action.run();
            } else {
                once = true;
            }
        }
    }
}
