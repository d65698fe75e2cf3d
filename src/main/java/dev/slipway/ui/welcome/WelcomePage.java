package dev.slipway.ui.welcome;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.domain.Provider;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.FxmlScreen;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.kit.TwoLines;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Two ways in, side by side: the sandbox and one's own accounts.
public final class WelcomePage extends VBox {
    private final VBox tasks = new VBox();
    private final Button explore = new Button("Open sandbox");

    /// What the page says about the sandbox.
    ///
    /// @param ready whether it runs already
    /// @param facts what is in it, a few words each
    public record Sandbox(boolean ready, List<Fact> facts) {
        /// Before it was started once.
        public static final Sandbox NOT_STARTED =
                new Sandbox(
                        false,
                        List.of(
                                new Fact(Icon.PREVIEWS, "12 pull requests in different states"),
                                new Fact(Icon.LIVE, "3 live Workers behind a real resolver"),
                                new Fact(Icon.DATABASE, "Real Git, real Postgres, real HTTP"),
                                new Fact(
                                        Icon.WAITING, "Starts in a few seconds, keeps its state")));
    }

    /// A line of the card.
    public record Fact(Icon icon, String words) {}

    /// @param problem why no world is open; empty when one is
    /// @param connected whose live token is stored
    /// @param open goes to the sandbox
    /// @param connect tells how accounts are connected
    public WelcomePage(
            Optional<String> problem,
            Sandbox sandbox,
            Set<Provider> connected,
            Runnable open,
            Runnable connect) {
        getStyleClass().add("welcome");
        FxmlScreen.style(this, WelcomePage.class, "welcome.css");
        explore.setId("open-sandbox");
        explore.getStyleClass().add("accent");
        explore.setOnAction(_ -> open.run());
        getChildren().add(head());
        problem.ifPresent(
                text -> getChildren().add(Banner.warning("Your own world is not open.", text)));
        var left = sandbox(sandbox);
        var right = accounts(connected, connect);
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        getChildren().addAll(new HBox(24, left, right), tasks);
    }

    /// Gives the focus to the way in that needs nothing.
    public void focus() {
        explore.requestFocus();
    }

    /// Lists what to try.
    void setTasks(List<Task> all, Set<Task> tried, Consumer<Task> start) {
        tasks.getChildren().clear();
        if (all.isEmpty()) {
            return;
        }
        var title = new Label("Things to try in the sandbox");
        title.getStyleClass().add("card-title");
        var count = new Label("%d of %d tried, optional".formatted(tried.size(), all.size()));
        count.getStyleClass().addAll("caption", "muted");
        var head = new HBox(12, title, count);
        head.getStyleClass().addAll("tasks-head", "underlined");
        tasks.getChildren().add(head);
        all.forEach(task -> tasks.getChildren().add(row(task, tried.contains(task), start)));
    }

    private static Node head() {
        var tile = new StackPane(Icon.OPERATIONS.node(24));
        tile.getStyleClass().add("tile");
        var title = new Label("Welcome to Slipway");
        title.getStyleClass().add("hero");
        var words =
                new Label(
                        "Releases of Cloudflare Workers on Neon Postgres, from pull request to"
                                + " production and back.");
        words.getStyleClass().add("muted");
        var head = new HBox(16, tile, new VBox(title, words));
        head.getStyleClass().add("line");
        return head;
    }

    private VBox sandbox(Sandbox sandbox) {
        var head = head("1", "Explore the sandbox");
        if (sandbox.ready()) {
            head.getChildren().addAll(gap(), new Chip("Ready", Icon.OK, Tone.SUCCESS));
        }
        var facts = new VBox(12);
        for (var fact : sandbox.facts()) {
            facts.getChildren().add(new Label(fact.words(), fact.icon().node()));
        }
        var card =
                new VBox(
                        12,
                        head,
                        label(
                                "A complete team\u2019s stack on this computer. No account, no token.",
                                "muted"),
                        facts,
                        space(),
                        foot(explore, "Nothing leaves this computer."));
        card.getStyleClass().addAll("card", "way", "first");
        return card;
    }

    private static VBox accounts(Set<Provider> connected, Runnable connect) {
        var how = new Button("How to connect\u2026", Icon.CONNECT.node());
        how.setOnAction(_ -> connect.run());
        var card =
                new VBox(
                        8,
                        head("2", "Connect your accounts"),
                        label("Read-only works first. Writing needs arming, every time.", "muted"),
                        account(
                                Icon.GITHUB,
                                Provider.GITHUB,
                                "pull requests, checks, merges, the lock",
                                connected),
                        account(
                                Icon.DATABASE,
                                Provider.NEON,
                                "branches, schema, restore window",
                                connected),
                        account(
                                Icon.WORKER,
                                Provider.CLOUDFLARE,
                                "Workers, versions, traffic, DNS",
                                connected),
                        space(),
                        foot(how, "Tokens stay in a file only you can read."));
        card.getStyleClass().addAll("card", "way");
        return card;
    }

    private static Node account(
            Icon icon, Provider provider, String what, Set<Provider> connected) {
        var status =
                connected.contains(provider)
                        ? Status.PASSED.saying("Connected")
                        : Status.NOT_CREATED.saying("Not connected");
        var chip = new StatusChip(status);
        chip.getStyleClass().add("plain");
        var words = TwoLines.of(provider.title(), what);
        var row = new HBox(12, icon.node(), words, gap(), chip);
        row.getStyleClass().addAll("account", "row-line");
        return row;
    }

    private static Node row(Task task, boolean tried, Consumer<Task> start) {
        var time = label("about " + task.minutes() + " min", "muted");
        var go = new Hyperlink(tried ? "Again" : "Start");
        go.getStyleClass().add("strong");
        go.setAccessibleText("Start: " + task.title());
        go.setOnAction(_ -> start.accept(task));
        var done = tried ? Status.DONE : Status.NOT_CREATED;
        var words = TwoLines.of(task.title(), task.how());
        var row = new HBox(16, done.icon().node(done.tone()), words, gap(), time, go);
        row.getStyleClass().addAll("task", "row-line");
        row.setAccessibleRole(AccessibleRole.PARENT);
        row.setAccessibleText(task.title() + (tried ? ", tried" : ", not tried yet"));
        return row;
    }

    private static HBox head(String number, String title) {
        var digit = new Label(number);
        digit.getStyleClass().addAll("mono", "muted");
        var words = new Label(title);
        words.getStyleClass().add("section-title");
        var row = new HBox(8, digit, words);
        row.getStyleClass().add("line");
        return row;
    }

    private static HBox foot(Button button, String words) {
        button.setMinWidth(Region.USE_PREF_SIZE);
        var caption = label(words, "muted");
        caption.getStyleClass().add("caption");
        var row = new HBox(16, button, caption);
        row.getStyleClass().add("line");
        return row;
    }

    private static Region space() {
        var space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        return space;
    }
}
