package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Builds Workers from commits. The code of a Worker is what its `sandbox-worker.json` in the
/// repository says; what that leaves open follows from the migrations of the same commit.
public final class CiBuild {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TAG_LENGTH = 12;

    private final GitRepository git;
    private final CiSchemas schemas;
    private final String migrations;

    /// @param migrations the migrations folder, a path in the repository
    public CiBuild(GitRepository git, CiSchemas schemas, String migrations) {
        this.git = git;
        this.schemas = schemas;
        this.migrations = migrations;
    }

    /// The migrations of a commit.
    ///
    /// @throws dev.slipway.domain.InputException when it has none that can be read
    public DrizzleFolder folder(CommitSha commit) {
        return DrizzleFolder.read(tree(commit), migrations);
    }

    /// A version of `worker` at `commit`, without its secrets.
    public WorkerUpload upload(CiWorker worker, CommitSha commit) {
        return upload(worker, commit, OptionalInt.empty());
    }

    /// The same, made to break down under ordinary traffic.
    ///
    /// @param stands how many requests of it the version answers; empty means any number
    WorkerUpload upload(CiWorker worker, CommitSha commit, OptionalInt stands) {
        var title = git.commit(commit).map(GitCommit::title).orElse("");
        var upload =
                WorkerUpload.of(
                                "export default { fetch: () => new Response() };\n// "
                                        + commit.value()
                                        + "\n",
                                JSON.writeValueAsString(behaviour(worker, commit, stands)))
                        .annotate("workers/commit_sha", commit.value())
                        .annotate("workers/tag", commit.value().substring(0, TAG_LENGTH))
                        .annotate("workers/message", title)
                        .bind(new WorkerBinding("version_metadata", "VERSION", java.util.Map.of()));
        for (var variable : worker.vars().entrySet()) {
            upload = upload.bind(WorkerBinding.plainText(variable.getKey(), variable.getValue()));
        }
        return upload;
    }

    private ObjectNode behaviour(CiWorker worker, CommitSha commit, OptionalInt stands) {
        var tree = tree(commit);
        var file =
                tree.text(worker.behaviour())
                        .map(text -> (ObjectNode) JSON.readTree(text))
                        .orElseGet(JSON::createObjectNode);
        stands.ifPresent(requests -> file.put("stands", requests));
        var complete = file.has("statements") && file.path("health").has("statements");
        if (complete) {
            return file;
        }
        var derived = schemas.of(DrizzleFolder.read(tree, migrations));
        if (!file.has("statements")) {
            file.set("statements", JSON.valueToTree(derived.selects()));
        }
        if (!file.path("health").has("statements")) {
            var all = new ArrayList<String>(derived.selects());
            all.addAll(derived.inserts());
            file.withObject("/health").set("statements", JSON.valueToTree(List.copyOf(all)));
        }
        return file;
    }

    private RepoTree tree(CommitSha commit) {
        return RepoTree.of(git.jgit(), GitRepository.id(commit));
    }

    /// The newest migration of a commit, for messages.
    Optional<String> newest(CommitSha commit) {
        return folder(commit).migrations().stream()
                .map(DrizzleMigration::name)
                .reduce((_, last) -> last);
    }
}
