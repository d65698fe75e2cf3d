package dev.slipway.ui.settings;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.Provider;
import dev.slipway.operation.Arming;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Preferences;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.TwoLines;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.ShellModel;
import dev.slipway.ui.shell.View;
import dev.slipway.ui.theme.Theme;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The page "Settings".
public final class SettingsView implements View {
    private final Desk desk;
    private final VBox connections = new VBox();
    private final ScrollPane page;

    public SettingsView(Desk desk) {
        this.desk = desk;
        var title = new Label("Settings");
        title.getStyleClass().add("page-title");
        var head = new HBox(title);
        head.getStyleClass().add("page-head");
        var all = new VBox(head, appearance(), keyboard(), connections, safety(), computer());
        all.getStyleClass().addAll("page", "settings");
        FxmlScreen.style(all, SettingsView.class, "settings.css");
        page = new ScrollPane(all);
        page.setFitToWidth(true);
        page.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        desk.model().connections().subscribe(this::showConnections);
        showConnections();
    }

    private Node appearance() {
        return section(
                "Appearance",
                row(
                        "Colours",
                        "System follows the computer, also while the window is open",
                        choice(
                                "Colours",
                                List.of(Theme.Scheme.values()),
                                Preferences::scheme,
                                Preferences::with)),
                row(
                        "Contrast",
                        "High makes quiet text and edges stronger",
                        choice(
                                "Contrast",
                                List.of(Theme.Contrast.values()),
                                Preferences::contrast,
                                Preferences::with)));
    }

    private Node keyboard() {
        return section(
                "Keyboard",
                row(
                        "Single letters are shortcuts",
                        "Such as P for Promote; never while a text field has the focus",
                        choice(
                                "Single letters are shortcuts",
                                List.of(true, false),
                                Preferences::plainKeys,
                                Preferences::withPlainKeys)));
    }

    private void showConnections() {
        var rows =
                List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE).stream()
                        .map(this::connection)
                        .toArray(Node[]::new);
        KeptFocus.in(
                () -> connections.getChildren().setAll(section("Connections", rows)), connections);
    }

    private Node connection(Provider provider) {
        var world = desk.services().world();
        var known =
                desk.model().connections().stream()
                        .filter(c -> c.provider() == provider)
                        .map(ShellModel.Connection::status)
                        .findFirst();
        var status =
                known.map(s -> s.equals(Status.HEALTHY) ? s.saying("Connected") : s)
                        .orElse(Status.UNKNOWN.saying("Not asked yet"));
        var token =
                world.sandbox()
                        ? "token of the sandbox"
                        : "token from the home, put there by slipway connect " + provider.key();
        return row(
                provider.title(),
                address(provider).getAuthority() + ", " + token,
                new StatusChip(status));
    }

    private URI address(Provider provider) {
        var world = desk.services().world();
        return switch (provider) {
            case GITHUB -> world.github();
            case NEON -> world.neon();
            default -> world.cloudflare();
        };
    }

    private Node safety() {
        var stack = desk.services().stack();
        var waivable = stack.policy().waivable();
        return section(
                "Safety",
                row(
                        "Arming",
                        "Writing is allowed for this long, then has to be armed again",
                        words(Arming.LENGTH.toMinutes() + " min")),
                row(
                        "Kept for a rollback",
                        "Background reading stops before these calls are touched",
                        words(
                                desk.model().budgets().stream()
                                        .filter(b -> b.kept() > 0)
                                        .map(b -> b.kept() + " " + b.provider().title() + " calls")
                                        .findFirst()
                                        .orElse("200 Cloudflare calls"))),
                row(
                        "Gates that may be waived",
                        "Decided by slipway.yaml, for everybody",
                        words(waivable.isEmpty() ? "none" : String.join(", ", waivable))));
    }

    private Node computer() {
        var home = desk.services().memory().home().toAbsolutePath().toString();
        var copy = new Button("Copy", Icon.COPY.node(14));
        copy.getStyleClass().add("small");
        copy.setAccessibleText("Copy the path of the home");
        copy.setOnAction(_ -> Copyable.toClipboard(home));
        var world = desk.services().world();
        return section(
                "This computer",
                row(
                        "Home",
                        "Journals, logs and tokens; --home chooses another one",
                        label(home, "mono"),
                        copy),
                row(
                        "World",
                        "Every journal belongs to one",
                        label(world.name() + " " + world.id(), "mono")));
    }

    private <T> Node choice(
            String name,
            List<T> values,
            Function<Preferences, T> now,
            BiFunction<Preferences, T, Preferences> change) {
        var choice = new SegmentedFilter<T>();
        choice.setAccessibleText(name);
        choice.setChoices(
                values.stream().map(v -> new SegmentedFilter.Choice<>(v, word(v), -1)).toList());
        choice.selectedProperty().set(now.apply(desk.preferencesProperty().get()));
        choice.selectedProperty()
                .addListener((_, _, value) -> {
                    if (value != null) {
                        desk.choose(p -> change.apply(p, value));
                    }
                });
        return choice;
    }

    private static String word(Object value) {
        if (value instanceof Boolean on) {
            return on ? "On" : "Off";
        }
        var name = value.toString();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static VBox section(String title, Node... rows) {
        var heading = new Label(title);
        heading.getStyleClass().addAll("section-title", "settings-heading");
        var box = new VBox(heading);
        box.getChildren().addAll(rows);
        return box;
    }

    private static Node row(String name, String meaning, Node... values) {
        var row = new HBox(12, TwoLines.of(name, meaning), gap());
        row.getChildren().addAll(values);
        row.getStyleClass().addAll("settings-row", "row-line");
        row.setAccessibleRole(AccessibleRole.PARENT);
        row.setAccessibleText(name + ". " + meaning);
        return row;
    }

    private static Label words(String text) {
        return new Label(text);
    }

    @Override
    public Parent content() {
        return page;
    }

    @Override
    public void show(Place place) {
        showConnections();
    }
}
