package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubPulls;
import dev.slipway.sandbox.world.GitHubPulls.Merging;
import dev.slipway.sandbox.world.GitHubRefusal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// `/pulls`: listing, opening, changing, reviewing and merging.
final class GitHubPullRoutes {
    private static final String READ = "pull_requests=read; contents=read";
    private static final String WRITE = "pull_requests=write";

    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/pulls", "pull_requests=read", GitHubPullRoutes::list)
                .on("POST", "/pulls", WRITE, GitHubPullRoutes::open)
                .on("GET", "/pulls/{number}", READ, GitHubPullRoutes::get)
                .on("PATCH", "/pulls/{number}", WRITE, GitHubPullRoutes::change)
                .on("GET", "/pulls/{number}/files", "pull_requests=read", GitHubPullRoutes::files)
                .on(
                        "GET",
                        "/pulls/{number}/commits",
                        "pull_requests=read",
                        call ->
                                call.page(
                                        call.world().pulls().commits(pull(call)),
                                        call.views()::commit))
                .on(
                        "GET",
                        "/pulls/{number}/reviews",
                        "pull_requests=read",
                        call ->
                                call.page(
                                        call.world().pulls().reviews(pull(call).number()),
                                        r -> review(call, r)))
                .on("POST", "/pulls/{number}/reviews", WRITE, GitHubPullRoutes::addReview)
                .on("GET", "/pulls/{number}/merge", "contents=read", GitHubPullRoutes::isMerged)
                .on("PUT", "/pulls/{number}/merge", "contents=write", GitHubPullRoutes::merge)
                .on("PUT", "/pulls/{number}/update-branch", WRITE, GitHubPullRoutes::update)
                .on(
                        "GET",
                        "/commits/{sha}/pulls",
                        "pull_requests=read",
                        GitHubPullRoutes::ofCommit);
    }

    static GitHubPull pull(GitHubCall call) {
        return call.world()
                .pulls()
                .get((int) call.number("number"))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static Response list(GitHubCall call) {
        var state = call.request().query("state").orElse("open");
        if (!List.of("open", "closed", "all").contains(state)) {
            throw GitHubRefusal.invalid("PullRequest", "state", "invalid");
        }
        Predicate<GitHubPull> wanted = p -> state.equals("all") || p.open() == state.equals("open");
        var head = call.request().query("head");
        if (head.isPresent()) {
            wanted = wanted.and(p -> (p.headOwner() + ":" + p.headBranch()).equals(head.get()));
        }
        var base = call.request().query("base");
        if (base.isPresent()) {
            wanted = wanted.and(p -> p.baseBranch().equals(base.get()));
        }
        var byUpdate = call.request().query("sort").orElse("created").equals("updated");
        var order =
                Comparator.comparing(byUpdate ? GitHubPull::updatedAt : GitHubPull::createdAt)
                        .thenComparingInt(GitHubPull::number);
        var direction = call.request().query("direction").orElse(byUpdate ? "asc" : "desc");
        var found =
                call.world().pulls().all().stream()
                        .filter(wanted)
                        .sorted(direction.equals("asc") ? order : order.reversed())
                        .toList();
        return call.page(found, p -> call.views().pull(p, false));
    }

    private static Response open(GitHubCall call) {
        var pull =
                call.world()
                        .pulls()
                        .open(
                                new GitHubPulls.Opening(
                                        call.required("title"),
                                        call.text("body").orElse(""),
                                        call.login(),
                                        call.required("head"),
                                        call.required("base"),
                                        call.flag("draft", false)));
        return Response.json(201, call.views().pull(pull, true))
                .header("Location", call.views().api("/pulls/" + pull.number()));
    }

    private static Response get(GitHubCall call) {
        return Response.json(200, call.views().pull(pull(call), true));
    }

    private static Response change(GitHubCall call) {
        var pulls = call.world().pulls();
        var pull = pull(call);
        var title = call.text("title");
        var body = call.text("body");
        if (title.isPresent() || body.isPresent()) {
            pulls.edit(
                    pull.number(),
                    title.orElse(pull.title()),
                    body.orElse(pull.body()),
                    pull.labels());
        }
        call.text("base").ifPresent(b -> pulls.retarget(pull.number(), b));
        switch (call.text("state").orElse("")) {
            case "closed" -> pulls.close(pull.number(), call.login());
            case "open" -> pulls.reopen(pull.number(), call.login());
            case "" -> {}
            default -> throw GitHubRefusal.invalid("PullRequest", "state", "invalid");
        }
        return get(call);
    }

    private static Response files(GitHubCall call) {
        var pull = pull(call);
        return call.page(
                call.world().pulls().files(pull),
                f -> call.views().file(f, pull.headSha().value()));
    }

    private static ObjectNode review(GitHubCall call, GitHubPull.Review review) {
        var views = call.views();
        var view =
                GitHubCall.object()
                        .put("id", review.id())
                        .put("node_id", GitHubViews.nodeId("PullRequestReview", review.id()));
        view.set("user", views.user(review.login()));
        return view.put("body", review.body())
                .put("state", review.verdict().name())
                .put("html_url", views.html("/pull/" + review.pull()))
                .put("pull_request_url", views.api("/pulls/" + review.pull()))
                .put("submitted_at", review.at().toString())
                .put("commit_id", review.sha().value())
                .put("author_association", "MEMBER");
    }

    private static Response addReview(GitHubCall call) {
        var verdict =
                switch (call.text("event").orElse("COMMENT")) {
                    case "APPROVE" -> GitHubPull.Verdict.APPROVED;
                    case "REQUEST_CHANGES" -> GitHubPull.Verdict.CHANGES_REQUESTED;
                    case "COMMENT" -> GitHubPull.Verdict.COMMENTED;
                    default -> throw GitHubRefusal.invalid("PullRequestReview", "event", "invalid");
                };
        var pull = pull(call);
        if (pull.author().equals(call.login()) && verdict != GitHubPull.Verdict.COMMENTED) {
            throw new GitHubRefusal(422, "Can not approve your own pull request");
        }
        var review =
                call.world()
                        .pulls()
                        .review(pull.number(), call.login(), verdict, call.text("body").orElse(""));
        return Response.json(200, review(call, review));
    }

    private static Response isMerged(GitHubCall call) {
        if (pull(call).merged().isEmpty()) {
            throw GitHubRefusal.notFound();
        }
        return Response.empty(204);
    }

    private static Response merge(GitHubCall call) {
        var pull = pull(call);
        GitHubPulls.Method method;
        try {
            method =
                    GitHubPulls.Method.valueOf(
                            call.text("merge_method").orElse("merge").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw GitHubRefusal.invalid("PullRequest", "merge_method", "invalid");
        }
        var sha = call.text("sha");
        if (sha.isPresent() && !CommitSha.isOne(sha.get())) {
            throw new GitHubRefusal(
                    422, "sha must be a 40 character SHA1, was \"" + sha.get() + "\"");
        }
        var merged =
                call.world()
                        .pulls()
                        .merge(
                                pull.number(),
                                new Merging(
                                        method,
                                        sha.map(CommitSha::new),
                                        call.text("commit_title"),
                                        call.text("commit_message")),
                                call.login());
        return Response.json(
                200,
                GitHubCall.object()
                        .put("sha", merged.value())
                        .put("merged", true)
                        .put("message", "Pull Request successfully merged"));
    }

    private static Response update(GitHubCall call) {
        var pull = pull(call);
        var expected = call.text("expected_head_sha");
        if (expected.isPresent() && !expected.get().equals(pull.headSha().value())) {
            throw new GitHubRefusal(422, "expected head sha didn’t match current head ref.");
        }
        call.world().pulls().update(pull.number(), call.login());
        return Response.json(
                202,
                GitHubCall.object()
                        .put("message", "Updating pull request branch.")
                        .put("url", call.views().api("/pulls/" + pull.number())));
    }

    private static Response ofCommit(GitHubCall call) {
        var sha = call.commit(call.variable("sha"));
        var world = call.world();
        var with =
                world.pulls().all().stream()
                        .filter(p ->
                                p.headSha().equals(sha)
                                        || world.pulls().mergeCommit(p).equals(Optional.of(sha))
                                        || world.pulls().commits(p).stream()
                                                .anyMatch(c -> c.sha().equals(sha)))
                        .toList();
        return call.page(with, p -> call.views().pull(p, false));
    }
}
