package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RepositoryName;
import dev.slipway.http.Purpose;
import dev.slipway.http.Transport;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// GitHub over its REST and GraphQL interfaces. Each concern is a class of its own; this one only
/// deals out.
public final class HttpGitHub implements GitHub {
    private final GitHubApi api;
    private final OpenPullRequests.Memory memory;
    private final PathContents.Memory paths;

    /// The repository's own id, which never changes.
    private final AtomicReference<@Nullable String> nodeId = new AtomicReference<>();

    /// The repository `name` over `transport`.
    public HttpGitHub(Transport transport, RepositoryName name) {
        this(
                new GitHubApi(transport, name, Purpose.FOREGROUND),
                new OpenPullRequests.Memory(),
                new PathContents.Memory());
    }

    private HttpGitHub(GitHubApi api, OpenPullRequests.Memory memory, PathContents.Memory paths) {
        this.api = api;
        this.memory = memory;
        this.paths = paths;
    }

    /// The login the transport's token belongs to, while no repository is known yet.
    public static String loginOf(Transport transport) {
        var nowhere = new RepositoryName("-", "-");
        return new HttpGitHub(transport, nowhere).login();
    }

    @Override
    public GitHub as(Purpose purpose) {
        return new HttpGitHub(new GitHubApi(api.transport(), api.name(), purpose), memory, paths);
    }

    @Override
    public RepositoryName name() {
        return api.name();
    }

    @Override
    public Repository repository() {
        return new Settings(api).repository();
    }

    @Override
    public String login() {
        return TokenProbes.login(api);
    }

    @Override
    public TokenReport token() {
        return new TokenProbes(api).report();
    }

    @Override
    public List<Environment> environments() {
        return new Settings(api).environments();
    }

    @Override
    public BranchRules rules(String branch) {
        return new Settings(api).rules(branch);
    }

    @Override
    public List<OpenPullRequest> openPullRequests(List<String> paths) {
        return new OpenPullRequests(api, memory).read(paths);
    }

    @Override
    public Optional<PullRequest> pullRequest(PullRequestNumber number) {
        return new PullRequests(api).pullRequest(number);
    }

    @Override
    public List<PullRequestNumber> existing(List<PullRequestNumber> numbers) {
        return new PullRequests(api).existing(numbers);
    }

    @Override
    public List<Review> reviews(PullRequestNumber number) {
        return new PullRequests(api).reviews(number);
    }

    @Override
    public CommitSha merge(
            PullRequestNumber number,
            CommitSha head,
            MergeMethod method,
            Optional<String> message) {
        return new PullRequests(api).merge(number, head, method, message);
    }

    @Override
    public List<Comment> comments(PullRequestNumber number) {
        return new PullRequests(api).comments(number);
    }

    @Override
    public Comment createComment(PullRequestNumber number, String body) {
        return new PullRequests(api).createComment(number, body);
    }

    @Override
    public Comment updateComment(long id, String body) {
        return new PullRequests(api).updateComment(id, body);
    }

    @Override
    public Optional<Commit> commit(CommitSha sha) {
        return new Files(api).commit(sha);
    }

    @Override
    public List<Commit> changes(String path, CommitSha from, int most) {
        return new Files(api).changes(path, from, most);
    }

    @Override
    public Comparison compare(String base, String head) {
        return new Files(api).compare(base, head);
    }

    @Override
    public List<TreeEntry> tree(String sha) {
        return new Files(api).tree(sha);
    }

    @Override
    public byte[] blob(String sha) {
        return new Files(api).blob(sha);
    }

    @Override
    public Map<String, byte[]> blobs(Collection<String> shas) {
        return new Blobs(api).read(shas);
    }

    @Override
    public Optional<byte[]> file(String path, CommitSha commit) {
        return new Files(api).file(path, commit);
    }

    @Override
    public List<TreeEntry> workflowFiles(CommitSha commit) {
        return new Files(api).workflowFiles(commit);
    }

    @Override
    public Checks checks(CommitSha sha) {
        return new CommitChecks(api).checks(sha);
    }

    @Override
    public List<CommitStatus> statuses(CommitSha sha) {
        return new CommitChecks(api).statuses(sha);
    }

    @Override
    public CommitStatus createStatus(
            CommitSha sha,
            String context,
            CommitStatus.State state,
            String description,
            Optional<URI> link) {
        return new CommitChecks(api).createStatus(sha, context, state, description, link);
    }

    @Override
    public List<Workflow> workflows() {
        return new Actions(api).workflows();
    }

    @Override
    public List<WorkflowRun> runs(CommitSha head) {
        return new Actions(api).runs(head);
    }

    @Override
    public List<WorkflowRun> unfinishedRuns(String branch) {
        return new Actions(api).unfinished(branch);
    }

    @Override
    public Optional<WorkflowRun> run(long id) {
        return new Actions(api).run(id);
    }

    @Override
    public List<RunApproval> approvals(long run) {
        return new Actions(api).approvals(run);
    }

    @Override
    public List<PendingDeployment> pendingDeployments(long run) {
        return new Actions(api).pendingDeployments(run);
    }

    @Override
    public OptionalLong dispatch(String workflow, String ref, Map<String, String> inputs) {
        return new Actions(api).dispatch(workflow, ref, inputs);
    }

    @Override
    public Optional<Ref> ref(String name) {
        return new GitObjects(api).ref(name);
    }

    @Override
    public List<Ref> refs(String prefix) {
        return new GitObjects(api).refs(prefix);
    }

    @Override
    public void createRef(String name, String sha) {
        new GitObjects(api).createRef(name, sha);
    }

    @Override
    public void updateRefs(List<RefUpdate> updates) {
        var id = nodeId.updateAndGet(known -> known == null ? repository().nodeId() : known);
        new GitObjects(api).updateRefs(Objects.requireNonNull(id), updates);
    }

    @Override
    public String createTree(Map<String, String> files) {
        return new GitObjects(api).createTree(files);
    }

    @Override
    public Commit createCommit(String message, String tree, List<CommitSha> parents) {
        return new GitObjects(api).createCommit(message, tree, parents);
    }

    @Override
    public String createTagObject(String tag, String message, CommitSha commit) {
        return new GitObjects(api).createTagObject(tag, message, commit);
    }

    @Override
    public Optional<TagObject> tagObject(String sha) {
        return new GitObjects(api).tagObject(sha);
    }

    @Override
    public List<Tag> tags() {
        return new GitObjects(api).tags();
    }

    @Override
    public List<Deployment> deployments(String environment) {
        return new Deployments(api).of(environment, Optional.empty());
    }

    @Override
    public List<Deployment> deployments(String environment, CommitSha sha) {
        return new Deployments(api).of(environment, Optional.of(sha));
    }

    @Override
    public Deployment createDeployment(
            CommitSha sha,
            String environment,
            String description,
            Map<String, String> payload,
            boolean production) {
        return new Deployments(api).create(sha, environment, description, payload, production);
    }

    @Override
    public List<DeploymentStatus> deploymentStatuses(long deployment) {
        return new Deployments(api).statuses(deployment);
    }

    @Override
    public DeploymentStatus createDeploymentStatus(
            long deployment,
            DeploymentStatus.State state,
            String description,
            Optional<URI> log,
            Optional<URI> environment) {
        return new Deployments(api).createStatus(deployment, state, description, log, environment);
    }

    @Override
    public Map<CommitSha, PathContent> at(String path, Collection<CommitSha> commits) {
        return new PathContents(api, paths).at(path, commits);
    }
}
