package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RepositoryName;
import dev.slipway.http.Purpose;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One repository at GitHub.
///
/// Every method blocks until it has an answer and throws
/// [dev.slipway.domain.FailureException] when it has none. Methods that change something say so,
/// and must run inside [dev.slipway.http.Wire#during]. Text from GitHub is other people's text.
public interface GitHub {
    /// The same repository, its calls made for `purpose`; without this they are
    /// [Purpose#FOREGROUND].
    GitHub as(Purpose purpose);

    /// Which repository this is.
    RepositoryName name();

    // repository and token

    /// The repository itself.
    Repository repository();

    /// The login the token belongs to.
    String login();

    /// What the token may do, found out by reading calls.
    TokenReport token();

    /// The environments with their protection.
    List<Environment> environments();

    /// The rules that hold for `branch`.
    BranchRules rules(String branch);

    // pull requests

    /// Every open pull request, last updated first, with its checks.
    ///
    /// While nothing moved since the last call this costs two conditional requests and returns the
    /// same list. Checks the token cannot read are [Checks.State#UNKNOWN], never passing.
    ///
    /// @param paths of files and folders whose names in Git each head is to tell
    List<OpenPullRequest> openPullRequests(List<String> paths);

    /// The same without any path.
    default List<OpenPullRequest> openPullRequests() {
        return openPullRequests(List.of());
    }

    /// One pull request, empty when there is none of this number.
    Optional<PullRequest> pullRequest(PullRequestNumber number);

    /// Which of these numbers are pull requests of this repository, open or not, in their order. One
    /// call for a hundred of them.
    List<PullRequestNumber> existing(List<PullRequestNumber> numbers);

    /// The reviews of a pull request, oldest first.
    List<Review> reviews(PullRequestNumber number);

    /// Changes: merges a pull request, provided its head still is `head`.
    ///
    /// @param message commit title and body; empty takes GitHub's own
    /// @return the commit that is now on the base branch
    CommitSha merge(
            PullRequestNumber number, CommitSha head, MergeMethod method, Optional<String> message);

    /// The comments of a pull request or issue, oldest first.
    List<Comment> comments(PullRequestNumber number);

    /// Changes: adds a comment.
    Comment createComment(PullRequestNumber number, String body);

    /// Changes: replaces the text of a comment.
    Comment updateComment(long id, String body);

    // commits and files

    /// A commit, empty when the repository has none of this name.
    Optional<Commit> commit(CommitSha sha);

    /// The newest commits below and including `from` that changed `path`, newest first; a hundred at most.
    List<Commit> changes(String path, CommitSha from, int most);

    /// What `head` has that `base` has not, and the other way round. Each side is a sha, a branch
    /// or a tag. Reads at most 1,000 commits; see [Comparison#complete()].
    Comparison compare(String base, String head);

    /// Every file below a commit or tree, folders left out.
    ///
    /// @param sha full sha of a commit or tree
    List<TreeEntry> tree(String sha);

    /// The bytes of a blob.
    ///
    /// @param sha full sha of the blob
    byte[] blob(String sha);

    /// The bytes of many blobs by their shas, with one call for a hundred text files.
    ///
    /// @param shas full shas of blobs
    Map<String, byte[]> blobs(Collection<String> shas);

    /// The bytes of the file at `path` as of `commit`, empty when there is no such file.
    Optional<byte[]> file(String path, CommitSha commit);

    /// What is at `path` as of each of `commits`, a hundred of them to a call.
    Map<CommitSha, PathContent> at(String path, Collection<CommitSha> commits);

    /// Paths and blobs of the workflow files below `.github/workflows` as of `commit`.
    List<TreeEntry> workflowFiles(CommitSha commit);

    // checks

    /// All checks of a commit: check runs and commit statuses together. With a token that cannot
    /// read check runs: workflow runs and commit statuses; when these cannot be read either,
    /// [Checks.State#UNKNOWN].
    Checks checks(CommitSha sha);

    /// The commit statuses of a commit, the newest of each context.
    List<CommitStatus> statuses(CommitSha sha);

    /// Changes: sets a commit status.
    ///
    /// @param description at most 140 characters
    CommitStatus createStatus(
            CommitSha sha,
            String context,
            CommitStatus.State state,
            String description,
            Optional<URI> link);

    // workflow runs

    /// The workflows Actions knows.
    List<Workflow> workflows();

    /// The workflow runs of a commit, newest first.
    List<WorkflowRun> runs(CommitSha head);

    /// The runs on `branch` that are not completed, newest first, among its newest hundred.
    List<WorkflowRun> unfinishedRuns(String branch);

    /// One run, empty when there is none.
    Optional<WorkflowRun> run(long id);

    /// Changes: starts a workflow.
    ///
    /// @param workflow file name, for example `deploy.yml`, or id
    /// @param ref branch or tag it runs on
    /// @return the run's id, when GitHub tells it
    OptionalLong dispatch(String workflow, String ref, Map<String, String> inputs);

    /// What was decided about a run that asked for protected environments, newest first.
    List<RunApproval> approvals(long run);

    /// What a run waits for before it may use protected environments.
    List<PendingDeployment> pendingDeployments(long run);

    // refs and Git objects

    /// A ref by its full name, for example `refs/heads/main`; empty when there is none.
    Optional<Ref> ref(String name);

    /// Every ref whose full name begins with `prefix`, for example `refs/tags/production-`.
    List<Ref> refs(String prefix);

    /// Changes: creates a ref. Exactly one of several concurrent callers succeeds; the others see
    /// [dev.slipway.domain.Failure.Refused] with status 422.
    ///
    /// @param name full name in any namespace
    /// @param sha full sha of a commit or tag object
    void createRef(String name, String sha);

    /// Changes: moves, creates or deletes refs, all of them or none, provided each one still is
    /// where the update expects it. A ref that has moved is a
    /// [dev.slipway.domain.Failure.Refused].
    void updateRefs(List<RefUpdate> updates);

    /// Writes a tree of the given files and nothing else; changes no ref.
    ///
    /// @param files text by path
    /// @return its sha
    String createTree(Map<String, String> files);

    /// Writes a commit; changes no ref.
    Commit createCommit(String message, String tree, List<CommitSha> parents);

    /// Writes an annotated tag object; changes no ref, so the tag does not show before
    /// [#createRef] or [#updateRefs].
    ///
    /// @return its sha
    String createTagObject(String tag, String message, CommitSha commit);

    /// An annotated tag object, empty when `sha` is none.
    Optional<TagObject> tagObject(String sha);

    /// Every tag with the commit it stands for, annotated or not.
    List<Tag> tags();

    // deployments

    /// The deployments to an environment, newest first, at most the newest hundred.
    List<Deployment> deployments(String environment);

    /// The deployments of a commit to an environment, newest first.
    List<Deployment> deployments(String environment, CommitSha sha);

    /// Changes: records a deployment. Never merges and asks for no contexts.
    ///
    /// @param payload stored with the deployment and returned with it
    Deployment createDeployment(
            CommitSha sha,
            String environment,
            String description,
            Map<String, String> payload,
            boolean production);

    /// The statuses of a deployment, newest first.
    List<DeploymentStatus> deploymentStatuses(long deployment);

    /// Changes: adds a status to a deployment.
    ///
    /// @param description at most 140 characters
    DeploymentStatus createDeploymentStatus(
            long deployment,
            DeploymentStatus.State state,
            String description,
            Optional<URI> log,
            Optional<URI> environment);
}
