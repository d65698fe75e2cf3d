package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.release.Gate;
import dev.slipway.release.PlanDifference;
import dev.slipway.release.PlanShelf;
import dev.slipway.release.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A command that shows a plan with its gates, and carries it out when it is confirmed.
abstract class PlannedCommand extends SlipwayCommand.Sub {
    private static final int EVIDENCE_WIDTH = 100;

    @Option(names = "--plan-only", description = "Show plan and gates; change nothing.")
    private boolean planOnly;

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "Carry out exactly this plan; refused when it would be another one now.")
    private @Nullable String hash;

    @Option(names = "--confirm", paramLabel = "PHRASE", description = "The phrase of the plan.")
    private @Nullable String phrase;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the operation.")
    private @Nullable String reason;

    /// Reads the arguments, asking no remote.
    ///
    /// @throws InputException when they are wrong
    abstract void check();

    /// Observes and plans.
    abstract Shown propose(Session session, Output output);

    /// What is shown.
    interface Shown {
        Planned proposal();

        /// The answer to `--json`.
        tools.jackson.databind.JsonNode document();

        /// The first line for people.
        String title();

        /// More lines, between the steps and the gates.
        List<String> remarks();

        /// How long a person at a terminal may think again after the phrase was typed.
        default Duration patience() {
            return Duration.ZERO;
        }
    }

    @Override
    final int run(Program program, Output output) {
        check();
        if (!planOnly && hash == null && Terminal.present().isEmpty()) {
            throw new InputException(
                    "Without a terminal --plan HASH is required. Nothing was asked or changed; see"
                            + " the plan with --plan-only.");
        }
        try (var session = program.open(common(), output)) {
            if (!planOnly) {
                session.claimHome();
            }
            Leftovers.sweep(session, output);
            var shown = propose(session, output);
            if (planOnly) {
                var proposal = shown.proposal();
                session.plans().put(proposal.plan());
                show(output, shown);
                return Exit.DONE;
            }
            refuseClosed(session.plans(), shown.proposal());
            if (phrase == null || reason == null) {
                ask(output, shown);
                if (!shown.patience().isZero()) {
                    think(output, shown.patience());
                    // What is shown may be long ago; it is counted again.
                    var agreed = shown.proposal().plan();
                    shown = propose(session, output);
                    refuseOther(agreed, shown.proposal());
                }
            }
            var proposal = shown.proposal();
            var running = new Running(output);
            var operation =
                    session.promotions()
                            .start(
                                    proposal,
                                    phrase == null ? "" : phrase,
                                    Permit.forOne(session.login(), reason == null ? "" : reason),
                                    List.of(running.listener()));
            session.plans().begun(proposal.plan());
            return running.await(session, operation);
        }
    }

    private void refuseClosed(PlanShelf shelf, Planned proposal) {
        refuseAnotherPlan(shelf, proposal);
        if (!proposal.open()) {
            throw new RefusedException(refusals(proposal));
        }
    }

    private static void refuseOther(Plan agreed, Planned now) {
        if (!now.plan().hash().equals(agreed.hash())) {
            var reasons = new ArrayList<String>();
            reasons.add("The plan has changed meanwhile, so it was not started.");
            reasons.addAll(PlanDifference.of(agreed, now.plan()));
            reasons.addAll(refusals(now));
            throw new RefusedException(reasons);
        }
        if (!now.open()) {
            throw new RefusedException(refusals(now));
        }
    }

    /// Lets a person think again before something that loses data begins.
    private static void think(Output output, Duration patience) {
        output.log(
                "warn",
                "It begins in "
                        + patience.toSeconds()
                        + " s. Ctrl+C keeps production as it is: nothing was changed yet.");
        try {
            Thread.sleep(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("It was interrupted. Nothing was changed.");
        }
    }

    private static List<String> refusals(Planned proposal) {
        var all = new ArrayList<>(proposal.refusals());
        all.add("Nothing was changed.");
        return all;
    }

    /// What is closed comes first: a provider that does not answer makes a plan of what is not known,
    /// and comparing that one with the plan that was shown would name everything but the cause.
    private void refuseAnotherPlan(PlanShelf shelf, Planned proposal) {
        var now = proposal.plan();
        if (hash == null || now.hash().equals(hash)) {
            return;
        }
        var reasons = new ArrayList<String>();
        if (proposal.open()) {
            reasons.add("The plan has changed since it was made, so it was not started.");
            reasons.addAll(
                    shelf.find(hash)
                            .map(before -> PlanDifference.of(before, now))
                            .orElse(
                                    List.of(
                                            "The plan "
                                                    + hash
                                                    + " was not shown on this machine.")));
            reasons.add("Now it is " + now.hash() + "; see it with --plan-only.");
        } else {
            reasons.add("The plan " + hash + " cannot be carried out now.");
        }
        reasons.addAll(refusals(proposal));
        throw new RefusedException(reasons);
    }

    /// Asks on the terminal for what was not given.
    private void ask(Output output, Shown shown) {
        var console =
                Terminal.present()
                        .orElseThrow(() ->
                                new InputException(
                                        "Without a terminal --confirm and --reason are required."
                                                + " Nothing was changed."));
        show(output, shown);
        if (reason == null) {
            reason = console.readLine("Reason: ");
        }
        if (phrase == null) {
            phrase = console.readLine("Type \"%s\" to go on: ", shown.proposal().phrase());
        }
    }

    private static void show(Output output, Shown shown) {
        if (output.json()) {
            output.document(shown.document());
            return;
        }
        var proposal = shown.proposal();
        var plan = proposal.plan();
        output.line(shown.title());
        output.line("Plan " + plan.hash());
        output.line("");
        int number = 0;
        for (var group : plan.groups()) {
            var label = Integer.toString(++number);
            for (var step : group.parts()) {
                var lines =
                        Fold.of(
                                step.touches() + " (if it fails: " + step.ifFails() + ")",
                                EVIDENCE_WIDTH);
                output.line("%3s  %-50s  %s".formatted(label, step.title(), lines.getFirst()));
                lines.stream().skip(1).forEach(line -> output.line(" ".repeat(57) + line));
                label = "";
            }
        }
        shown.remarks().forEach(output::line);
        output.line("");
        for (var gate : proposal.gates()) {
            var lines = Fold.of(gate.evidence(), EVIDENCE_WIDTH);
            output.line("%-8s %-38s %s".formatted(word(gate), gate.title(), lines.getFirst()));
            lines.stream().skip(1).forEach(line -> output.line(" ".repeat(48) + line));
        }
        output.line("");
        output.line(
                proposal.open()
                        ? "Every gate is open. Confirm with: " + proposal.phrase()
                        : "Not every gate is open; nothing can be started.");
    }

    private static String word(Gate gate) {
        return switch (gate.state()) {
            case PASS -> "pass";
            case FAIL -> "FAIL";
            case UNKNOWN -> "UNKNOWN";
            case WAIVED -> "waived";
        };
    }
}
