package dev.slipway.ui.rollback;

import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;

/// The sentences of going back, filled from what was observed.
final class Messages {
    private static final Texts TEXTS = Texts.of(Messages.class);

    private Messages() {}

    /// Code alone does it, why, and how long it takes.
    static String codeOnly(RollbackDraft draft, RollbackProposal made) {
        var fit = draft.candidate().map(c -> c.fit().reason()).orElse("");
        var takes =
                draft.seen()
                        .flatMap(s -> s.answer().takes())
                        .map(t -> " " + TEXTS.get("rollback.takes", Times.words(t)))
                        .orElse("");
        return TEXTS.get("rollback.code", fit.isEmpty() ? made.release().name() : fit) + takes;
    }
}
