package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitCommit;
import dev.slipway.sandbox.world.GitFileChange;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubPulls.Mergeable;
import dev.slipway.sandbox.world.GitHubWorld;
import dev.slipway.sandbox.world.GitPerson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What things look like in GitHub's JSON.
///
/// @param base scheme and authority the client used
record GitHubViews(GitHubWorld world, String base) {

    static ObjectNode object() {
        return GitHubCall.object();
    }

    static String nodeId(String kind, long id) {
        return Base64.getEncoder()
                .encodeToString((kind + ":" + id).getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static @Nullable String time(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String lower(Optional<? extends Enum<?>> value) {
        return value.map(GitHubViews::lower).orElse(null);
    }

    /// Address of something of the repository's API.
    String api(String path) {
        return base + "/repos/" + world.settings().fullName() + path;
    }

    /// Address of a page about something of the repository.
    String html(String path) {
        return base + "/" + world.settings().fullName() + path;
    }

    // ---- people and the repository

    ObjectNode user(String login) {
        var user = world.accounts().person(login);
        return object().put("login", user.login())
                .put("id", user.id())
                .put("node_id", nodeId("User", user.id()))
                .put("avatar_url", avatar(login))
                .put("url", base + "/users/" + encoded(user.login()))
                .put("html_url", base + "/" + encoded(user.login()))
                .put("type", user.bot() ? "Bot" : "User")
                .put("site_admin", false);
    }

    String avatar(String login) {
        return base + "/avatars/" + encoded(login);
    }

    ObjectNode repository() {
        var settings = world.settings();
        var view =
                object().put("id", settings.id())
                        .put("node_id", nodeId("Repository", settings.id()))
                        .put("name", settings.name())
                        .put("full_name", settings.fullName())
                        .put("private", settings.hidden());
        view.set("owner", user(settings.owner()));
        return view.put("html_url", html(""))
                .put("url", api(""))
                .put("clone_url", html(".git"))
                .put("description", "")
                .put("fork", false)
                .put("archived", false)
                .put("disabled", false)
                .put("visibility", settings.hidden() ? "private" : "public")
                .put("default_branch", settings.defaultBranch());
    }

    // ---- pull requests

    /// @param whole whether with what only the page of a single one has
    ObjectNode pull(GitHubPull pull, boolean whole) {
        var n = "/" + pull.number();
        var view =
                object().put("url", api("/pulls" + n))
                        .put("id", pull.id())
                        .put("node_id", nodeId("PullRequest", pull.number()))
                        .put("html_url", html("/pull" + n))
                        .put("diff_url", html("/pull" + n + ".diff"))
                        .put("issue_url", api("/issues" + n))
                        .put("commits_url", api("/pulls" + n + "/commits"))
                        .put("comments_url", api("/issues" + n + "/comments"))
                        .put("statuses_url", api("/statuses/" + pull.headSha()))
                        .put("number", pull.number())
                        .put("state", pull.open() ? "open" : "closed")
                        .put("locked", false)
                        .put("title", pull.title());
        view.set("user", user(pull.author()));
        view.put("body", pull.body().isEmpty() ? null : pull.body());
        var labels = view.putArray("labels");
        pull.labels().forEach(l -> labels.add(label(l)));
        view.putNull("milestone")
                .put("created_at", pull.createdAt().toString())
                .put("updated_at", pull.updatedAt().toString())
                .put("closed_at", time(pull.closedAt()))
                .put("merged_at", time(pull.merged().map(GitHubPull.Merged::at)))
                .put(
                        "merge_commit_sha",
                        world.pulls().mergeCommit(pull).map(Object::toString).orElse(null))
                .putNull("assignee");
        view.putArray("assignees");
        view.putArray("requested_reviewers");
        view.putArray("requested_teams");
        view.put("draft", pull.draft());
        view.set("head", end(pull.headOwner(), pull.headBranch(), pull.headSha().value()));
        view.set("base", end(world.settings().owner(), pull.baseBranch(), pull.baseSha().value()));
        view.put("author_association", "MEMBER")
                .putNull("auto_merge")
                .putNull("active_lock_reason");
        return whole ? details(view, pull) : view;
    }

    private ObjectNode details(ObjectNode view, GitHubPull pull) {
        var mergeable = world.pulls().mergeable(pull);
        view.put("merged", pull.merged().isPresent())
                .put(
                        "mergeable",
                        mergeable == Mergeable.UNKNOWN
                                ? (Boolean) null
                                : Boolean.valueOf(mergeable == Mergeable.MERGEABLE))
                .put("mergeable_state", lower(world.pulls().mergeState(pull)));
        pull.merged()
                .ifPresentOrElse(
                        m -> view.set("merged_by", user(m.by())), () -> view.putNull("merged_by"));
        var files = world.pulls().files(pull);
        return view.put("comments", world.issues().comments(pull.number()).size())
                .put("review_comments", 0)
                .put("maintainer_can_modify", false)
                .put("commits", world.pulls().commits(pull).size())
                .put("additions", files.stream().mapToInt(GitFileChange::additions).sum())
                .put("deletions", files.stream().mapToInt(GitFileChange::deletions).sum())
                .put("changed_files", files.size());
    }

    private ObjectNode end(String owner, String branch, String sha) {
        var own = owner.equalsIgnoreCase(world.settings().owner());
        var view = object().put("label", owner + ":" + branch).put("ref", branch).put("sha", sha);
        view.set("user", user(owner));
        var repository = repository();
        if (!own) {
            repository
                    .put("id", Integer.toUnsignedLong(owner.hashCode()) + 1L)
                    .put("fork", true)
                    .put("full_name", owner + "/" + world.settings().name());
            repository.set("owner", user(owner));
        }
        view.set("repo", repository);
        return view;
    }

    ObjectNode label(String name) {
        var label = world.issues().labelled(name);
        return object().put("id", label.id())
                .put("node_id", nodeId("Label", label.id()))
                .put("url", api("/labels/" + encoded(label.name())))
                .put("name", label.name())
                .put("color", label.color())
                .put("default", false)
                .put("description", label.description());
    }

    ObjectNode file(GitFileChange change, String sha) {
        var path = encoded(change.path());
        var view =
                object().put("sha", change.sha())
                        .put("filename", change.path())
                        .put("status", change.status())
                        .put("additions", change.additions())
                        .put("deletions", change.deletions())
                        .put("changes", change.additions() + change.deletions())
                        .put("blob_url", html("/blob/" + sha + "/" + path))
                        .put("raw_url", html("/raw/" + sha + "/" + path))
                        .put("contents_url", api("/contents/" + path + "?ref=" + sha));
        if (!change.patch().isEmpty()) {
            view.put("patch", change.patch());
        }
        change.previous().ifPresent(p -> view.put("previous_filename", p));
        return view;
    }

    // ---- commits

    /// As below `/commits`.
    ObjectNode commit(GitCommit commit) {
        var view =
                object().put("sha", commit.sha().value())
                        .put("node_id", nodeId("Commit", commit.sha().value().hashCode()));
        var inner = view.putObject("commit");
        inner.set("author", person(commit.author(), commit.authoredAt()));
        inner.set("committer", person(commit.committer(), commit.committedAt()));
        inner.put("message", commit.message());
        inner.putObject("tree")
                .put("sha", commit.tree())
                .put("url", api("/git/trees/" + commit.tree()));
        inner.put("url", api("/git/commits/" + commit.sha())).put("comment_count", 0);
        inner.putObject("verification").put("verified", false).put("reason", "unsigned");
        view.put("url", api("/commits/" + commit.sha()))
                .put("html_url", html("/commit/" + commit.sha()))
                .put("comments_url", api("/commits/" + commit.sha() + "/comments"));
        account(commit.author())
                .ifPresentOrElse(
                        login -> view.set("author", user(login)), () -> view.putNull("author"));
        account(commit.committer())
                .ifPresentOrElse(
                        login -> view.set("committer", user(login)),
                        () -> view.putNull("committer"));
        parents(view, commit);
        return view;
    }

    private Optional<String> account(GitPerson person) {
        return world.accounts().users().stream()
                .filter(u -> u.person().email().equals(person.email()))
                .map(u -> u.login())
                .findFirst();
    }

    /// As below `/git/commits`.
    ObjectNode gitCommit(GitCommit commit) {
        var view =
                object().put("sha", commit.sha().value())
                        .put("node_id", nodeId("Commit", commit.sha().value().hashCode()))
                        .put("url", api("/git/commits/" + commit.sha()))
                        .put("html_url", html("/commit/" + commit.sha()));
        view.set("author", person(commit.author(), commit.authoredAt()));
        view.set("committer", person(commit.committer(), commit.committedAt()));
        view.putObject("tree")
                .put("sha", commit.tree())
                .put("url", api("/git/trees/" + commit.tree()));
        view.put("message", commit.message());
        parents(view, commit);
        view.putObject("verification")
                .put("verified", false)
                .put("reason", "unsigned")
                .putNull("signature")
                .putNull("payload");
        return view;
    }

    private void parents(ObjectNode view, GitCommit commit) {
        var parents = view.putArray("parents");
        commit.parents()
                .forEach(p ->
                        parents.addObject()
                                .put("sha", p.value())
                                .put("url", api("/git/commits/" + p))
                                .put("html_url", html("/commit/" + p)));
    }

    static ObjectNode person(GitPerson person, Instant at) {
        return object().put("name", person.name())
                .put("email", person.email())
                .put("date", at.toString());
    }

    /// A commit with its files, as the page of a single one has it.
    ObjectNode commit(GitCommit commit, List<GitFileChange> files) {
        var view = commit(commit);
        var added = files.stream().mapToInt(GitFileChange::additions).sum();
        var removed = files.stream().mapToInt(GitFileChange::deletions).sum();
        view.putObject("stats")
                .put("total", added + removed)
                .put("additions", added)
                .put("deletions", removed);
        var array = view.putArray("files");
        files.forEach(f -> array.add(file(f, commit.sha().value())));
        return view;
    }
}
