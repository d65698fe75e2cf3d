package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.http.Call;
import dev.slipway.http.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Commits and the files in them. What is named by a sha is read once and kept.
record Files(GitHubApi api) {
    private static final int COMPARED_PAGES = 10;

    Optional<Commit> commit(CommitSha sha) {
        return api.transport()
                .find(api.immutable("/git/commits/{sha}", sha), a -> gitCommit(a.json()));
    }

    List<Commit> changes(String path, CommitSha from, int most) {
        return api.transport()
                .read(
                        api.get("/commits")
                                .with("sha", from)
                                .with("path", path)
                                .with("per_page", most)
                                .cached(Call.Caching.IMMUTABLE),
                        a -> GitHubApi.items(a).stream().map(Files::commit).toList());
    }

    Comparison compare(String base, String head) {
        var fixed = CommitSha.isOne(base) && CommitSha.isOne(head);
        var call =
                api.get("/compare/{basehead}", base + "..." + head)
                        .with("per_page", GitHubApi.PAGE)
                        .cached(fixed ? Call.Caching.IMMUTABLE : Call.Caching.ETAG);
        var parts = api.transport().pages(call, COMPARED_PAGES, a -> List.of(comparison(a.json())));
        var commits = new ArrayList<Commit>();
        parts.forEach(p -> commits.addAll(p.commits()));
        var first = parts.getFirst();
        return new Comparison(first.ahead(), first.behind(), first.mergeBase(), commits);
    }

    List<TreeEntry> tree(String sha) {
        return api.transport()
                .read(
                        api.immutable("/git/trees/{sha}", sha).with("recursive", 1),
                        a -> {
                            if (a.json().flag("truncated")) {
                                throw GitHubApi.bad(
                                        "the file tree is longer than the 100,000 entries it gives");
                            }
                            return a.json().list("tree").stream()
                                    .filter(e -> !e.text("type").equals("tree"))
                                    .map(Files::entry)
                                    .toList();
                        });
    }

    byte[] blob(String sha) {
        return api.transport()
                .read(
                        api.immutable("/git/blobs/{sha}", sha),
                        a -> {
                            var json = a.json();
                            if (!json.text("encoding").equals("base64")) {
                                throw new Json.Unreadable("the blob is not in Base64");
                            }
                            try {
                                return Base64.getMimeDecoder().decode(json.text("content"));
                            } catch (IllegalArgumentException e) {
                                throw new Json.Unreadable("the blob is not whole Base64");
                            }
                        });
    }

    Optional<byte[]> file(String path, CommitSha commit) {
        return api.transport()
                .find(
                        api.immutable("/contents/{path}", path)
                                .with("ref", commit)
                                .header("Accept", "application/vnd.github.raw+json"),
                        dev.slipway.http.Answer::body);
    }

    /// Actions looks at this one folder only, not below it.
    List<TreeEntry> workflowFiles(CommitSha commit) {
        return api
                .transport()
                .find(
                        api.immutable("/contents/{path}", ".github/workflows").with("ref", commit),
                        a -> GitHubApi.items(a))
                .orElse(List.of())
                .stream()
                .filter(f -> f.text("type").equals("file"))
                .filter(f -> f.text("name").matches(".*\\.ya?ml"))
                .map(f ->
                        new TreeEntry(
                                f.text("path"), "100644", f.text("sha"), f.maybeNumber("size")))
                .toList();
    }

    private static TreeEntry entry(Json entry) {
        return new TreeEntry(
                entry.text("path"),
                entry.text("mode"),
                entry.text("sha"),
                entry.find("size").isPresent()
                        ? OptionalLong.of(entry.number("size"))
                        : OptionalLong.empty());
    }

    private static Comparison comparison(Json json) {
        return new Comparison(
                json.integer("ahead_by"),
                json.integer("behind_by"),
                json.get("merge_base_commit").sha("sha"),
                json.list("commits").stream().map(Files::commit).toList());
    }

    /// As `compare` and `commits` give it.
    private static Commit commit(Json json) {
        var inner = json.get("commit");
        return commit(json.sha("sha"), inner, json.list("parents"));
    }

    /// As `git/commits` gives it.
    static Commit gitCommit(Json json) {
        return commit(json.sha("sha"), json, json.list("parents"));
    }

    private static Commit commit(CommitSha sha, Json inner, List<Json> parents) {
        return new Commit(
                sha,
                inner.get("tree").text("sha"),
                parents.stream().map(p -> p.sha("sha")).toList(),
                inner.text("message"),
                inner.find("author").flatMap(a -> a.someText("name")).orElse(""),
                inner.get("committer").time("date"));
    }
}
