package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitCommit;
import dev.slipway.sandbox.world.GitFileChange;
import dev.slipway.sandbox.world.GitHubRefusal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/commits`, `/compare`, `/branches` and `/tags`.
final class GitHubCommitRoutes {
    private static final String READ = "contents=read";

    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/commits", READ, GitHubCommitRoutes::list)
                .on("GET", "/branches", READ, GitHubCommitRoutes::branches)
                .on("GET", "/branches/{branch...}", READ, GitHubCommitRoutes::branch)
                .on("GET", "/tags", READ, GitHubCommitRoutes::tags)
                .on("GET", "/compare/{basehead...}", READ, GitHubCommitRoutes::compare);
    }

    /// Added last: its pattern also fits what lies below a commit.
    static void addCommitTo(GitHubRoutes routes) {
        routes.on("GET", "/commits/{ref...}", READ, GitHubCommitRoutes::get);
    }

    private static Response list(GitHubCall call) {
        var request = call.request();
        var from = request.query("sha").orElseGet(() -> call.world().settings().defaultBranch());
        var start = call.world().git().resolve(from).orElseThrow(GitHubRefusal::notFound);
        Predicate<GitCommit> wanted = _ -> true;
        var author = request.query("author");
        if (author.isPresent()) {
            var email =
                    call.world()
                            .accounts()
                            .user(author.get())
                            .map(u -> u.person().email())
                            .orElse(author.get());
            wanted = wanted.and(c -> c.author().email().equals(email));
        }
        var since = moment(request, "since");
        if (since.isPresent()) {
            wanted = wanted.and(c -> !c.committedAt().isBefore(since.get()));
        }
        var until = moment(request, "until");
        if (until.isPresent()) {
            wanted = wanted.and(c -> !c.committedAt().isAfter(until.get()));
        }
        var path = request.query("path").orElse("");
        var all = call.world().git().log(start, Optional.empty(), path, Integer.MAX_VALUE);
        return call.page(all.stream().filter(wanted).toList(), call.views()::commit);
    }

    private static Optional<Instant> moment(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new GitHubRefusal(422, "Invalid request.\n\n" + name + " is not a timestamp.");
        }
    }

    private static Response get(GitHubCall call) {
        var sha = call.commit(call.variable("ref"));
        if (call.accepts(".sha")) {
            return Response.text(200, "application/vnd.github.sha", sha.value());
        }
        var commit = call.world().git().commit(sha).orElseThrow();
        var parent = commit.parents().stream().findFirst();
        var files = call.world().merges().files(parent, sha);
        if (call.accepts(".diff")) {
            return diff(files);
        }
        return Response.json(200, call.views().commit(commit, files));
    }

    private static Response diff(List<GitFileChange> files) {
        var text =
                files.stream()
                        .map(f ->
                                "diff --git a/"
                                        + f.previous().orElse(f.path())
                                        + " b/"
                                        + f.path()
                                        + "\n--- a/"
                                        + f.previous().orElse(f.path())
                                        + "\n+++ b/"
                                        + f.path()
                                        + "\n"
                                        + f.patch()
                                        + "\n")
                        .collect(Collectors.joining());
        return Response.text(200, "application/vnd.github.diff; charset=utf-8", text);
    }

    /// How many files GitHub lists with a comparison.
    private static final int FILES = 300;

    private static Response compare(GitHubCall call) {
        var text = call.variable("basehead");
        var dots = text.indexOf("...");
        if (dots < 0) {
            throw GitHubRefusal.notFound();
        }
        var git = call.world().git();
        var base = side(call, text.substring(0, dots));
        var head = side(call, text.substring(dots + 3));
        var merges = call.world().merges();
        var ancestor = merges.ancestor(base, head).orElseThrow(GitHubRefusal::notFound);
        var ahead = merges.ahead(head, base);
        var behind = merges.ahead(base, head);
        var files = merges.files(Optional.of(ancestor), head, FILES);
        if (call.accepts(".diff")) {
            return diff(files);
        }
        var views = call.views();
        var status =
                ahead > 0
                        ? (behind > 0 ? "diverged" : "ahead")
                        : (behind > 0 ? "behind" : "identical");
        var view =
                GitHubCall.object()
                        .put("url", views.api("/compare/" + base + "..." + head))
                        .put("html_url", views.html("/compare/" + base + "..." + head))
                        .put("permalink_url", views.html("/compare/" + base + "..." + head));
        view.set("base_commit", views.commit(git.commit(base).orElseThrow()));
        view.set("merge_base_commit", views.commit(git.commit(ancestor).orElseThrow()));
        view.put("status", status)
                .put("ahead_by", ahead)
                .put("behind_by", behind)
                .put("total_commits", ahead);
        var commits = view.putArray("commits");
        git.log(head, Optional.of(base), 250).reversed().forEach(c -> commits.add(views.commit(c)));
        var changed = view.putArray("files");
        files.forEach(f -> changed.add(views.file(f, head.value())));
        return Response.json(200, view);
    }

    private static CommitSha side(GitHubCall call, String text) {
        var own = call.world().settings().owner() + ":";
        var name = text.startsWith(own) ? text.substring(own.length()) : text;
        return call.world().git().resolve(name).orElseThrow(GitHubRefusal::notFound);
    }

    private static Response branches(GitHubCall call) {
        var names = call.world().git().refs("refs/heads/").entrySet().stream().toList();
        return call.page(
                names,
                e -> branch(call, e.getKey().substring("refs/heads/".length()), e.getValue()));
    }

    private static ObjectNode branch(GitHubCall call, String name, String sha) {
        var view = GitHubCall.object().put("name", name);
        view.putObject("commit").put("sha", sha).put("url", call.views().api("/commits/" + sha));
        return view.put("protected", protectedBranch(call, name));
    }

    private static boolean protectedBranch(GitHubCall call, String name) {
        var settings = call.world().settings();
        return name.equals(settings.defaultBranch())
                && (settings.approvals() > 0 || !settings.requiredChecks().isEmpty());
    }

    private static Response branch(GitHubCall call) {
        var name = call.variable("branch");
        var sha =
                call.world()
                        .git()
                        .branch(name)
                        .orElseThrow(() -> new GitHubRefusal(404, "Branch not found"));
        var view = branch(call, name, sha.value());
        view.set("commit", call.views().commit(call.world().git().commit(sha).orElseThrow()));
        view.putObject("_links")
                .put("self", call.views().api("/branches/" + GitHubViews.encoded(name)))
                .put("html", call.views().html("/tree/" + name));
        view.set(
                "protection",
                JsonNodeFactory.instance.objectNode().put("enabled", protectedBranch(call, name)));
        return Response.json(200, view);
    }

    private static Response tags(GitHubCall call) {
        var git = call.world().git();
        var names =
                git.refs("refs/tags/").keySet().stream()
                        .map(ref -> ref.substring("refs/tags/".length()))
                        .filter(name -> git.resolve("refs/tags/" + name).isPresent())
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList();
        return call.page(
                names,
                name -> {
                    var sha = git.resolve("refs/tags/" + name).orElseThrow().value();
                    var view = GitHubCall.object().put("name", name);
                    view.putObject("commit")
                            .put("sha", sha)
                            .put("url", call.views().api("/commits/" + sha));
                    return view.put("zipball_url", call.views().api("/zipball/refs/tags/" + name))
                            .put("tarball_url", call.views().api("/tarball/refs/tags/" + name));
                });
    }
}
