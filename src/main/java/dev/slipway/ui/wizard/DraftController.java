package dev.slipway.ui.wizard;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.kit.FxThread;
import dev.slipway.ui.kit.KeptFocus;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Shortcuts;
import dev.slipway.ui.kit.StepperRail;
import dev.slipway.ui.shell.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.jspecify.annotations.Nullable;

/// Joins the frame of a wizard to a model with one draft, whose last page is "Confirm". FX thread only.
///
/// @param <D> the draft
/// @param <G> its pages
/// @param <M> the model
public abstract class DraftController<
                D extends WizardDraft<D, G, ?>, G extends Enum<G>, M extends WizardModel<D, G>>
        extends WizardController {
    /// The window.
    protected final Desk desk;

    private final M model;
    private final StepperRail steps = new StepperRail();
    private @Nullable WizardHead wizardHead;
    private @Nullable ReviewPage review;

    protected DraftController(Desk desk, M model) {
        this.desk = desk;
        this.model = model;
    }

    /// What is joined.
    public final M model() {
        return model;
    }

    /// What it is about, for its head.
    protected abstract String title(D draft);

    /// What leaving it means.
    protected abstract String leaving(D draft);

    /// When what is shown was read; empty while nothing was.
    protected abstract Optional<Instant> readAt(D draft);

    /// The page shown, which is not "Confirm".
    protected abstract List<Node> page(D draft);

    /// What "Confirm" says of what was proposed.
    protected abstract Review review(D draft);

    /// A reason somebody might have.
    protected abstract String exampleOfReason();

    /// What can still be chosen on "Confirm".
    protected List<Node> choices() {
        return List.of();
    }

    /// The controls of the foot, left to right.
    ///
    /// @param confirm the page "Confirm" while it is on screen
    protected abstract List<Node> foot(D draft, @Nullable ReviewPage confirm);

    @Override
    protected final void start() {
        wizardHead = new WizardHead(desk, head);
        steps.setOnVisit(index -> model.visit(model.draft().pages().get(index)));
        rail.getChildren().add(steps);
        model.draftProperty().subscribe(this::draw);
        desk.onWriting(this::drawFoot);
    }

    @Override
    protected void show() {
        model.open();
    }

    /// Where the focus begins: the rail acts on nothing.
    @Override
    protected Optional<Node> entry() {
        return Optional.ofNullable(Shortcuts.firstFocusable(rail));
    }

    private void draw(D draft) {
        KeptFocus.in(
                () -> {
                    steps.setSteps(draft.steps());
                    head(draft);
                    body(draft);
                    drawFoot();
                },
                page,
                rail,
                footer,
                head);
    }

    private void head(D draft) {
        var back = button("back", "Back", model::back);
        back.setDisable(!draft.state().still());
        var leave =
                button(
                        "leave",
                        leaving(draft),
                        () -> desk.navigator().backOr(new Place.Production()));
        if (wizardHead != null) {
            wizardHead.show(
                    title(draft),
                    "Read",
                    draft.confirmedAt().or(() -> readAt(draft)),
                    draft.pages().indexOf(draft.page()) > 0
                            ? List.of(back, leave)
                            : List.of(leave));
        }
    }

    private static Button button(String id, String words, Runnable act) {
        var button = new Button(words);
        button.getStyleClass().add("strong");
        button.setId(id);
        button.setOnAction(_ -> act.run());
        return button;
    }

    private void body(D draft) {
        if (!draft.confirming()) {
            review = null;
        }
        var nodes = new ArrayList<Node>();
        if (!draft.problem().isEmpty()) {
            nodes.add(
                    Banner.danger(
                            "This did not work.",
                            draft.problem(),
                            null,
                            new Banner.Action("Try again", model::tryAgain)));
        }
        nodes.addAll(draft.confirming() ? confirm(draft) : page(draft));
        if (!page.getChildren().equals(nodes)) {
            page.getChildren().setAll(nodes);
        }
    }

    private List<Node> confirm(D draft) {
        if (draft.proposal().isEmpty()) {
            return draft.problem().isEmpty() ? List.of(BusyRow.of(draft.busy())) : List.of();
        }
        var shown =
                Optional.ofNullable(review)
                        .orElseGet(() ->
                                new ReviewPage(desk, exampleOfReason(), choices(), model::start));
        if (review == null) {
            Optional.ofNullable(page.getScene())
                    .ifPresent(scene ->
                            FxThread.afterLayout(scene, () -> shown.card().first().requestFocus()));
        }
        review = shown;
        shown.show(
                review(draft),
                new ReviewPage.Standing(
                        draft.confirmedAt(),
                        draft.busy().isEmpty() && draft.problem().isEmpty(),
                        draft.state().confirmable(),
                        draft.startsAt().isPresent()));
        return List.of(shown.node());
    }

    /// Draws the foot anew.
    protected final void drawFoot() {
        KeptFocus.in(() -> footer.getChildren().setAll(foot(model.draft(), review)), footer);
    }

    @Override
    protected final List<Shortcut> shortcuts() {
        var all = new ArrayList<Shortcut>();
        var draft = model.draft();
        if (!draft.confirming()) {
            all.add(new Shortcut("Shortcut+Enter", "Continue", model::next));
        }
        var pages = draft.pages();
        for (int i = 0; i < pages.indexOf(draft.page()); i++) {
            var page = pages.get(i);
            all.add(
                    new Shortcut(
                            "Alt+" + (i + 1),
                            "Show the page " + draft.title(page),
                            () -> model.visit(page)));
        }
        all.add(new Shortcut("F5", "Read everything again", model::checkAgain));
        return all;
    }
}
