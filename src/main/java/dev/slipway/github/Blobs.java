package dev.slipway.github;

import dev.slipway.domain.FailureException;
import dev.slipway.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads many blobs with one GraphQL call for a hundred of them. GraphQL gives text, not bytes, and
/// cuts what is long; what does not hash to its name is read again by itself, as it is.
record Blobs(GitHubApi api) {
    Map<String, byte[]> read(Collection<String> shas) {
        var wanted = shas.stream().distinct().toList();
        var result = new HashMap<String, byte[]>();
        for (int from = 0; from < wanted.size(); from += GitHubApi.PAGE) {
            var some = wanted.subList(from, Math.min(wanted.size(), from + GitHubApi.PAGE));
            result.putAll(some.size() == 1 ? Map.of() : texts(some));
        }
        for (var sha : wanted) {
            result.computeIfAbsent(sha, _ -> new Files(api).blob(sha));
        }
        return result;
    }

    private Map<String, byte[]> texts(List<String> shas) {
        var variables = new HashMap<String, Object>();
        variables.put("owner", api.name().owner());
        variables.put("repo", api.name().name());
        for (int i = 0; i < shas.size(); i++) {
            variables.put("o" + i, shas.get(i));
        }
        var call = api.graphQl("Blobs", query(shas.size()), variables);
        return api.transport().read(call, answer -> texts(answer.json(), shas));
    }

    private static String query(int size) {
        var names = new ArrayList<String>();
        var fields = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            names.add("$o" + i + ":GitObjectID!");
            fields.add("b" + i + ":object(oid:$o" + i + "){... on Blob{text}}");
        }
        return "query Blobs($owner:String!,$repo:String!,"
                + String.join(",", names)
                + "){repository(owner:$owner,name:$repo){"
                + String.join(" ", fields)
                + "}}";
    }

    private static Map<String, byte[]> texts(Json json, List<String> shas) {
        var repository = json.find("data").flatMap(data -> data.find("repository"));
        if (repository.isEmpty()) {
            throw new FailureException(
                    GitHubApi.failureIn(json, false)
                            .orElseThrow(() -> new Json.Unreadable("it has no repository")));
        }
        var result = new HashMap<String, byte[]>();
        for (int i = 0; i < shas.size(); i++) {
            var sha = shas.get(i);
            repository
                    .get()
                    .find("b" + i)
                    .flatMap(blob -> blob.maybeText("text"))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .filter(bytes -> named(bytes).equals(Optional.of(sha)))
                    .ifPresent(bytes -> result.put(sha, bytes));
        }
        return result;
    }

    /// The name Git gives these bytes; empty where the machine cannot hash so.
    private static Optional<String> named(byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-1");
            hash.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return Optional.of(HexFormat.of().formatHex(hash.digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }
}
