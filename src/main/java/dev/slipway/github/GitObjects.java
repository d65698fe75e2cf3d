package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.FailureException;
import dev.slipway.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Refs, tags and the objects they point to.
record GitObjects(GitHubApi api) {
    private static final String ABSENT = "0".repeat(40);

    private static final String UPDATE_REFS =
            "mutation UpdateRefs($input:UpdateRefsInput!)"
                    + "{updateRefs(input:$input){clientMutationId}}";

    /// `git/ref` is documented for branches and tags; other namespaces are found by prefix.
    Optional<Ref> ref(String name) {
        var inner = below(name);
        if (inner.startsWith("heads/") || inner.startsWith("tags/")) {
            return api.transport()
                    .find(api.conditional("/git/ref/{ref}", inner), a -> ref(a.json()))
                    .filter(r -> r.name().equals(name));
        }
        return refs(name).stream().filter(r -> r.name().equals(name)).findFirst();
    }

    List<Ref> refs(String prefix) {
        return api.transport()
                .pages(
                        api.conditional("/git/matching-refs/{ref}", below(prefix)),
                        a -> GitHubApi.items(a).stream().map(GitObjects::ref).toList());
    }

    void createRef(String name, String sha) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ref", name);
        body.put("sha", sha);
        api.transport().change(api.call("POST", "/git/refs").body(body), a -> ref(a.json()));
    }

    void updateRefs(String repositoryId, List<RefUpdate> updates) {
        var input = new LinkedHashMap<String, Object>();
        input.put("repositoryId", repositoryId);
        input.put("refUpdates", updates.stream().map(GitObjects::update).toList());
        api.transport()
                .change(
                        api.graphQl("updateRefs", UPDATE_REFS, Map.of("input", input)),
                        a -> {
                            var json = a.json();
                            GitHubApi.failureIn(json, true)
                                    .ifPresent(f -> {
                                        throw new FailureException(f);
                                    });
                            return json.get("data").get("updateRefs");
                        });
    }

    /// GitHub writes the blobs by itself.
    String createTree(Map<String, String> files) {
        var entries =
                files.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e ->
                                Map.of(
                                        "path",
                                        e.getKey(),
                                        "mode",
                                        "100644",
                                        "type",
                                        "blob",
                                        "content",
                                        e.getValue()))
                        .toList();
        return object("/git/trees", Map.of("tree", entries), GitObjects::sha);
    }

    Commit createCommit(String message, String tree, List<CommitSha> parents) {
        var body = new LinkedHashMap<String, Object>();
        body.put("message", message);
        body.put("tree", tree);
        body.put("parents", parents.stream().map(CommitSha::value).toList());
        return object("/git/commits", body, Files::gitCommit);
    }

    String createTagObject(String tag, String message, CommitSha commit) {
        var body = new LinkedHashMap<String, Object>();
        body.put("tag", tag);
        body.put("message", message);
        body.put("object", commit.value());
        body.put("type", "commit");
        return object("/git/tags", body, GitObjects::sha);
    }

    Optional<TagObject> tagObject(String sha) {
        return api.transport()
                .find(
                        api.immutable("/git/tags/{sha}", sha),
                        a ->
                                new TagObject(
                                        a.json().text("sha"),
                                        a.json().text("tag"),
                                        a.json().text("message"),
                                        a.json().get("object").sha("sha")));
    }

    List<Tag> tags() {
        return api.transport()
                .pages(
                        api.conditional("/tags").with("per_page", GitHubApi.PAGE),
                        a ->
                                GitHubApi.items(a).stream()
                                        .map(t ->
                                                new Tag(t.text("name"), t.get("commit").sha("sha")))
                                        .toList());
    }

    private <T> T object(String template, Object body, Function<Json, T> reader) {
        return api.transport()
                .change(
                        api.call("POST", template).body(body).writingObject(),
                        a -> reader.apply(a.json()));
    }

    private static String sha(Json object) {
        return object.sha("sha").value();
    }

    private static Map<String, Object> update(RefUpdate update) {
        var result = new LinkedHashMap<String, Object>();
        result.put("name", update.name());
        result.put("beforeOid", update.before().orElse(ABSENT));
        result.put("afterOid", update.after().orElse(ABSENT));
        result.put("force", update.force());
        return result;
    }

    private static Ref ref(Json ref) {
        var object = ref.get("object");
        return new Ref(ref.text("ref"), object.sha("sha").value(), object.text("type"));
    }

    private static String below(String name) {
        if (!name.startsWith("refs/")) {
            throw new IllegalArgumentException("not the full name of a ref: " + name);
        }
        return name.substring("refs/".length());
    }
}
