package dev.slipway.release;

import dev.slipway.github.BranchRules;
import dev.slipway.github.Checks;
import dev.slipway.github.Review;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.EnvironmentFacts;
import dev.slipway.stack.Stack;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether machines and people have agreed to the commit.
record ReviewGates(Stack stack, Situation now) {
    private static final GateQuestion CHECKS = new GateQuestion("checks", "Checks are green");
    private static final GateQuestion APPROVAL = new GateQuestion("approval", "Approved");
    private static final GateQuestion ENVIRONMENT =
            new GateQuestion("environment-approval", "Approved at GitHub's environment");

    /// Reviews that say yes or no; a comment leaves an earlier word standing.
    private static final Set<Review.State> DECIDING =
            EnumSet.of(
                    Review.State.APPROVED, Review.State.CHANGES_REQUESTED, Review.State.DISMISSED);

    List<Gate> all() {
        return List.of(
                CHECKS.answer(checks(now.checks().value()), now.checks().asOf()),
                APPROVAL.answer(approval(), now.reviews().asOf()),
                environment());
    }

    private Finding checks(Checks checks) {
        var count = checks.passed() + " of " + checks.total();
        var head = now.commit().brief();
        return switch (checks.state()) {
            case PASSING -> Finding.pass(count + " passed on " + head + ".");
            case NONE ->
                    Finding.unknown(
                            "There is no check on " + head + ", so nothing says that it works.");
            case FAILING -> Finding.fail("Checks on " + head + " failed: " + failed(checks) + ".");
            case PENDING ->
                    Finding.fail(
                            "Checks on "
                                    + head
                                    + " are not complete: "
                                    + count
                                    + " passed. Wait for them.");
            case UNKNOWN ->
                    Finding.unknown(
                            "Checks on " + head + " cannot be read: " + checks.doubt().orElse(""));
        };
    }

    private static String failed(Checks checks) {
        return checks.all().stream()
                .filter(c -> c.result() == Checks.Result.FAIL)
                .map(Checks.Check::name)
                .limit(3)
                .collect(Collectors.joining(", "));
    }

    private Finding approval() {
        var needed =
                Math.max(
                        stack.policy().approvals(),
                        now.rules().value().map(BranchRules::approvals).orElse(0));
        if (now.pullRequest().isEmpty() || needed == 0) {
            return Finding.pass("No review is asked for.");
        }
        var latest = latest();
        var against =
                latest.stream()
                        .filter(r -> r.state() == Review.State.CHANGES_REQUESTED)
                        .flatMap(r -> r.author().stream())
                        .sorted()
                        .toList();
        if (!against.isEmpty()) {
            return Finding.fail("Changes are requested by " + String.join(", ", against) + ".");
        }
        var approving =
                latest.stream()
                        .filter(r -> r.state() == Review.State.APPROVED)
                        .filter(r -> r.commit().map(now.commit()::equals).orElse(false))
                        .count();
        var evidence = approving + " of " + needed + " approvals of " + now.commit().brief() + ".";
        return Finding.of(approving >= needed, evidence, evidence);
    }

    /// The last word of each person.
    private Collection<Review> latest() {
        var latest = new HashMap<String, Review>();
        for (var review : now.reviews().value()) {
            if (DECIDING.contains(review.state())) {
                review.author().ifPresent(author -> latest.put(author, review));
            }
        }
        return latest.values();
    }

    private Gate environment() {
        var facts = now.conditions().environment();
        return stack.policy().environmentApproval()
                ? ENVIRONMENT.judge(facts, this::environment)
                : ENVIRONMENT.answer(
                        Finding.pass("slipway.yaml does not ask for it."), facts.asOf());
    }

    private Finding environment(EnvironmentFacts facts) {
        var name = "GitHub's environment " + stack.environment();
        if (facts.environment().isEmpty()) {
            return Finding.fail(
                    stack.repository()
                            + " has no environment "
                            + stack.environment()
                            + ". Create it with required reviewers, or set"
                            + " policy.environmentApproval to false.");
        }
        if (facts.environment().get().reviewers().isEmpty()) {
            return Finding.fail(
                    name
                            + " has no required reviewers, so nobody can approve. Add them, or set"
                            + " policy.environmentApproval to false.");
        }
        var decisions = lastWords(facts.decisions());
        var rejected = decisions.stream().filter(d -> !d.approved()).findFirst();
        if (rejected.isPresent()) {
            return Finding.fail(words(rejected.get(), "rejected"));
        }
        var counting =
                decisions.stream()
                        .filter(d ->
                                !facts.environment().get().preventSelfReview()
                                        || !d.by().map(now.by()::equals).orElse(true))
                        .findFirst();
        if (counting.isPresent()) {
            return Finding.pass(words(counting.get(), "approved"));
        }
        if (!facts.waiting().isEmpty()) {
            var run = facts.waiting().entrySet().iterator().next();
            return Finding.fail(
                    run.getKey() + " waits for " + String.join(" or ", run.getValue()) + ".");
        }
        return Finding.fail(
                decisions.isEmpty()
                        ? "No run of "
                                + now.commit().brief()
                                + " has asked "
                                + name
                                + ". It is asked by a job with environment: "
                                + stack.environment()
                                + "."
                        : "Only "
                                + now.by()
                                + " approved, who promotes; "
                                + name
                                + " forbids to approve one's own work.");
    }

    /// The newest word of each reviewer.
    private static Collection<EnvironmentFacts.Decision> lastWords(
            List<EnvironmentFacts.Decision> newestFirst) {
        var last = new LinkedHashMap<String, EnvironmentFacts.Decision>();
        newestFirst.forEach(d -> last.putIfAbsent(d.by().orElse(""), d));
        return last.values();
    }

    private String words(EnvironmentFacts.Decision decision, String verb) {
        return decision.by().orElse("Somebody")
                + " "
                + verb
                + " "
                + now.commit().brief()
                + " for "
                + stack.environment()
                + " ("
                + decision.run()
                + ")"
                + (decision.comment().isBlank() ? "" : ": " + decision.comment().strip())
                + ".";
    }
}
