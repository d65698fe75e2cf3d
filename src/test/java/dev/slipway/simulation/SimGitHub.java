package dev.slipway.simulation;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.Comment;
import dev.slipway.github.Commit;
import dev.slipway.github.Deployment;
import dev.slipway.github.DeploymentStatus;
import dev.slipway.github.GitHub;
import dev.slipway.github.MergeMethod;
import dev.slipway.github.PullRequest;
import dev.slipway.github.Ref;
import dev.slipway.github.RefUpdate;
import dev.slipway.github.TagObject;
import dev.slipway.github.WorkflowRun;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitRefChange;
import dev.slipway.sandbox.world.RemoteRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// GitHub in memory: refs by compare-and-set, pull requests, comments, deployments, runs.
final class SimGitHub {
    static final String MAIN = "refs/heads/main";
    private static final URI LINK = URI.create("https://github.test/");

    private final Run run;
    private final History<State> history;

    /// Objects are named by their content and never change.
    private final Map<String, Commit> commits = new HashMap<>();

    private final Map<String, TagObject> tags = new HashMap<>();
    private final Map<String, Map<String, String>> files = new HashMap<>();

    /// What can be read late.
    private record State(
            Map<String, String> refs,
            Map<Integer, PullRequest> pulls,
            List<Comment> comments,
            List<Integer> commented,
            List<Deployment> deployments,
            List<Noted> statuses,
            List<WorkflowRun> runs) {
        State {
            refs = new LinkedHashMap<>(refs);
            pulls = new LinkedHashMap<>(pulls);
            comments = new ArrayList<>(comments);
            commented = new ArrayList<>(commented);
            deployments = new ArrayList<>(deployments);
            statuses = new ArrayList<>(statuses);
            runs = new ArrayList<>(runs);
        }

        State copy() {
            return new State(refs, pulls, comments, commented, deployments, statuses, runs);
        }
    }

    private record Noted(long deployment, DeploymentStatus status) {}

    SimGitHub(Run run) {
        this.run = run;
        history =
                new History<>(
                        run.time(),
                        new State(
                                Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of(),
                                List.of()));
    }

    GitHub over(Line line) {
        return Partial.of(GitHub.class, new Port(line));
    }

    // what others do

    /// Writes a commit.
    CommitSha commit(String tree, List<CommitSha> parents, String message) {
        var sha = new CommitSha(run.sha("commit"));
        commits.put(
                sha.value(), new Commit(sha, tree, parents, message, "kim", run.time().instant()));
        return sha;
    }

    /// Opens a pull request whose test merge has the given tree.
    void open(int number, CommitSha head, CommitSha testMerge) {
        change(s ->
                s.pulls()
                        .put(
                                number,
                                new PullRequest(
                                        new PullRequestNumber(number),
                                        "PR_" + number,
                                        "Change " + number,
                                        LINK,
                                        Optional.of("kim"),
                                        PullRequest.State.OPEN,
                                        false,
                                        Optional.of(true),
                                        "clean",
                                        Optional.of(testMerge),
                                        "main",
                                        new CommitSha(s.refs().get(MAIN)),
                                        1,
                                        "feature-" + number,
                                        head,
                                        Optional.of(1L),
                                        Optional.empty())));
    }

    /// Pushes a branch.
    void push(String ref, CommitSha commit) {
        change(s -> s.refs().put(ref, commit.value()));
    }

    /// Computes the test merge of a pull request anew.
    void retest(int number, java.util.function.UnaryOperator<CommitSha> test) {
        change(s ->
                s.pulls()
                        .computeIfPresent(
                                number,
                                (_, p) ->
                                        p.state() == PullRequest.State.OPEN
                                                ? tested(p, test.apply(p.headSha()))
                                                : p));
    }

    /// Somebody tags something.
    void tagged(String name) {
        var sha = run.sha("tag");
        tags.put(sha, new TagObject(sha, name, "by hand", new CommitSha(run.sha("commit"))));
        change(s -> s.refs().putIfAbsent("refs/tags/" + name, sha));
    }

    /// Force-pushes the head of a pull request.
    void forcePush(int number, CommitSha head) {
        change(s -> s.pulls().computeIfPresent(number, (_, p) -> with(p, p.state(), head, p)));
    }

    void close(int number) {
        change(s -> {
            if (s.pulls().get(number).state() == PullRequest.State.OPEN) {
                s.pulls()
                        .computeIfPresent(
                                number,
                                (_, p) -> with(p, PullRequest.State.CLOSED, p.headSha(), p));
            }
        });
    }

    void ranWorkflow(String file, String title, CommitSha head) {
        change(s ->
                s.runs()
                        .add(
                                new WorkflowRun(
                                        run.number(),
                                        file,
                                        title,
                                        ".github/workflows/" + file,
                                        "workflow_dispatch",
                                        "queued",
                                        Optional.empty(),
                                        Optional.of("main"),
                                        head,
                                        1,
                                        1,
                                        run.time().instant(),
                                        run.time().instant(),
                                        LINK,
                                        Optional.of("kim"))));
    }

    // what is true

    PullRequest pull(int number) {
        return history.now().pulls().get(number);
    }

    Optional<String> ref(String name) {
        return Optional.ofNullable(history.now().refs().get(name));
    }

    Commit commit(String sha) {
        return commits.get(sha);
    }

    Optional<TagObject> tag(String name) {
        return ref("refs/tags/" + name).map(tags::get);
    }

    long deploymentsOf(String mark) {
        return history.now().deployments().stream()
                .filter(d -> mark.equals(d.payload().get("mark")))
                .count();
    }

    private static GitRefChange wanted(RefUpdate update) {
        return new GitRefChange(
                update.name(),
                Optional.of(update.before().orElse(GitRefChange.ABSENT)),
                update.after().orElse(GitRefChange.ABSENT),
                update.force());
    }

    /// Whether a commit is `older` or follows from it.
    private boolean contains(String older, String commit) {
        return commit.equals(older)
                || Optional.ofNullable(commits.get(commit)).stream()
                        .flatMap(c -> c.parents().stream())
                        .anyMatch(parent -> contains(older, parent.value()));
    }

    private void change(java.util.function.Consumer<State> how) {
        var next = history.now().copy();
        how.accept(next);
        history.set(next);
    }

    private static PullRequest with(
            PullRequest p, PullRequest.State state, CommitSha head, PullRequest commitOf) {
        return new PullRequest(
                p.number(),
                p.nodeId(),
                p.title(),
                p.url(),
                p.author(),
                state,
                p.draft(),
                p.mergeable(),
                p.mergeableState(),
                commitOf.mergeCommit(),
                p.base(),
                p.baseSha(),
                p.baseRepository(),
                p.head(),
                head,
                p.headRepository(),
                commitOf.merged());
    }

    private static PullRequest tested(PullRequest p, CommitSha test) {
        return new PullRequest(
                p.number(),
                p.nodeId(),
                p.title(),
                p.url(),
                p.author(),
                p.state(),
                p.draft(),
                p.mergeable(),
                p.mergeableState(),
                Optional.of(test),
                p.base(),
                p.baseSha(),
                p.baseRepository(),
                p.head(),
                p.headSha(),
                p.headRepository(),
                p.merged());
    }

    private static PullRequest merged(PullRequest p, CommitSha commit, Instant at) {
        return new PullRequest(
                p.number(),
                p.nodeId(),
                p.title(),
                p.url(),
                p.author(),
                PullRequest.State.MERGED,
                p.draft(),
                p.mergeable(),
                p.mergeableState(),
                Optional.of(commit),
                p.base(),
                p.baseSha(),
                p.baseRepository(),
                p.head(),
                p.headSha(),
                p.headRepository(),
                Optional.of(at));
    }

    /// The part of the port that steps and the lock use.
    final class Port {
        private final Line line;

        private Port(Line line) {
            this.line = line;
        }

        private <T> T read(String what, java.util.function.Function<State, T> question) {
            return line.read(Provider.GITHUB, what, ago -> question.apply(history.ago(ago)));
        }

        private <T> T write(
                String what, String url, boolean marked, java.util.function.Supplier<T> effect) {
            return line.change(
                    Provider.GITHUB,
                    what,
                    url,
                    marked,
                    () -> {
                        try {
                            return effect.get();
                        } catch (GitHubRefusal e) {
                            throw Line.refused(Provider.GITHUB, e.status(), e.getMessage());
                        }
                    });
        }

        Optional<PullRequest> pullRequest(PullRequestNumber number) {
            return read("pull request", s -> Optional.ofNullable(s.pulls().get(number.value())));
        }

        CommitSha merge(
                PullRequestNumber number,
                CommitSha head,
                MergeMethod method,
                Optional<String> message) {
            return write(
                    "merge " + number,
                    "/repos/{owner}/{repo}/pulls/{number}/merge",
                    true,
                    () -> {
                        var pr = history.now().pulls().get(number.value());
                        RemoteRules.mergeable(
                                pr.state() == PullRequest.State.OPEN,
                                pr.headSha(),
                                Optional.of(head));
                        var base = new CommitSha(history.now().refs().get(MAIN));
                        var test = commits.get(pr.mergeCommit().orElseThrow().value());
                        var tree =
                                test.parents().getFirst().equals(base)
                                        ? test.tree()
                                        : run.sha("tree");
                        run.merged(tree, base.value(), head);
                        var commit = SimGitHub.this.commit(tree, List.of(base), message.orElse(""));
                        change(s -> {
                            s.refs().put(MAIN, commit.value());
                            s.pulls().put(number.value(), merged(pr, commit, run.time().instant()));
                        });
                        run.audit().effect(line.operator(), message.orElse("merge"), true);
                        run.pushed(commit, tree);
                        return commit;
                    });
        }

        List<Comment> comments(PullRequestNumber number) {
            return read(
                    "comments",
                    s -> {
                        var some = new ArrayList<Comment>();
                        for (var i = 0; i < s.comments().size(); i++) {
                            if (s.commented().get(i) == number.value()) {
                                some.add(s.comments().get(i));
                            }
                        }
                        return List.copyOf(some);
                    });
        }

        Comment createComment(PullRequestNumber number, String body) {
            return write(
                    "comment " + number,
                    "/repos/{owner}/{repo}/issues/{number}/comments",
                    true,
                    () -> {
                        var comment =
                                new Comment(
                                        run.number(),
                                        Optional.of("kim"),
                                        body,
                                        LINK,
                                        run.time().instant(),
                                        run.time().instant());
                        change(s -> {
                            s.comments().add(comment);
                            s.commented().add(number.value());
                        });
                        run.audit().effect(line.operator(), body, false);
                        return comment;
                    });
        }

        Optional<Commit> commit(CommitSha sha) {
            return read("commit", _ -> Optional.ofNullable(commits.get(sha.value())));
        }

        List<WorkflowRun> runs(CommitSha head) {
            return read(
                    "runs",
                    s -> s.runs().reversed().stream().filter(r -> r.head().equals(head)).toList());
        }

        OptionalLong dispatch(String workflow, String ref, Map<String, String> inputs) {
            return write(
                    "dispatch " + workflow,
                    "/repos/{owner}/{repo}/actions/workflows/{workflow}/dispatches",
                    true,
                    () -> {
                        var commit = new CommitSha(inputs.get("commit"));
                        ranWorkflow(workflow, "Deploy " + inputs.get("mark"), commit);
                        run.audit().effect(line.operator(), inputs.get("mark"), false);
                        run.build(commit);
                        return OptionalLong.empty();
                    });
        }

        Optional<Ref> ref(String name) {
            return read(
                    "ref",
                    s ->
                            Optional.ofNullable(s.refs().get(name))
                                    .map(sha ->
                                            new Ref(
                                                    name,
                                                    sha,
                                                    tags.containsKey(sha) ? "tag" : "commit")));
        }

        void createRef(String name, String sha) {
            write(
                    "ref " + name,
                    "/repos/{owner}/{repo}/git/refs",
                    !Run.isLock(name),
                    () -> {
                        RemoteRules.creatable(history.now().refs().containsKey(name));
                        change(s -> s.refs().put(name, sha));
                        if (Run.isLock(name)) {
                            run.audit().locked(line.operator(), commits.get(sha));
                        } else {
                            run.audit().effect(line.operator(), tags.get(sha).message(), true);
                        }
                        return true;
                    });
        }

        void updateRefs(List<RefUpdate> updates) {
            write(
                    "refs",
                    "/graphql",
                    updates.stream().noneMatch(u -> Run.isLock(u.name())),
                    () -> {
                        updates.forEach(update ->
                                RemoteRules.movable(
                                        wanted(update),
                                        history.now()
                                                .refs()
                                                .getOrDefault(update.name(), GitRefChange.ABSENT),
                                        id -> commits.containsKey(id) || tags.containsKey(id),
                                        SimGitHub.this::contains));
                        change(s ->
                                updates.forEach(
                                        u -> s.refs().put(u.name(), u.after().orElseThrow())));
                        updates.stream()
                                .filter(u -> Run.isLock(u.name()))
                                .forEach(u ->
                                        run.audit()
                                                .locked(
                                                        line.operator(),
                                                        commits.get(u.after().orElseThrow())));
                        return true;
                    });
        }

        String createTree(Map<String, String> content) {
            return line.object(
                    "trees",
                    () -> {
                        var tree = run.sha("tree");
                        files.put(tree, Map.copyOf(content));
                        return tree;
                    });
        }

        Optional<byte[]> file(String path, CommitSha commit) {
            return read(
                    "file",
                    _ ->
                            Optional.ofNullable(commits.get(commit.value()))
                                    .map(c -> files.getOrDefault(c.tree(), Map.of()).get(path))
                                    .map(text -> text.getBytes(StandardCharsets.UTF_8)));
        }

        Commit createCommit(String message, String tree, List<CommitSha> parents) {
            return line.object(
                    "commits",
                    () -> {
                        var sha = SimGitHub.this.commit(tree, parents, message);
                        return SimGitHub.this.commit(sha.value());
                    });
        }

        String createTagObject(String tag, String message, CommitSha commit) {
            return line.object(
                    "tags",
                    () -> {
                        var sha = run.sha("tag");
                        tags.put(sha, new TagObject(sha, tag, message, commit));
                        return sha;
                    });
        }

        Optional<TagObject> tagObject(String sha) {
            return read("tag object", _ -> Optional.ofNullable(tags.get(sha)));
        }

        List<Deployment> deployments(String environment, CommitSha sha) {
            return read(
                    "deployments",
                    s ->
                            s.deployments().reversed().stream()
                                    .filter(d -> d.sha().equals(sha))
                                    .toList());
        }

        Deployment createDeployment(
                CommitSha sha,
                String environment,
                String description,
                Map<String, String> payload,
                boolean production) {
            return write(
                    "deployment",
                    "/repos/{owner}/{repo}/deployments",
                    true,
                    () -> {
                        var deployment =
                                new Deployment(
                                        run.number(),
                                        sha,
                                        sha.value(),
                                        environment,
                                        description,
                                        payload,
                                        Optional.of("kim"),
                                        run.time().instant());
                        change(s -> s.deployments().add(deployment));
                        run.audit().effect(line.operator(), payload.get("mark"), false);
                        return deployment;
                    });
        }

        List<DeploymentStatus> deploymentStatuses(long deployment) {
            return read(
                    "statuses",
                    s ->
                            s.statuses().reversed().stream()
                                    .filter(n -> n.deployment() == deployment)
                                    .map(Noted::status)
                                    .toList());
        }

        DeploymentStatus createDeploymentStatus(
                long deployment,
                DeploymentStatus.State state,
                String description,
                Optional<URI> log,
                Optional<URI> environment) {
            return write(
                    "status",
                    "/repos/{owner}/{repo}/deployments/{id}/statuses",
                    true,
                    () -> {
                        var status =
                                new DeploymentStatus(
                                        run.number(),
                                        state,
                                        description,
                                        log,
                                        environment,
                                        run.time().instant());
                        change(s -> s.statuses().add(new Noted(deployment, status)));
                        run.audit().effect(line.operator(), description, false);
                        return status;
                    });
        }
    }
}
