package dev.slipway.ui.rollback;

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
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.WizardHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Joins the wizard's frame to its model.
public final class RollbackController {
    private static final Texts TEXTS = Texts.of(RollbackController.class);
    private static final List<RollbackPage> PAGES = List.of(RollbackPage.values());

    private final Desk desk;
    private final RollbackModel model;
    private final StepperRail steps = new StepperRail();
    private final RollbackFooter foot;
    private @Nullable WizardHead wizardHead;
    private @Nullable ReviewPage review;

    @FXML private HBox head;
    @FXML private VBox rail;
    @FXML private VBox page;
    @FXML private HBox footer;

    RollbackController(Desk desk, WayBack way, Optional<String> target) {
        this.desk = desk;
        model =
                new RollbackModel(
                        desk,
                        way,
                        target,
                        operation ->
                                desk.navigator().go(new Place.Operation(operation.plan().id())));
        foot = new RollbackFooter(desk, model);
    }

    /// Fills the frame; called once, after the file is loaded.
    void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index -> model.visit(PAGES.get(index)));
        rail.getChildren().add(steps);
        model.draftProperty().subscribe(this::draw);
        desk.onWriting(() -> footer(model.draft()));
    }

    void show() {
        model.open();
    }

    RollbackModel model() {
        return model;
    }

    private void draw(RollbackDraft draft) {
        KeptFocus.in(
                () -> {
                    steps.setSteps(draft.steps());
                    head(draft);
                    body(draft);
                    footer(draft);
                },
                page,
                rail,
                footer,
                head);
    }

    /// Where the focus begins: the release that is chosen, else the rail, which acts on nothing.
    Optional<Node> entry() {
        return model.draft()
                .target()
                .flatMap(name -> Optional.ofNullable(page.lookup("#release-" + name)))
                .or(() -> Optional.ofNullable(Shortcuts.firstFocusable(rail)));
    }

    private void head(RollbackDraft draft) {
        var leave = new Button(TEXTS.get("rollback.keep", draft.live()));
        leave.getStyleClass().add("strong");
        leave.setId("leave");
        leave.setOnAction(_ -> leave());
        var other = new Button(TEXTS.get("rollback.key.choose"));
        other.getStyleClass().add("strong");
        other.setId("choose-another");
        other.setDisable(!draft.busy().isEmpty());
        other.setOnAction(_ -> model.back());
        if (wizardHead != null) {
            wizardHead.show(
                    TEXTS.get("rollback.title"),
                    TEXTS.get("rollback.read"),
                    draft.confirmedAt().or(() -> draft.seen().map(s -> s.scene().observed())),
                    draft.page() == RollbackPage.CONFIRM ? List.of(other, leave) : List.of(leave));
        }
    }

    private void leave() {
        if (desk.navigator().canGoBackProperty().get()) {
            desk.navigator().back();
        } else {
            desk.navigator().go(new Place.Production());
        }
    }

    private void body(RollbackDraft draft) {
        if (draft.page() != RollbackPage.CONFIRM) {
            review = null;
        }
        var nodes = new ArrayList<Node>();
        if (!draft.problem().isEmpty()) {
            nodes.add(
                    Banner.danger(
                            TEXTS.get("rollback.failed"),
                            draft.problem(),
                            null,
                            new Banner.Action(TEXTS.get("rollback.again"), model::checkAgain)));
        }
        switch (draft.page()) {
            case CHOOSE -> choose(draft, nodes);
            case CONFIRM, RUN, RESULT -> confirm(draft, nodes);
        }
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private void choose(RollbackDraft draft, List<Node> nodes) {
        nodes.add(
                Nodes.row(
                        "wizard-page-head",
                        Nodes.label(TEXTS.get("rollback.choose"), "section-title"),
                        Nodes.gap(),
                        progress(draft)));
        draft.seen()
                .ifPresentOrElse(
                        seen -> nodes.addAll(ChooseRelease.of(draft, seen, model::choose)),
                        () -> {
                            if (draft.problem().isEmpty()) {
                                nodes.add(
                                        new EmptyState(
                                                Icon.WAITING,
                                                TEXTS.get("rollback.reading"),
                                                TEXTS.get("rollback.reading.what")));
                            }
                        });
    }

    private void confirm(RollbackDraft draft, List<Node> nodes) {
        var made = draft.proposal();
        if (made.isEmpty()) {
            if (draft.problem().isEmpty()) {
                nodes.add(progress(draft));
            }
            return;
        }
        if (review == null) {
            review = new ReviewPage(desk, model);
            var card = review.card();
            Optional.ofNullable(page.getScene())
                    .ifPresent(scene ->
                            FxThread.afterLayout(scene, () -> card.first().requestFocus()));
        }
        review.show(draft, made.get());
        nodes.add(review.node());
    }

    private static Node progress(RollbackDraft draft) {
        if (draft.busy().isEmpty()) {
            return new HBox();
        }
        var bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        bar.setPrefWidth(120);
        bar.setAccessibleText(draft.busy());
        var row = new HBox(12, bar, Nodes.label(draft.busy(), "muted"));
        row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return row;
    }

    private void footer(RollbackDraft draft) {
        footer.getChildren().setAll(foot.of(draft, review));
    }

    List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        if (model.draft().page() == RollbackPage.CHOOSE) {
            all.add(
                    new Shortcut(
                            "Shortcut+Enter", TEXTS.get("rollback.key.continue"), model::next));
        } else {
            all.add(new Shortcut("Alt+1", TEXTS.get("rollback.key.choose"), model::back));
        }
        all.add(new Shortcut("F5", TEXTS.get("rollback.key.again"), model::checkAgain));
        return all;
    }
}
