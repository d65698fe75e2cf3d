package dev.slipway.ui.shell;

import dev.slipway.domain.Provider;
import dev.slipway.ui.kit.AsOf;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.ConfirmPhrase;
import dev.slipway.ui.kit.DataTable;
import dev.slipway.ui.kit.Drawer;
import dev.slipway.ui.kit.FilterField;
import dev.slipway.ui.kit.GateList;
import dev.slipway.ui.kit.HealthBar;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.ResourceChip;
import dev.slipway.ui.kit.SegmentedFilter;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.kit.TwoLines;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A window with made-up values and two pages that use every part of the kit.
final class DemoWindow {
    static final Instant NOW = Instant.parse("2026-11-21T14:02:11Z");

    final ShellModel model = new ShellModel();
    final List<String> asked = new ArrayList<>();
    final Navigator navigator = new Navigator(Place.Previews.ALL);
    final Arming arming =
            new Arming() {
                @Override
                public void arm(String reason) {
                    asked.add("arm " + reason);
                    model.armedProperty()
                            .set(
                                    Optional.of(
                                            new ShellModel.Armed(NOW.plus(LENGTH), "kim", reason)));
                }

                @Override
                public void disarm() {
                    asked.add("disarm");
                    model.armedProperty().set(Optional.empty());
                }
            };
    final Shell shell;

    DemoWindow() {
        model.worldProperty().set("codex");
        model.repositoryProperty().set("codex");
        model.zoneProperty().set("codex.test");
        model.sandboxProperty().set(true);
        model.lockProperty().set(ShellModel.Lock.FREE);
        model.asOfProperty().set(Optional.of(NOW));
        model.budgets()
                .setAll(
                        new ShellModel.Budget(Provider.GITHUB, 4812, 0),
                        new ShellModel.Budget(Provider.CLOUDFLARE, 940, 200),
                        new ShellModel.Budget(Provider.NEON, 668, 0));
        model.connections()
                .setAll(
                        new ShellModel.Connection(
                                Provider.GITHUB, Status.HEALTHY, "GitHub: connected"));
        model.problems()
                .setAll(
                        new ShellModel.Notice(
                                NOW,
                                Status.FAILING,
                                "PR 479: auth answers 500",
                                Place.Previews.of(479)),
                        new ShellModel.Notice(
                                NOW, Status.PARTIAL, "PR 484: auth is not deployed", null));
        model.notices().setAll(model.problems());
        model.counts().put(Section.OPERATIONS, 1);
        var views =
                new Views()
                        .one(Place.Previews.class, Previews::new)
                        .one(Place.Production.class, Confirm::new)
                        .one(Place.Operations.class, () -> () -> new VBox(new Label("Operations")))
                        .one(Place.Logs.class, () -> () -> new VBox(new Label("Logs")));
        shell =
                new Shell(
                        new Shell.Parts(
                                model,
                                navigator,
                                views,
                                arming,
                                InstantSource.fixed(NOW),
                                ZoneOffset.UTC,
                                () -> new Label("log")));
    }

    private record Row(
            int number, String title, Status status, String reason, List<HealthBar.Mark> health) {}

    private static final class Previews implements View {
        private final SimpleObjectProperty<Node> drawer = new SimpleObjectProperty<>();
        private final VBox page = new VBox();

        Previews() {
            page.getStyleClass().add("page");
            var title = new Label("Previews");
            title.getStyleClass().add("page-title");
            var sub = new Label("12 open PRs, 3 ready");
            sub.getStyleClass().add("muted");
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            var asOf = new AsOf();
            asOf.zoneProperty().set(ZoneOffset.UTC);
            asOf.setReadAt(NOW);
            var refresh = new Button("Refresh", Icon.REFRESH.node());
            var head = new HBox(title, sub, gap, asOf, refresh);
            head.getStyleClass().add("page-head");
            var filter = new SegmentedFilter<String>();
            filter.setChoices(
                    List.of(
                            new SegmentedFilter.Choice<>("all", "All", 12),
                            new SegmentedFilter.Choice<>("ready", "Ready", 3),
                            new SegmentedFilter.Choice<>("mine", "Mine", 4)));
            var tools =
                    new HBox(
                            8,
                            filter,
                            new FilterField("Filter: title, #, author, branch:, db:, is:"));
            var table = new DataTable<Row>(44);
            table.setSentence(
                    row -> "PR " + row.number() + ", " + row.title() + ", " + row.status().word());
            table.column(
                    "PR",
                    292,
                    row -> TwoLines.of("#" + row.number() + " " + row.title(), "kim / feat/branch"),
                    Comparator.comparing(Row::number));
            table.column("Preview", 240, row -> TwoLines.of(row.status(), row.reason()), null);
            table.column(
                    "Health",
                    120,
                    row -> {
                        var bar = HealthBar.small();
                        bar.setMarks(row.health());
                        return bar;
                    },
                    null);
            var marks =
                    List.of(
                            new HealthBar.Mark(HealthBar.Kind.OK, ""),
                            new HealthBar.Mark(HealthBar.Kind.SLOW, "slow"),
                            new HealthBar.Mark(HealthBar.Kind.FAILED, "13:41 auth 503"),
                            new HealthBar.Mark(HealthBar.Kind.NOT_CHECKED, ""),
                            new HealthBar.Mark(HealthBar.Kind.OK, ""));
            table.getItems()
                    .setAll(
                            new Row(
                                    479,
                                    "Fix session cookie domain",
                                    Status.FAILING,
                                    "auth: 500 on /health",
                                    marks),
                            new Row(
                                    484,
                                    "Retry webhooks with backoff",
                                    Status.PARTIAL,
                                    "auth: not deployed",
                                    marks),
                            new Row(
                                    488,
                                    "Bump hono to 4.10",
                                    Status.BUILDING,
                                    "uploading auth, about 40 s",
                                    marks),
                            new Row(
                                    482,
                                    "New payment flow",
                                    Status.READY,
                                    "0043 expand, rehearsed",
                                    marks),
                            new Row(466, "Move assets to R2", Status.EXPIRED, "2 d ago", marks),
                            new Row(
                                    490,
                                    "Try passkeys on sign-in",
                                    Status.NOT_CREATED,
                                    "created when marked ready",
                                    marks));
            table.getSelectionModel().select(3);
            VBox.setVgrow(table, Priority.ALWAYS);
            page.getChildren()
                    .addAll(
                            head,
                            tools,
                            Banner.warning(
                                    "Neon has not answered for 40 s.",
                                    "Database columns show Unknown. Promotion is blocked; code-only rollback still works.",
                                    new Banner.Action("Retry now", () -> {})),
                            table);
        }

        @Override
        public Parent content() {
            return page;
        }

        @Override
        public void show(Place place) {
            if (place instanceof Place.Previews p && p.pullRequest().isPresent()) {
                var gates = new GateList();
                gates.setGates(
                        List.of(
                                new GateList.Gate(
                                        "Approval", Status.WAITING, "waits for 1 reviewer"),
                                new GateList.Gate(
                                        "Checks on 8b4d0c7", Status.PASSED, "9 of 9, 13:51"),
                                new GateList.Gate(
                                        "Migration verdict",
                                        Status.PASSED,
                                        "expand, any order safe")));
                var title = new Label("New payment flow");
                title.getStyleClass().add("section-title");
                var promote = new Button("Promote…", Icon.LOCK.node());
                promote.getStyleClass().add("accent");
                var chip =
                        new ResourceChip(Icon.DATABASE, "Neon branch", "pr-482", "in sync", null);
                drawer.set(
                        new Drawer(
                                new Label("#482", Icon.PREVIEWS.node(Tone.ACCENT)),
                                new HBox(),
                                new VBox(
                                        title,
                                        new HBox(
                                                8,
                                                promote,
                                                new Button("Open preview", Icon.EXTERNAL.node())),
                                        gates,
                                        chip),
                                () -> drawer.set(null)));
            } else {
                drawer.set(null);
            }
        }

        @Override
        public ObservableValue<Node> drawer() {
            return drawer;
        }
    }

    private static final class Confirm implements View {
        private final BorderPane page = new BorderPane();

        Confirm() {
            page.getStyleClass().add("production-edge");
            var title = new Label("Promote r42 to production", Icon.PRODUCTION.node(20));
            title.getStyleClass().addAll("page-title", "tone-production");
            var head =
                    new HBox(
                            12,
                            title,
                            new Chip(
                                    "Nothing has been changed yet",
                                    Icon.NOTHING_CHANGED,
                                    Tone.MUTED));
            head.getStyleClass().addAll("page-head", "page");
            page.setTop(head);
            var rail = new StepperRail();
            rail.setSteps(
                    List.of(
                            new StepperRail.Step(
                                    "Choose", "#482 at 8b4d0c7", StepperRail.State.DONE),
                            new StepperRail.Step(
                                    "Preflight", "19 gates, 1 waived", StepperRail.State.DONE),
                            new StepperRail.Step("Plan", "8 steps", StepperRail.State.CURRENT),
                            new StepperRail.Step("Confirm", "", StepperRail.State.AHEAD),
                            new StepperRail.Step("Result", "", StepperRail.State.AHEAD)));
            page.setLeft(rail);
            var bar = HealthBar.timeline();
            var marks = new ArrayList<HealthBar.Mark>();
            for (int i = 0; i < 60; i++) {
                marks.add(
                        new HealthBar.Mark(
                                i == 41
                                        ? HealthBar.Kind.FAILED
                                        : i == 23 ? HealthBar.Kind.SLOW : HealthBar.Kind.OK,
                                ""));
            }
            bar.setMarks(marks);
            var card = new VBox(8, new Label("Health, last 60 min"), bar);
            card.getStyleClass().add("card");
            var phrase = new ConfirmPhrase("promote r42", InstantSource.fixed(NOW));
            var production = new VBox(phrase);
            production.getStyleClass().addAll("card", "production");
            var chips =
                    new HBox(
                            8,
                            new Chip("Live now", Icon.LIVE, Tone.PRODUCTION),
                            new Chip("Conflict", Icon.MERGE, Tone.WARNING),
                            new Chip("Draft", Icon.DRAFT, Tone.MUTED),
                            new Chip("Running", Icon.RUNNING, Tone.ACCENT));
            var body =
                    new VBox(
                            12,
                            chips,
                            card,
                            production,
                            Banner.danger(
                                    "Migration 0043 failed at statement 3.",
                                    "Production was not touched.",
                                    "SQLSTATE 42703, request 9f2c"));
            body.getStyleClass().add("page");
            page.setCenter(body);
            var back = new Button("Back");
            back.getStyleClass().add("strong");
            var roll = new Button("Roll traffic back now", Icon.UNDO.node());
            roll.getStyleClass().add("danger");
            var go = new Button("Promote r42 to production", Icon.PRODUCTION_CONFIRMED.node());
            go.getStyleClass().add("production");
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            var foot = new HBox(8, new Label("Enter does not promote."), gap, roll, back, go);
            foot.getStyleClass().add("footer");
            page.setBottom(foot);
        }

        @Override
        public Parent content() {
            return page;
        }
    }
}
