package dev.slipway.ui.promotion;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.PlanStep;
import dev.slipway.release.Proposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Joins the page of an operation to its model.
public final class OperationController {
    private static final Texts TEXTS = Texts.of(OperationController.class);

    private final Releases releases;
    private final Desk desk;
    private final String id;
    private final OperationModel model;
    private final StepperRail steps = new StepperRail();
    private final VBox log;
    private final javafx.animation.Timeline clock;
    private @Nullable WizardHead wizardHead;
    private Optional<Page> visited = Optional.empty();
    private Optional<Object> drawnBody = Optional.empty();
    private Optional<Object> drawnFooter = Optional.empty();
    private final ScrollPane stages = new ScrollPane();
    private final VBox moment = new VBox(12);
    private final VBox main = new VBox();
    private final ScrollPane decision = Nodes.scrolling(new VBox());
    private final Node logHead;
    private final HBox run = new HBox();

    @FXML private HBox head;
    @FXML private VBox rail;
    @FXML private VBox page;
    @FXML private HBox footer;

    OperationController(Releases releases, String id) {
        this.releases = releases;
        desk = releases.desk();
        this.id = id;
        model =
                new OperationModel(
                        id,
                        releases.releasing(),
                        desk.services().arming(),
                        desk.background(),
                        FxThread.executor(),
                        desk.clock());
        var lines = LogsView.ofOperation(desk.services().log(), desk.zone(), id);
        VBox.setVgrow(lines, Priority.ALWAYS);
        log = Nodes.column("log-box", lines);
        log.getStyleClass().add("inset");
        VBox.setVgrow(log, Priority.ALWAYS);
        logHead = logHead();
        stages.setFitToWidth(true);
        stages.setFocusTraversable(false);
        stages.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        stages.setMinWidth(313);
        stages.getStyleClass().add("stages");
        moment.setMinWidth(0);
        main.getStyleClass().add("run-main");
        HBox.setHgrow(main, Priority.ALWAYS);
        run.getChildren().setAll(stages, main);
        VBox.setVgrow(run, Priority.ALWAYS);
        clock = new javafx.animation.Timeline(new KeyFrame(Duration.seconds(1), _ -> model.tick()));
        clock.setCycleCount(Animation.INDEFINITE);
    }

    /// Fills the frame; called once, after the file is loaded.
    void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index -> visit(Page.at(index)));
        rail.getChildren().add(steps);
        model.sheetProperty().subscribe(_ -> draw());
        model.productionProperty().subscribe(_ -> draw());
        model.problemProperty().subscribe(_ -> draw());
        model.busyProperty().subscribe(_ -> draw());
        desk.onWriting(this::draw);
    }

    void show() {
        model.open();
        clock.play();
    }

    void leave() {
        clock.stop();
        model.close();
    }

    OperationModel model() {
        return model;
    }

    /// The page shown: the one visited for reading, else the one the operation is at.
    Page page(RunSheet sheet) {
        return visited.orElse(sheet.over() ? Page.RESULT : Page.RUN);
    }

    /// Shows a page of the past for reading; the page the operation is at follows it again.
    void visit(Page which) {
        model.sheetProperty()
                .get()
                .filter(sheet -> readable(sheet).contains(which))
                .ifPresent(sheet -> {
                    visited =
                            which == (sheet.over() ? Page.RESULT : Page.RUN)
                                    ? Optional.empty()
                                    : Optional.of(which);
                    draw();
                });
    }

    private Set<Page> readable(RunSheet sheet) {
        var all = new java.util.TreeSet<>(Set.of(Page.CHOOSE, Page.REHEARSE, Page.PLAN, Page.RUN));
        if (releases.started().of(id).isPresent()) {
            all.add(Page.PREFLIGHT);
        }
        if (sheet.over()) {
            all.add(Page.RESULT);
        }
        return all;
    }

    private void draw() {
        var sheet = model.sheetProperty().get();
        if (sheet.isEmpty()) {
            page.getChildren()
                    .setAll(
                            problem()
                                    .map(b -> (Node) b)
                                    .orElseGet(() ->
                                            new EmptyState(
                                                    Icon.WAITING,
                                                    TEXTS.get("promotion.reading"),
                                                    TEXTS.get("promotion.reading.what"))));
            footer.getChildren().clear();
            return;
        }
        var focused = focusedRow();
        var body = Optional.of(key(sheet.get()));
        if (!body.equals(drawnBody)) {
            drawnBody = body;
            steps.setSteps(pages(sheet.get()));
            head(sheet.get());
            body(sheet.get());
        }
        var foot =
                Optional.<Object>of(
                        List.of(
                                page(sheet.get()),
                                sheet.get().row().state(),
                                sheet.get().here(),
                                model.busyProperty().get()));
        if (!foot.equals(drawnFooter)) {
            drawnFooter = foot;
            footer(sheet.get());
        }
        focused.ifPresent(this::refocus);
    }

    // The page is drawn anew every second; the focus stays where the person put it.
    private Optional<String> focusedRow() {
        var scene = page.getScene();
        var owner = scene == null ? null : scene.getFocusOwner();
        if (owner == null) {
            return Optional.empty();
        }
        var ours = List.<Node>of(page, footer, rail);
        for (Node n = owner; n != null; n = n.getParent()) {
            if (ours.contains(n)) {
                return Optional.ofNullable(owner.getId())
                        .or(() -> Optional.ofNullable(owner.getAccessibleText()));
            }
        }
        return Optional.empty();
    }

    private void refocus(String name) {
        for (var box : List.of(page, footer, rail)) {
            for (var node : box.lookupAll("*")) {
                if (node.isFocusTraversable()
                        && (name.equals(node.getId()) || name.equals(node.getAccessibleText()))) {
                    node.requestFocus();
                    return;
                }
            }
        }
    }

    private List<StepperRail.Step> pages(RunSheet sheet) {
        var shown = page(sheet);
        var can = readable(sheet);
        var rows = new ArrayList<StepperRail.Step>();
        for (var which : Page.values()) {
            var failed =
                    which == Page.RUN
                            && sheet.over()
                            && sheet.row().state() != OperationState.SUCCEEDED;
            var done =
                    which.compareTo(Page.RUN) < 0
                            || (which == Page.RUN && sheet.over())
                            || can.contains(which);
            var state =
                    which == shown
                            ? StepperRail.State.CURRENT
                            : failed
                                    ? StepperRail.State.FAILED
                                    : done ? StepperRail.State.DONE : StepperRail.State.AHEAD;
            rows.add(new StepperRail.Step(which.title(), note(which, sheet), state));
        }
        return rows;
    }

    private String note(Page which, RunSheet sheet) {
        var plan = sheet.plan();
        return switch (which) {
            case CHOOSE -> Words.subject(plan);
            case PREFLIGHT ->
                    releases.started()
                            .of(id)
                            .flatMap(Draft::proposal)
                            .map(p -> Words.count(p.gates().size(), "gate"))
                            .orElse("passed before");
            case REHEARSE ->
                    Words.migrations(plan).isEmpty() ? "nothing to rehearse" : "in the run";
            case PLAN -> Words.hash(plan);
            case CONFIRM ->
                    sheet.row().by() + ", " + Times.clock(sheet.row().startedAt(), desk.zone());
            case RUN ->
                    sheet.over()
                            ? Words.count(sheet.stages().size(), "step")
                            : "step " + sheet.position() + " of " + sheet.stages().size();
            case RESULT -> sheet.over() ? word(sheet.row().state()) : "";
        };
    }

    private static String word(OperationState state) {
        return switch (state) {
            case SUCCEEDED -> "live";
            case ROLLED_BACK -> "rolled back";
            case STOPPED_SAFE -> "stopped";
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case INTERRUPTED -> "interrupted";
            case NEEDS_OPERATOR -> "needs you";
        };
    }

    private void head(RunSheet sheet) {
        var running = sheet.row().state() == OperationState.RUNNING;
        var leave =
                new Button(TEXTS.get(running ? "promotion.leave.running" : "promotion.leave.page"));
        leave.getStyleClass().add("strong");
        leave.setId("leave");
        leave.setOnAction(_ -> away());
        if (wizardHead != null) {
            wizardHead.show(
                    Words.headline(sheet.plan()),
                    TEXTS.get("promotion.saved"),
                    Optional.of(sheet.row().updated()),
                    List.of(leave));
        }
    }

    private void away() {
        if (desk.navigator().canGoBackProperty().get()) {
            desk.navigator().back();
        } else {
            desk.navigator().go(new Place.Operations());
        }
    }

    private Optional<Banner> problem() {
        var text = model.problemProperty().get();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Banner.danger(TEXTS.get("promotion.failed"), text, null));
    }

    private void body(RunSheet sheet) {
        var shown = page(sheet);
        var nodes = new ArrayList<Node>();
        page.getStyleClass().remove("bare");
        if (shown != Page.RUN) {
            problem().ifPresent(nodes::add);
        }
        switch (shown) {
            case CHOOSE -> nodes.addAll(ChoosePage.of(sheet.plan()));
            case PREFLIGHT ->
                    draft().ifPresent(made ->
                            nodes.addAll(
                                    PreflightPage.of(
                                            made,
                                            Set.of(),
                                            desk.clock().instant(),
                                            null,
                                            _ -> {})));
            case REHEARSE -> nodes.addAll(RehearsePage.of(sheet.plan()));
            case PLAN, CONFIRM -> nodes.addAll(PlanPage.of(sheet.plan(), sheet.estimate(), true));
            case RUN -> {
                page.getStyleClass().add("bare");
                run(sheet);
                nodes.add(run);
            }
            case RESULT ->
                    nodes.addAll(
                            ResultPage.of(
                                    sheet,
                                    model.productionProperty().get(),
                                    desk.zone(),
                                    this::choose));
        }
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private Optional<Proposal> draft() {
        return releases.started().of(id).flatMap(Draft::proposal);
    }

    /// What the page shows depends on nothing else, so it is drawn anew only when this changes: a
    /// button that is being pressed must not be replaced.
    private Object key(RunSheet sheet) {
        var state = sheet.row().state();
        return List.of(
                page(sheet),
                sheet.row(),
                state == OperationState.RUNNING ? sheet.now() : "",
                state == OperationState.RUNNING ? sheet.live() : "",
                model.productionProperty().get(),
                model.problemProperty().get());
    }

    private void run(RunSheet sheet) {
        stages.setContent(RunPage.stages(sheet, desk.zone()));
        var nodes = new ArrayList<Node>();
        problem().ifPresent(nodes::add);
        var story = Story.of(sheet).filter(_ -> !sheet.over());
        if (story.isPresent()) {
            nodes.add(RunPage.card(story.get(), this::choose));
            var reported = model.productionProperty().get();
            nodes.add(
                    RunPage.compared(
                            Compared.of(sheet.plan(), sheet.state(), reported),
                            reported.map(p -> Times.clock(p.asOf(), desk.zone())),
                            model::readProduction));
        } else if (!sheet.over()) {
            nodes.addAll(RunPage.step(sheet));
        }
        moment.getChildren().setAll(nodes);
        // What has to be decided gets the room; the log is one key away.
        List<Node> parts;
        if (story.isPresent()) {
            decision.setContent(moment);
            parts = List.of(decision, logHead);
        } else {
            decision.setContent(null);
            parts = List.of(moment, logHead, log);
        }
        if (!main.getChildren().equals(parts)) {
            main.getChildren().setAll(parts);
        }
    }

    private HBox logHead() {
        var open = new Hyperlink(TEXTS.get("promotion.log.open"));
        open.getStyleClass().add("strong");
        open.setId("open-log");
        open.setOnAction(_ -> desk.navigator().go(new Place.Logs("", Optional.of(id))));
        return Nodes.row(
                "wizard-page-head",
                Nodes.label(TEXTS.get("promotion.log"), "card-title"),
                Nodes.gap(),
                open);
    }

    private void footer(RunSheet sheet) {
        var nodes = new ArrayList<Node>();
        var running = sheet.row().state() == OperationState.RUNNING;
        if (page(sheet) != Page.RUN) {
            nodes.add(
                    Nodes.point(
                            Icon.NOTHING_CHANGED,
                            Tone.MUTED,
                            TEXTS.get(
                                    sheet.over()
                                            ? "promotion.ended.hint"
                                            : "promotion.reading.hint")));
            nodes.add(Nodes.gap());
            if (visited.isPresent()) {
                var back =
                        new Button(
                                TEXTS.get(
                                        sheet.over() ? "promotion.to.result" : "promotion.to.run"));
                back.getStyleClass().add("strong");
                back.setOnAction(_ -> visit(sheet.over() ? Page.RESULT : Page.RUN));
                nodes.add(back);
            }
        } else if (running && sheet.here()) {
            nodes.add(
                    Nodes.label(
                            model.busyProperty().get().isEmpty()
                                    ? limits(sheet)
                                    : model.busyProperty().get(),
                            "muted"));
            nodes.add(Nodes.gap());
            var pause = new Button(TEXTS.get("promotion.pause"), Icon.PAUSED.node());
            pause.getStyleClass().add("strong");
            pause.setId("pause");
            pause.setOnAction(_ ->
                    model.pause(
                            desk.services()
                                    .arming()
                                    .state()
                                    .map(a -> a.by())
                                    .orElse("the window")));
            var back = new Button(TEXTS.get("promotion.rollback.now"), Icon.UNDO.node());
            back.getStyleClass().add("danger");
            back.setId("roll-back");
            back.setOnAction(_ -> choose(Story.Kind.ROLL_BACK));
            nodes.addAll(List.of(pause, back));
        } else if (running) {
            nodes.add(Nodes.point(Icon.LOCK, Tone.MUTED, TEXTS.get("promotion.elsewhere", id)));
        } else if (sheet.over()) {
            nodes.add(Nodes.gap());
        } else {
            nodes.add(
                    Nodes.point(
                            Icon.PAUSED,
                            Tone.ACCENT,
                            model.busyProperty().get().isEmpty()
                                    ? TEXTS.get("promotion.waits")
                                    : model.busyProperty().get()));
        }
        nodes.forEach(node -> {
            if (node instanceof Button button) {
                button.setMinWidth(Button.USE_PREF_SIZE);
            }
        });
        footer.getChildren().setAll(nodes);
    }

    private static String limits(RunSheet sheet) {
        var pending = Words.migrations(sheet.plan());
        var live = Words.liveName(sheet.plan());
        return Words.hasLive(sheet.plan())
                ? TEXTS.get("promotion.limits", live)
                        + (pending.isEmpty()
                                ? ""
                                : " "
                                        + TEXTS.get(
                                                "promotion.limits.schema",
                                                PlanRows.migrations(sheet.plan())))
                : TEXTS.get("promotion.limits.first");
    }

    /// Carries out a choice, after arming and a reason where it writes.
    void choose(Story.Kind kind) {
        var sheet = model.sheetProperty().get();
        if (sheet.isEmpty()) {
            return;
        }
        switch (kind) {
            case SEE_PRODUCTION -> desk.navigator().go(new Place.Production());
            case PROMOTE_AGAIN ->
                    desk.navigator()
                            .go(
                                    new Place.Promotion(
                                            Words.pullRequest(sheet.get().plan())
                                                    .orElse(
                                                            sheet.get()
                                                                    .plan()
                                                                    .pins()
                                                                    .getOrDefault("commit", ""))));
            case CONTINUE ->
                    ask(
                            TEXTS.get(
                                    "promotion.continue.title",
                                    sheet.get().plan().target(),
                                    sheet.get().position()),
                            List.of(TEXTS.get("promotion.choice.continue.means")),
                            TEXTS.get("promotion.continue.verb"),
                            TEXTS.get("promotion.continue.keep"),
                            Tone.PRODUCTION,
                            model::goOn);
            case ROLL_BACK ->
                    ask(
                            TEXTS.get(
                                    "promotion.rollback.title", Words.liveName(sheet.get().plan())),
                            rollBackLines(sheet.get()),
                            TEXTS.get("promotion.rollback.verb"),
                            TEXTS.get(
                                    sheet.get().row().state() == OperationState.RUNNING
                                            ? "promotion.rollback.keep"
                                            : "promotion.continue.keep"),
                            Tone.DANGER,
                            model::rollBack);
        }
    }

    private static List<String> rollBackLines(RunSheet sheet) {
        var lines = new ArrayList<String>();
        Story.compensations(sheet.plan(), sheet.state()).stream()
                .map(PlanStep::title)
                .forEach(lines::add);
        lines.add(Story.wayBack(sheet.plan(), sheet.state()));
        return lines;
    }

    private void ask(
            String title,
            List<String> lines,
            String verb,
            String keep,
            Tone tone,
            Consumer<String> act) {
        if (!desk.armed()) {
            // Says what is missing: arming, or a connection.
            desk.askToArm();
            return;
        }
        var reason = new TextField();
        reason.setAccessibleText(TEXTS.get("promotion.waive.reason"));
        reason.setText(desk.services().arming().state().map(a -> a.reason()).orElse(""));
        var body = new VBox(8);
        lines.forEach(
                line -> body.getChildren().add(Nodes.point(Icon.CHEVRON_RIGHT, Tone.MUTED, line)));
        body.getChildren()
                .add(
                        new VBox(
                                4,
                                Nodes.label(TEXTS.get("promotion.waive.reason"), "strong"),
                                reason));
        desk.dialogs()
                .ask(
                        new Dialogs.Question(title, body, verb, keep, tone, null),
                        Bindings.createBooleanBinding(
                                () -> !reason.getText().isBlank(), reason.textProperty()),
                        () -> act.accept(reason.getText()));
    }

    List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        model.sheetProperty()
                .get()
                .ifPresent(sheet ->
                        readable(sheet)
                                .forEach(which ->
                                        all.add(
                                                new Shortcut(
                                                        "Alt+" + which.number(),
                                                        TEXTS.get(
                                                                "promotion.key.page",
                                                                which.title()),
                                                        () -> visit(which)))));
        all.add(
                new Shortcut(
                        "L",
                        TEXTS.get("promotion.log.open"),
                        () -> desk.navigator().go(new Place.Logs("", Optional.of(id)))));
        return all;
    }
}
