package dev.slipway.ui.desk;

import dev.slipway.operation.lock.LockRecord;
import dev.slipway.release.Takeovers.Offer;
import dev.slipway.release.Takeovers.Taken;
import dev.slipway.ui.kit.ConfirmPhrase;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Taking production over: what ran and where it stood, what taking over does and what it leaves as it
/// is, a reason, and the phrase. The window must be armed. FX thread only.
public final class TakeOverDialog {
    private final Desk desk;

    public TakeOverDialog(Desk desk) {
        this.desk = desk;
    }

    /// Asks whether to take over what is offered, and does it.
    public void open(Offer offer) {
        if (offer.refusal().isPresent()) {
            tell("Nothing was taken over", offer.refusal().get());
            return;
        }
        var reason =
                new TextField(desk.services().arming().state().map(a -> a.reason()).orElse(""));
        reason.setAccessibleText("Reason");
        var phrase = new ConfirmPhrase(offer.phrase(), desk.clock());
        var body = new VBox(8);
        facts(offer)
                .forEach(fact ->
                        body.getChildren().add(Nodes.point(Icon.CHEVRON_RIGHT, Tone.MUTED, fact)));
        body.getChildren()
                .add(
                        Nodes.point(
                                Icon.NOTHING_CHANGED,
                                Tone.MUTED,
                                "Taking over changes nothing in production, in the database or on"
                                        + " GitHub. What ran comes to your operations, interrupted, and"
                                        + " you choose there: go on, roll back, or leave it."));
        body.getChildren().add(new VBox(4, Nodes.label("Reason", "strong"), reason));
        body.getChildren().add(phrase);
        var who = offer.status().record().map(LockRecord::login).orElse("its holder");
        desk.dialogs()
                .ask(
                        new Dialogs.Question(
                                "Take production over from " + who + "?",
                                body,
                                "Take over",
                                "Leave it to " + who,
                                Tone.PRODUCTION,
                                phrase.field()),
                        Bindings.createBooleanBinding(
                                () -> phrase.allowedProperty().get() && !reason.getText().isBlank(),
                                phrase.allowedProperty(),
                                reason.textProperty()),
                        () -> take(offer, phrase.field().getText(), reason.getText()));
    }

    private List<String> facts(Offer offer) {
        var facts = new ArrayList<String>();
        offer.status()
                .record()
                .ifPresent(r -> {
                    facts.add(
                            ElsewhereNotice.capital(r.doing())
                                    + ", by "
                                    + r.holder()
                                    + ElsewhereNotice.heard(offer.status(), desk));
                    facts.add(
                            r.noReturn()
                                    ? "A change that cannot be taken back was made."
                                    : "No change that cannot be taken back was made.");
                });
        offer.unreadable()
                .ifPresent(why ->
                        facts.add(
                                why
                                        + " So it cannot be gone on with: the lock becomes free at once."));
        return facts;
    }

    private void take(Offer offer, String typed, String reason) {
        desk.background()
                .start(
                        () ->
                                desk.services()
                                        .takeovers()
                                        .take(
                                                offer,
                                                typed,
                                                desk.services().arming().permit().because(reason)),
                        this::taken,
                        why -> tell("Nothing was taken over", why.sentence()));
    }

    private void taken(Taken taken) {
        desk.model().elsewhereProperty().set(Optional.empty());
        switch (taken) {
            case Taken.Adopted(var plan, _) -> desk.navigator().go(new Place.Operation(plan.id()));
            case Taken.Freed(var why) -> tell("The production lock is free", why);
        }
    }

    private void tell(String title, String text) {
        desk.dialogs().tell(title, Nodes.prose(text));
    }
}
