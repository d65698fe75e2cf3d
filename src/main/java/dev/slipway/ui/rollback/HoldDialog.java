package dev.slipway.ui.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.release.rollback.HoldProposal;
import dev.slipway.release.rollback.Holds.What;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.ConfirmPhrase;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.shell.Place;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Asks whether to hold a commit back, or to let it go, and does it.
public final class HoldDialog {
    private static final Texts TEXTS = Texts.of(HoldDialog.class);

    private HoldDialog() {}

    /// Asks whether to hold `commit` back.
    public static void hold(Desk desk, CommitSha commit) {
        propose(desk, commit, What.HOLD);
    }

    /// Asks whether to let `commit` go.
    public static void release(Desk desk, CommitSha commit) {
        propose(desk, commit, What.UNHOLD);
    }

    private static void propose(Desk desk, CommitSha commit, What what) {
        if (!desk.armed()) {
            // Says what is missing: arming, or a connection.
            desk.askToArm();
            return;
        }
        var services = desk.services();
        desk.background()
                .start(
                        () -> services.holds().propose(commit, what),
                        made -> open(desk, made),
                        why -> tell(desk, why.sentence()));
    }

    /// Shows what was proposed.
    public static void open(Desk desk, HoldProposal made) {
        if (!made.open()) {
            tell(desk, String.join(" ", made.refusals()) + " Nothing was changed.");
            return;
        }
        var commit = made.commit().brief();
        var reason =
                new TextField(desk.services().arming().state().map(a -> a.reason()).orElse(""));
        reason.setAccessibleText(TEXTS.get("rollback.hold.reason"));
        var phrase = new ConfirmPhrase(made.phrase(), desk.clock());
        phrase.field().setId("hold-phrase");
        var body = new VBox(8);
        facts(made)
                .forEach(fact ->
                        body.getChildren().add(Nodes.point(Icon.CHEVRON_RIGHT, Tone.MUTED, fact)));
        body.getChildren()
                .add(
                        Nodes.point(
                                Icon.NOTHING_CHANGED,
                                Tone.MUTED,
                                TEXTS.get("rollback.hold.untouched")));
        body.getChildren()
                .add(new VBox(4, Nodes.label(TEXTS.get("rollback.hold.reason"), "strong"), reason));
        body.getChildren().add(phrase);
        desk.dialogs()
                .ask(
                        new Dialogs.Question(
                                TEXTS.get(
                                        switch (made.what()) {
                                            case HOLD -> "rollback.hold.title";
                                            case UNHOLD -> "rollback.unhold.title";
                                        },
                                        commit),
                                body,
                                TEXTS.get(
                                        switch (made.what()) {
                                            case HOLD -> "rollback.hold.verb";
                                            case UNHOLD -> "rollback.unhold.verb";
                                        }),
                                TEXTS.get(
                                        switch (made.what()) {
                                            case HOLD -> "rollback.hold.keep";
                                            case UNHOLD -> "rollback.unhold.keep";
                                        }),
                                Tone.PRODUCTION,
                                reason.getText().isBlank() ? reason : phrase.field()),
                        Bindings.createBooleanBinding(
                                () -> phrase.allowedProperty().get() && !reason.getText().isBlank(),
                                phrase.allowedProperty(),
                                reason.textProperty()),
                        () -> start(desk, made, phrase.field().getText(), reason.getText()));
    }

    private static List<String> facts(HoldProposal made) {
        return switch (made.what()) {
            case HOLD ->
                    List.of(TEXTS.get("rollback.hold.means"), TEXTS.get("rollback.hold.where"));
            case UNHOLD ->
                    List.of(
                            made.gate("stands").map(g -> g.evidence()).orElse(""),
                            TEXTS.get("rollback.unhold.means"));
        };
    }

    private static void start(Desk desk, HoldProposal made, String typed, String reason) {
        var services = desk.services();
        desk.background()
                .start(
                        () ->
                                services.promotions()
                                        .start(
                                                made,
                                                typed,
                                                services.arming().permit().because(reason),
                                                List.of()),
                        operation ->
                                desk.navigator().go(new Place.Operation(operation.plan().id())),
                        why -> tell(desk, why.sentence()));
    }

    private static void tell(Desk desk, String text) {
        desk.dialogs().tell(TEXTS.get("rollback.hold.nothing"), Nodes.prose(text));
    }
}
