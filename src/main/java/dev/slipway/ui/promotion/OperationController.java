package dev.slipway.ui.promotion;

import dev.slipway.operation.OperationState;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalResult;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.EmptyState;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Shortcuts;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.WizardController;
import dev.slipway.ui.wizard.WizardHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Joins the page of an operation to its model.
public final class OperationController extends WizardController {
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
    private boolean goesOn;
    private Optional<Object> drawnBody = Optional.empty();
    private Optional<Object> drawnFooter = Optional.empty();
    private final ScrollPane stages = new ScrollPane();
    private final VBox moment = new VBox(12);
    private final VBox main = new VBox();
    private final ScrollPane decision = Nodes.scrolling(new VBox());
    private final Node logHead;
    private final HBox run = new HBox();

    private final OperationPages pages;
    private final OperationChoices choices;
    private final OperationFooter foot;
    private final OperationWayBack back;

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
        pages = new OperationPages(id, releases.started(), desk.zone());
        choices = new OperationChoices(desk, model);
        foot = new OperationFooter(desk, model, choices);
        back = new OperationWayBack(releases, model, choices);
        var lines = LogsView.ofOperation(desk.services().log(), desk.zone(), id);
        VBox.setVgrow(lines, Priority.ALWAYS);
        log = Nodes.column("log-box", lines);
        log.getStyleClass().add("inset");
        VBox.setVgrow(log, Priority.ALWAYS);
        logHead = logHead();
        stages.setFitToWidth(true);
        stages.setFocusTraversable(false);
        stages.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        Nodes.wide(313, stages);
        stages.getStyleClass().add("stages");
        moment.setMinWidth(0);
        main.getStyleClass().add("run-main");
        HBox.setHgrow(main, Priority.ALWAYS);
        run.getChildren().setAll(stages, main);
        VBox.setVgrow(run, Priority.ALWAYS);
        clock = new javafx.animation.Timeline(new KeyFrame(Duration.seconds(1), _ -> model.tick()));
        clock.setCycleCount(Animation.INDEFINITE);
    }

    @Override
    protected void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index ->
                model.sheetProperty()
                        .get()
                        .map(sheet -> Subject.of(sheet.plan()).pages().get(index))
                        .ifPresent(this::visit));
        rail.getChildren().add(steps);
        model.sheetProperty()
                .subscribe(sheet -> {
                    sheet.ifPresent(this::heard);
                    draw();
                });
        model.productionProperty()
                .subscribe(read -> {
                    read.ifPresent(releases.wayBack()::look);
                    draw();
                });
        releases.wayBack().seenProperty().subscribe(_ -> draw());
        model.problemProperty().subscribe(_ -> draw());
        model.busyProperty().subscribe(_ -> draw());
        desk.onWriting(this::draw);
    }

    /// Once it has ended the answer may be another, also where the same code runs: a hold.
    private void heard(RunSheet sheet) {
        if (sheet.over() && goesOn) {
            releases.wayBack().changed();
        }
        goesOn = !sheet.over();
    }

    @Override
    protected void show() {
        model.open();
        clock.play();
    }

    @Override
    protected void leave() {
        clock.stop();
        model.close();
    }

    /// Where the focus begins: the rail acts on nothing.
    @Override
    protected Optional<Node> entry() {
        return Optional.ofNullable(Shortcuts.firstFocusable(rail));
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
                .filter(sheet -> pages.readable(sheet).contains(which))
                .ifPresent(sheet -> {
                    visited =
                            which == (sheet.over() ? Page.RESULT : Page.RUN)
                                    ? Optional.empty()
                                    : Optional.of(which);
                    draw();
                });
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
        // The page is drawn anew every second; the focus stays where the person put it.
        var first = drawnBody.isEmpty();
        KeptFocus.in(() -> draw(sheet.get()), rail, page, footer, head);
        if (first) {
            Optional.ofNullable(page.getScene()).ifPresent(this::arrive);
        }
    }

    // Until the journal was read there was nothing here to have the focus, so the frame has it.
    private void arrive(Scene scene) {
        var owner = scene.getFocusOwner();
        if (owner == null || "command".equals(owner.getId())) {
            FxThread.afterLayout(scene, () -> entry().ifPresent(Node::requestFocus));
        }
    }

    private void draw(RunSheet sheet) {
        var body = Optional.of(key(sheet));
        if (!body.equals(drawnBody)) {
            drawnBody = body;
            steps.setSteps(pages.steps(sheet, page(sheet)));
            head(sheet);
            body(sheet);
        }
        var drawn =
                Optional.<Object>of(
                        List.of(
                                page(sheet),
                                sheet.row().state(),
                                sheet.here(),
                                model.busyProperty().get()));
        if (!drawn.equals(drawnFooter)) {
            drawnFooter = drawn;
            var now = sheet.over() ? Page.RESULT : Page.RUN;
            footer.getChildren().setAll(foot.of(sheet, page(sheet), () -> visit(now)));
        }
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
        desk.navigator().backOr(new Place.Operations());
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
            case CHOOSE ->
                    nodes.addAll(
                            Words.how(sheet.plan()).isPresent()
                                    ? RepairPage.of(sheet.plan())
                                    : ChoosePage.of(sheet.plan()));
            case PREFLIGHT ->
                    draft().ifPresent(made ->
                            nodes.addAll(
                                    PreflightPage.of(
                                            made,
                                            Set.of(),
                                            desk.clock().instant(),
                                            null,
                                            _ -> {},
                                            _ -> {})));
            case REHEARSE -> nodes.addAll(BegunRehearsal.of(sheet.plan(), rehearsal()));
            case PLAN, CONFIRM ->
                    nodes.addAll(PlanPage.of(sheet.plan(), rehearsal(), sheet.estimate(), true));
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
                                    choices::choose,
                                    back.of(sheet)));
        }
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private Optional<RehearsalResult> rehearsal() {
        return draft().flatMap(made -> made.situation().rehearsal().value());
    }

    private Optional<Proposal> draft() {
        return releases.started().of(id).flatMap(Draft::proposal);
    }

    // What the page shows depends on nothing else, so it is drawn anew only when this changes: a
    // button that is being pressed must not be replaced.
    private Object key(RunSheet sheet) {
        var state = sheet.row().state();
        return List.of(
                page(sheet),
                sheet.row(),
                state == OperationState.RUNNING ? sheet.now() : "",
                state == OperationState.RUNNING ? sheet.live() : "",
                model.productionProperty().get(),
                model.problemProperty().get(),
                releases.wayBack().seenProperty().get().map(WayBack.Seen::answer));
    }

    private void run(RunSheet sheet) {
        stages.setContent(RunStages.of(sheet, desk.zone()));
        var nodes = new ArrayList<Node>();
        problem().ifPresent(nodes::add);
        var story = Story.of(sheet).filter(_ -> !sheet.over());
        if (story.isPresent()) {
            nodes.add(DecisionCard.card(story.get(), choices::choose));
            back.of(sheet).ifPresent(nodes::add);
            var reported = model.productionProperty().get();
            nodes.add(
                    DecisionCard.compared(
                            Compared.of(sheet.plan(), sheet.state(), reported),
                            reported.map(p -> Times.clock(p.asOf(), desk.zone())),
                            model::readProduction));
        } else if (!sheet.over()) {
            nodes.addAll(RunStep.of(sheet));
        }
        moment.getChildren().setAll(nodes);
        // What has to be decided gets the room; the log is one key (L) away, and in the footer.
        List<Node> parts;
        if (story.isPresent()) {
            decision.setContent(moment);
            parts = List.of(decision);
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

    @Override
    protected List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        model.sheetProperty().get().ifPresent(sheet -> all.addAll(pages.keys(sheet, this::visit)));
        all.add(
                new Shortcut(
                        "Shortcut+Shift+R",
                        TEXTS.get("promotion.key.back"),
                        () -> desk.navigator().go(Place.Rollback.NEAREST)));
        all.add(
                new Shortcut(
                        "L",
                        TEXTS.get("promotion.log.open"),
                        () -> desk.navigator().go(new Place.Logs("", Optional.of(id)))));
        return all;
    }
}
