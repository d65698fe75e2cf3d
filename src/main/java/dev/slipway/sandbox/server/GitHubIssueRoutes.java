package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubIssues.Comment;
import dev.slipway.sandbox.world.GitHubIssues.Issue;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubRefusal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/issues` and `/labels`. A pull request is an issue, too.
final class GitHubIssueRoutes {
    private static final String READ = "issues=read; pull_requests=read";
    private static final String WRITE = "issues=write; pull_requests=write";

    void addTo(GitHubRoutes routes) {
        routes.on(
                        "GET",
                        "/issues/comments/{id}",
                        READ,
                        call -> Response.json(200, comment(call, comment(call))))
                .on("PATCH", "/issues/comments/{id}", WRITE, GitHubIssueRoutes::changeComment)
                .on(
                        "DELETE",
                        "/issues/comments/{id}",
                        WRITE,
                        call -> {
                            call.world().issues().erase(comment(call).id());
                            return Response.empty(204);
                        })
                .on("GET", "/issues", READ, GitHubIssueRoutes::list)
                .on("POST", "/issues", "issues=write", GitHubIssueRoutes::open)
                .on(
                        "GET",
                        "/issues/{number}",
                        READ,
                        call -> Response.json(200, numbered(call, (int) call.number("number"))))
                .on("PATCH", "/issues/{number}", WRITE, GitHubIssueRoutes::change)
                .on("GET", "/issues/{number}/comments", READ, GitHubIssueRoutes::comments)
                .on("POST", "/issues/{number}/comments", WRITE, GitHubIssueRoutes::addComment)
                .on(
                        "GET",
                        "/issues/{number}/labels",
                        READ,
                        call -> call.page(labels(call), call.views()::label))
                .on("POST", "/issues/{number}/labels", WRITE, GitHubIssueRoutes::addLabels)
                .on(
                        "DELETE",
                        "/issues/{number}/labels/{name}",
                        WRITE,
                        GitHubIssueRoutes::removeLabel)
                .on(
                        "GET",
                        "/labels",
                        READ,
                        call ->
                                call.page(
                                        call.world().issues().labels(),
                                        l -> call.views().label(l.name())))
                .on("POST", "/labels", WRITE, GitHubIssueRoutes::addLabel);
    }

    // ---- issues

    private static ObjectNode numbered(GitHubCall call, int number) {
        return call.world()
                .issues()
                .issue(number)
                .map(i -> issue(call, i))
                .or(() -> call.world().pulls().get(number).map(p -> issue(call, p)))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static ObjectNode issue(GitHubCall call, GitHubPull pull) {
        var views = call.views();
        var view =
                issue(
                        call,
                        new Issue(
                                pull.number(),
                                pull.id(),
                                pull.title(),
                                pull.body(),
                                pull.author(),
                                pull.open(),
                                pull.labels(),
                                pull.createdAt(),
                                pull.updatedAt(),
                                pull.closedAt()));
        view.put("draft", pull.draft())
                .put("html_url", views.html("/pull/" + pull.number()))
                .putObject("pull_request")
                .put("url", views.api("/pulls/" + pull.number()))
                .put("html_url", views.html("/pull/" + pull.number()))
                .put("merged_at", GitHubViews.time(pull.merged().map(GitHubPull.Merged::at)));
        return view;
    }

    private static ObjectNode issue(GitHubCall call, Issue issue) {
        var views = call.views();
        var self = views.api("/issues/" + issue.number());
        var view =
                GitHubCall.object()
                        .put("url", self)
                        .put("repository_url", views.api(""))
                        .put("comments_url", self + "/comments")
                        .put("html_url", views.html("/issues/" + issue.number()))
                        .put("id", issue.id())
                        .put("node_id", GitHubViews.nodeId("Issue", issue.number()))
                        .put("number", issue.number())
                        .put("title", issue.title());
        view.set("user", views.user(issue.author()));
        var labels = view.putArray("labels");
        issue.labels().forEach(l -> labels.add(views.label(l)));
        view.put("state", issue.open() ? "open" : "closed")
                .put("locked", false)
                .put("comments", call.world().issues().comments(issue.number()).size())
                .put("created_at", issue.createdAt().toString())
                .put("updated_at", issue.updatedAt().toString())
                .put("closed_at", GitHubViews.time(issue.closedAt()))
                .put("author_association", "MEMBER")
                .put("body", issue.body().isEmpty() ? null : issue.body());
        view.putArray("assignees");
        return view;
    }

    private static Response list(GitHubCall call) {
        var state = call.request().query("state").orElse("open");
        var wanted =
                call.request().query("labels").map(l -> List.of(l.split(","))).orElse(List.of());
        var all = new ArrayList<ObjectNode>();
        call.world().issues().issues().forEach(i -> all.add(issue(call, i)));
        call.world().pulls().all().forEach(p -> all.add(issue(call, p)));
        var found =
                all.stream()
                        .filter(i ->
                                state.equals("all") || i.path("state").asString("").equals(state))
                        .filter(i ->
                                i.path("labels")
                                        .valueStream()
                                        .map(l -> l.path("name").asString(""))
                                        .toList()
                                        .containsAll(wanted))
                        .sorted(
                                Comparator.comparingInt((ObjectNode i) -> i.path("number").asInt(0))
                                        .reversed())
                        .toList();
        return call.page(found, i -> i);
    }

    private static Response open(GitHubCall call) {
        var issue =
                call.world()
                        .issues()
                        .open(
                                call.required("title"),
                                call.text("body").orElse(""),
                                call.login(),
                                call.texts("labels").orElse(List.of()));
        return Response.json(201, issue(call, issue))
                .header("Location", call.views().api("/issues/" + issue.number()));
    }

    private static Response change(GitHubCall call) {
        var number = (int) call.number("number");
        var pull = call.world().pulls().get(number);
        var state = call.text("state");
        if (pull.isPresent()) {
            var p = pull.get();
            call.world()
                    .pulls()
                    .edit(
                            number,
                            call.text("title").orElse(p.title()),
                            call.text("body").orElse(p.body()),
                            call.texts("labels").orElse(p.labels()));
            if (state.equals(Optional.of("closed"))) {
                call.world().pulls().close(number, call.login());
            }
            if (state.equals(Optional.of("open"))) {
                call.world().pulls().reopen(number, call.login());
            }
        } else {
            var i = call.world().issues().issue(number).orElseThrow(GitHubRefusal::notFound);
            call.world()
                    .issues()
                    .edit(
                            number,
                            call.text("title").orElse(i.title()),
                            call.text("body").orElse(i.body()),
                            state.map("open"::equals).orElse(i.open()),
                            call.texts("labels").orElse(i.labels()));
        }
        return Response.json(200, numbered(call, number));
    }

    // ---- comments

    private static Comment comment(GitHubCall call) {
        return call.world()
                .issues()
                .comment(call.number("id"))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static ObjectNode comment(GitHubCall call, Comment comment) {
        var views = call.views();
        var view =
                GitHubCall.object()
                        .put("url", views.api("/issues/comments/" + comment.id()))
                        .put(
                                "html_url",
                                views.html(
                                        "/pull/"
                                                + comment.number()
                                                + "#issuecomment-"
                                                + comment.id()))
                        .put("issue_url", views.api("/issues/" + comment.number()))
                        .put("id", comment.id())
                        .put("node_id", GitHubViews.nodeId("IssueComment", comment.id()));
        view.set("user", views.user(comment.author()));
        return view.put("created_at", comment.createdAt().toString())
                .put("updated_at", comment.updatedAt().toString())
                .put("body", comment.body())
                .put("author_association", "MEMBER");
    }

    private static Response comments(GitHubCall call) {
        var number = (int) call.number("number");
        numbered(call, number);
        Optional<Instant> since;
        try {
            since = call.request().query("since").map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new GitHubRefusal(422, "Invalid request.\n\nsince is not a timestamp.");
        }
        var wanted =
                call.world().issues().comments(number).stream()
                        .filter(c -> since.map(s -> !c.updatedAt().isBefore(s)).orElse(true))
                        .toList();
        return call.page(wanted, c -> comment(call, c));
    }

    private static Response addComment(GitHubCall call) {
        var number = (int) call.number("number");
        numbered(call, number);
        var body = call.required("body");
        if (body.isBlank()) {
            throw GitHubRefusal.invalid("IssueComment", "body", "missing_field");
        }
        var comment = call.world().issues().write(number, call.login(), body);
        return Response.json(201, comment(call, comment))
                .header("Location", call.views().api("/issues/comments/" + comment.id()));
    }

    private static Response changeComment(GitHubCall call) {
        var comment = comment(call);
        return Response.json(
                200,
                comment(call, call.world().issues().rewrite(comment.id(), call.required("body"))));
    }

    // ---- labels

    private static List<String> labels(GitHubCall call) {
        var number = (int) call.number("number");
        return call.world()
                .pulls()
                .get(number)
                .map(GitHubPull::labels)
                .or(() -> call.world().issues().issue(number).map(Issue::labels))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static Response setLabels(GitHubCall call, List<String> labels) {
        var number = (int) call.number("number");
        call.world()
                .pulls()
                .get(number)
                .ifPresentOrElse(
                        p -> call.world().pulls().edit(number, p.title(), p.body(), labels),
                        () -> {
                            var i = call.world().issues().issue(number).orElseThrow();
                            call.world()
                                    .issues()
                                    .edit(number, i.title(), i.body(), i.open(), labels);
                        });
        var array = JsonNodeFactory.instance.arrayNode();
        labels.forEach(l -> array.add(call.views().label(l)));
        return Response.json(200, array);
    }

    private static Response addLabels(GitHubCall call) {
        var all = new LinkedHashSet<>(labels(call));
        all.addAll(call.texts("labels").orElse(List.of()));
        return setLabels(call, List.copyOf(all));
    }

    private static Response removeLabel(GitHubCall call) {
        var left = new ArrayList<>(labels(call));
        if (!left.remove(call.variable("name"))) {
            throw new GitHubRefusal(404, "Label does not exist");
        }
        return setLabels(call, left);
    }

    private static Response addLabel(GitHubCall call) {
        var label =
                call.world()
                        .issues()
                        .label(
                                call.required("name"),
                                call.text("color").orElse("ededed"),
                                call.text("description").orElse(""));
        return Response.json(201, call.views().label(label.name()))
                .header(
                        "Location",
                        call.views().api("/labels/" + GitHubViews.encoded(label.name())));
    }
}
