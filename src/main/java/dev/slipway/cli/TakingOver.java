package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.lock.LockRecord;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.Takeovers.Offer;
import dev.slipway.release.Takeovers.Taken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes production over on the command line: shows what is taken, asks for the phrase and a reason.
final class TakingOver {
    private final Session session;
    private final Output output;

    TakingOver(Session session, Output output) {
        this.session = session;
        this.output = output;
    }

    /// Takes over and stops there, with what can be chosen next.
    ///
    /// @return the exit code
    int byItself(@Nullable String phrase, @Nullable String reason) {
        session.claimHome();
        var taken = take(session.takeovers().offer(), phrase, reason);
        var production = session.production().read(ProductionReader.Wake.ALLOWED);
        if (output.json()) {
            var node = Output.object();
            switch (taken) {
                case Taken.Adopted(var plan, var from) -> {
                    node.put("operation", plan.id());
                    node.put("takenOverFrom", from);
                    var choices = node.putArray("choices");
                    choices.add("continue");
                    choices.add("roll-back");
                    choices.add("leave");
                }
                case Taken.Freed(var why) -> node.put("freed", why);
            }
            node.set("production", ProductionJson.of(production));
            output.document(node);
        } else {
            switch (taken) {
                case Taken.Adopted(var plan, var from) -> menu(plan, from);
                case Taken.Freed(var why) -> output.line(why);
            }
            output.line(production.sentence());
        }
        return taken instanceof Taken.Adopted ? Exit.PAUSED : Exit.DONE;
    }

    private void menu(Plan plan, String from) {
        output.line(
                "You hold production now, in place of %s. Nothing was changed or decided."
                        .formatted(from));
        output.line("Look at it:  slipway operations " + plan.id());
        output.line("Go on:       slipway resume " + plan.id());
        output.line("Undo:        slipway resume " + plan.id() + " --roll-back");
        output.line("Leave it:    slipway resume " + plan.id() + " --leave");
    }

    /// Takes over the run whose id begins with `id`, unless it is in this home already.
    ///
    /// @return its plan
    Plan run(String id, @Nullable String phrase, @Nullable String reason) {
        var offer = session.takeovers().offer();
        var run = offer.status().record().map(LockRecord::run);
        if (run.filter(held -> held.startsWith(id)).isEmpty()) {
            throw new RefusedException(
                    "No operation %s holds production: %s. Nothing was changed."
                            .formatted(id, offer.status().sentence()));
        }
        return switch (take(offer, phrase, reason)) {
            case Taken.Adopted(var plan, _) -> plan;
            case Taken.Freed(var why) -> throw new RefusedException(why);
        };
    }

    private Taken take(Offer offer, @Nullable String phrase, @Nullable String reason) {
        offer.refusal()
                .ifPresent(why -> {
                    throw new RefusedException(why);
                });
        if (phrase == null || reason == null) {
            return ask(offer, phrase, reason);
        }
        return session.takeovers().take(offer, phrase, Permit.forOne(session.login(), reason));
    }

    private Taken ask(Offer offer, @Nullable String phrase, @Nullable String reason) {
        var console =
                Terminal.present()
                        .orElseThrow(() ->
                                new InputException(
                                        "Without a terminal --confirm and --reason are required;"
                                                + " the phrase is \"%s\". Nothing was changed."
                                                        .formatted(offer.phrase())));
        output.line("Production is held by " + offer.status().sentence() + ".");
        offer.unreadable().ifPresent(why -> output.line("What it runs cannot be read: " + why));
        output.line(
                "Taking over changes nothing in production. You may look then, and choose what"
                        + " becomes of it.");
        var why = Optional.ofNullable(reason).orElseGet(() -> console.readLine("Reason: "));
        var typed =
                Optional.ofNullable(phrase)
                        .orElseGet(
                                () -> console.readLine("Type \"%s\" to go on: ", offer.phrase()));
        return session.takeovers().take(offer, typed, Permit.forOne(session.login(), why));
    }
}
