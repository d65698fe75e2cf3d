package dev.slipway.release;

import dev.slipway.github.BranchRules;
import dev.slipway.github.PullRequest;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.stack.Stack;
import java.util.List;
import java.util.Locale;

/// Whether what is to be shipped is, or can become, a commit of the production branch.
record CommitGates(Stack stack, Situation now) {
    private static final GateQuestion OPEN = new GateQuestion("pr-open", "Pull request is open");
    private static final GateQuestion NO_DRAFT =
            new GateQuestion("pr-not-draft", "Pull request is no draft");
    private static final GateQuestion NO_FORK =
            new GateQuestion("pr-not-fork", "Code comes from this repository");
    private static final GateQuestion MERGEABLE =
            new GateQuestion("mergeable", "Merges without conflict");
    private static final GateQuestion BASE =
            new GateQuestion("base-branch", "Merges into the production branch");
    private static final GateQuestion ON_BASE =
            new GateQuestion("on-base-branch", "Commit is on the production branch");

    List<Gate> all() {
        return now.pullRequest().map(this::of).orElseGet(() -> List.of(onBase()));
    }

    private List<Gate> of(PullRequest pr) {
        return List.of(
                gate(OPEN, open(pr)),
                gate(NO_DRAFT, noDraft(pr)),
                gate(NO_FORK, noFork(pr)),
                gate(MERGEABLE, mergeable(pr)),
                gate(BASE, base(pr)));
    }

    private Gate gate(GateQuestion question, Finding finding) {
        return question.answer(finding, now.observed());
    }

    private static Finding open(PullRequest pr) {
        return Finding.of(
                pr.state() == PullRequest.State.OPEN,
                pr.number() + " is open.",
                pr.number() + " is " + pr.state().name().toLowerCase(Locale.ROOT) + ".");
    }

    private static Finding noDraft(PullRequest pr) {
        return Finding.of(
                !pr.draft(),
                pr.number() + " is ready for review.",
                pr.number() + " is a draft. Mark it ready for review.");
    }

    private Finding noFork(PullRequest pr) {
        return Finding.of(
                !pr.fork(),
                "The branch " + pr.head() + " lives in " + stack.repository() + ".",
                pr.number()
                        + " comes from a fork. Push its commits to a branch of "
                        + stack.repository()
                        + ".");
    }

    private Finding mergeable(PullRequest pr) {
        if (now.rules().value().map(BranchRules::mergeQueue).orElse(false)) {
            return Finding.fail(
                    stack.branch()
                            + " takes pull requests only through its merge queue. Queue it there,"
                            + " then promote the commit.");
        }
        if (pr.mergeable().map(can -> !can).orElse(false)) {
            return Finding.fail(
                    pr.number() + " conflicts with " + stack.branch() + ". Resolve the conflict.");
        }
        if (pr.mergeable().isEmpty() || now.tree().isEmpty()) {
            return Finding.unknown(
                    "GitHub has not computed the test merge of "
                            + pr.number()
                            + " yet. Ask again.");
        }
        return Finding.pass("The test merge with " + now.base().brief() + " has no conflict.");
    }

    private Finding base(PullRequest pr) {
        return Finding.of(
                pr.base().equals(stack.branch()),
                "The base is " + stack.branch() + ".",
                "The base is "
                        + pr.base()
                        + ", production is released from "
                        + stack.branch()
                        + ".");
    }

    private Gate onBase() {
        return gate(
                ON_BASE,
                Finding.of(
                        now.onBase(),
                        now.commit().brief() + " is on " + stack.branch() + ".",
                        now.commit().brief() + " is not on " + stack.branch() + "."));
    }
}
