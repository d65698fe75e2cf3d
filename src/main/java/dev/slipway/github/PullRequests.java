package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Single pull requests, their reviews and comments.
record PullRequests(GitHubApi api) {
    Optional<PullRequest> pullRequest(PullRequestNumber number) {
        return api.transport()
                .find(
                        api.conditional("/pulls/{number}", number.value()),
                        a -> pullRequest(a.json()));
    }

    List<PullRequestNumber> existing(List<PullRequestNumber> numbers) {
        var existing = new ArrayList<PullRequestNumber>();
        for (int from = 0; from < numbers.size(); from += GitHubApi.PAGE) {
            existing.addAll(
                    some(numbers.subList(from, Math.min(numbers.size(), from + GitHubApi.PAGE))));
        }
        return List.copyOf(existing);
    }

    /// GitHub answers a number it has no pull request of with null and an error beside the others.
    private List<PullRequestNumber> some(List<PullRequestNumber> numbers) {
        var fields = new StringBuilder();
        numbers.forEach(n ->
                fields.append(
                        " p%d:pullRequest(number:%d){number}".formatted(n.value(), n.value())));
        var call =
                api.graphQl(
                        "ExistingPullRequests",
                        "query ExistingPullRequests($owner:String!,$repo:String!)"
                                + "{repository(owner:$owner,name:$repo){"
                                + fields
                                + "}}",
                        Map.of("owner", api.name().owner(), "repo", api.name().name()));
        return api.transport()
                .read(
                        call,
                        answer -> {
                            var repository =
                                    answer.json()
                                            .find("data")
                                            .flatMap(data -> data.find("repository"))
                                            .orElseThrow(() ->
                                                    new FailureException(
                                                            GitHubApi.failureIn(
                                                                            answer.json(), false)
                                                                    .orElseThrow(() ->
                                                                            new Json.Unreadable(
                                                                                    "it has no repository"))));
                            return numbers.stream()
                                    .filter(n -> repository.find("p" + n.value()).isPresent())
                                    .toList();
                        });
    }

    List<Review> reviews(PullRequestNumber number) {
        return api.transport()
                .pages(
                        api.conditional("/pulls/{number}/reviews", number.value())
                                .with("per_page", GitHubApi.PAGE),
                        a -> GitHubApi.items(a).stream().map(PullRequests::review).toList());
    }

    CommitSha merge(
            PullRequestNumber number,
            CommitSha head,
            MergeMethod method,
            Optional<String> message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("sha", head.value());
        body.put("merge_method", method.key());
        message.ifPresent(m -> {
            var lines = m.split("\n", 2);
            body.put("commit_title", lines[0]);
            body.put("commit_message", lines.length > 1 ? lines[1].strip() : "");
        });
        return api.transport()
                .change(
                        api.call("PUT", "/pulls/{number}/merge", number.value()).body(body),
                        a -> {
                            if (!a.json().flag("merged")) {
                                throw new Json.Unreadable("merged is not true");
                            }
                            return a.json().sha("sha");
                        });
    }

    List<Comment> comments(PullRequestNumber number) {
        return api.transport()
                .pages(
                        api.conditional("/issues/{number}/comments", number.value())
                                .with("per_page", GitHubApi.PAGE),
                        a -> GitHubApi.items(a).stream().map(PullRequests::comment).toList());
    }

    Comment createComment(PullRequestNumber number, String body) {
        return api.transport()
                .change(
                        api.call("POST", "/issues/{number}/comments", number.value())
                                .body(Map.of("body", body)),
                        a -> comment(a.json()));
    }

    Comment updateComment(long id, String body) {
        return api.transport()
                .change(
                        api.call("PATCH", "/issues/comments/{comment}", id)
                                .body(java.util.Map.of("body", body)),
                        a -> comment(a.json()));
    }

    private static PullRequest pullRequest(Json pull) {
        var head = pull.get("head");
        var base = pull.get("base");
        var merged = pull.maybeTime("merged_at");
        return new PullRequest(
                new PullRequestNumber(pull.integer("number")),
                pull.text("node_id"),
                pull.text("title"),
                pull.uri("html_url"),
                login(pull, "user"),
                merged.isPresent() || pull.flag("merged", false)
                        ? PullRequest.State.MERGED
                        : pull.text("state").equals("open")
                                ? PullRequest.State.OPEN
                                : PullRequest.State.CLOSED,
                pull.flag("draft", false),
                pull.find("mergeable").map(_ -> pull.flag("mergeable")),
                pull.someText("mergeable_state").orElse("unknown"),
                pull.maybeSha("merge_commit_sha"),
                base.text("ref"),
                base.sha("sha"),
                base.get("repo").number("id"),
                head.text("ref"),
                head.sha("sha"),
                head.find("repo").map(r -> r.number("id")),
                merged);
    }

    private static Review review(Json review) {
        return new Review(
                login(review, "user"),
                switch (review.text("state")) {
                    case "APPROVED" -> Review.State.APPROVED;
                    case "CHANGES_REQUESTED" -> Review.State.CHANGES_REQUESTED;
                    case "COMMENTED" -> Review.State.COMMENTED;
                    case "DISMISSED" -> Review.State.DISMISSED;
                    case "PENDING" -> Review.State.PENDING;
                    default -> Review.State.UNKNOWN;
                },
                review.maybeSha("commit_id"),
                review.maybeTime("submitted_at"));
    }

    private static Comment comment(Json comment) {
        return new Comment(
                comment.number("id"),
                login(comment, "user"),
                comment.maybeText("body").orElse(""),
                comment.uri("html_url"),
                comment.time("created_at"),
                comment.time("updated_at"));
    }

    static Optional<String> login(Json json, String name) {
        return json.find(name).map(u -> u.text("login"));
    }
}
