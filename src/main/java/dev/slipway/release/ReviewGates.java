package dev.slipway.release;

import dev.slipway.github.BranchRules;
import dev.slipway.github.Checks;
import dev.slipway.github.Review;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.stack.Stack;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether machines and people have agreed to the commit.
record ReviewGates(Stack stack, Situation now) {
    private static final GateQuestion CHECKS = new GateQuestion("checks", "Checks are green");
    private static final GateQuestion APPROVAL = new GateQuestion("approval", "Approved");

    /// Reviews that say yes or no; a comment leaves an earlier word standing.
    private static final Set<Review.State> DECIDING =
            EnumSet.of(
                    Review.State.APPROVED, Review.State.CHANGES_REQUESTED, Review.State.DISMISSED);

    List<Gate> all() {
        return List.of(
                CHECKS.answer(checks(now.checks().value()), now.checks().asOf()),
                APPROVAL.answer(approval(), now.reviews().asOf()));
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
}
