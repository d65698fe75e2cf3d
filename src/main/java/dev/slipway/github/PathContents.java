package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Reads the same path of many commits with one GraphQL call for a hundred of them. What a commit
/// holds never changes, so each is read once.
final class PathContents {
    private final GitHubApi api;
    private final Memory memory;

    /// What was read, shared by all views of one repository.
    static final class Memory {
        private static final int MOST = 5_000;
        private final Map<String, PathContent> known = new ConcurrentHashMap<>();

        private void put(String key, PathContent content) {
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(key, content);
        }
    }

    PathContents(GitHubApi api, Memory memory) {
        this.api = api;
        this.memory = memory;
    }

    Map<CommitSha, PathContent> at(String path, Collection<CommitSha> commits) {
        var result = new HashMap<CommitSha, PathContent>();
        var missing = new ArrayList<CommitSha>();
        for (var commit : commits) {
            var known = memory.known.get(key(path, commit));
            if (known == null) {
                missing.add(commit);
            } else {
                result.put(commit, known);
            }
        }
        for (int from = 0; from < missing.size(); from += GitHubApi.PAGE) {
            var some = missing.subList(from, Math.min(missing.size(), from + GitHubApi.PAGE));
            read(path, some)
                    .forEach((commit, content) -> {
                        memory.put(key(path, commit), content);
                        result.put(commit, content);
                    });
        }
        return result;
    }

    private static String key(String path, CommitSha commit) {
        return commit.value() + ":" + path;
    }

    private Map<CommitSha, PathContent> read(String path, List<CommitSha> commits) {
        var variables = new HashMap<String, Object>();
        variables.put("owner", api.name().owner());
        variables.put("repo", api.name().name());
        for (int i = 0; i < commits.size(); i++) {
            variables.put("e" + i, key(path, commits.get(i)));
        }
        var call = api.graphQl("PathContents", query(commits.size()), variables);
        return api.transport().read(call, answer -> contents(answer.json(), commits));
    }

    private static String query(int size) {
        var names = new ArrayList<String>();
        var fields = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            names.add("$e" + i + ":String!");
            fields.add(
                    "c"
                            + i
                            + ":object(expression:$e"
                            + i
                            + "){... on Blob{text} ... on Tree{entries{name}}}");
        }
        return "query PathContents($owner:String!,$repo:String!,"
                + String.join(",", names)
                + "){repository(owner:$owner,name:$repo){"
                + String.join(" ", fields)
                + "}}";
    }

    private static Map<CommitSha, PathContent> contents(Json json, List<CommitSha> commits) {
        var repository = json.find("data").flatMap(data -> data.find("repository"));
        if (repository.isEmpty()) {
            throw new dev.slipway.domain.FailureException(
                    GitHubApi.failureIn(json, false)
                            .orElseThrow(() -> new Json.Unreadable("it has no repository")));
        }
        var result = new HashMap<CommitSha, PathContent>();
        for (int i = 0; i < commits.size(); i++) {
            var content =
                    repository
                            .get()
                            .find("c" + i)
                            .map(found ->
                                    new PathContent(
                                            found.maybeText("text"),
                                            found.listOrNone("entries").stream()
                                                    .map(entry -> entry.text("name"))
                                                    .collect(Collectors.toList())))
                            .orElse(PathContent.NOTHING);
            result.put(commits.get(i), content);
        }
        return result;
    }
}
