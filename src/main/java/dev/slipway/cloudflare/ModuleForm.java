package dev.slipway.cloudflare;

import dev.slipway.http.Answer;
import dev.slipway.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Code as Cloudflare takes and gives it: a form (`multipart/form-data`, RFC 7578) with one part for each
/// module.
final class ModuleForm {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final byte[] LINE = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ModuleForm() {}

    /// The body that uploads `script`.
    static byte[] write(NewScript script, String boundary) {
        return write(metadata(script), script.code(), boundary);
    }

    /// The body that uploads `version`.
    static byte[] write(NewVersion version, String boundary) {
        return write(metadata(version), version.code(), boundary);
    }

    private static byte[] write(Map<String, Object> metadata, VersionCode code, String boundary) {
        var body = new ByteArrayOutputStream();
        part(body, boundary, "metadata", "", "application/json", Json.write(metadata));
        for (var module : code.modules()) {
            part(
                    body,
                    boundary,
                    module.name(),
                    "; filename=\"" + module.name() + "\"",
                    module.contentType(),
                    module.content());
        }
        ascii(body, "--" + boundary + "--\r\n");
        return body.toByteArray();
    }

    private static Map<String, Object> metadata(NewScript script) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("main_module", script.code().main());
        script.compatibilityDate().ifPresent(date -> metadata.put("compatibility_date", date));
        metadata.put("compatibility_flags", script.compatibilityFlags());
        metadata.put("bindings", script.bindings().stream().map(ModuleForm::binding).toList());
        metadata.put("tags", script.tags());
        return metadata;
    }

    private static Map<String, Object> metadata(NewVersion version) {
        var like = version.like();
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("main_module", version.code().main());
        like.compatibilityDate().ifPresent(date -> metadata.put("compatibility_date", date));
        metadata.put("compatibility_flags", like.compatibilityFlags());
        metadata.put(
                "bindings",
                like.bindings().stream()
                        .map(b ->
                                Map.of(
                                        "type",
                                        "inherit",
                                        "name",
                                        b.name(),
                                        "version_id",
                                        like.version().id()))
                        .toList());
        if (!like.limits().isEmpty()) {
            metadata.put("limits", like.limits());
        }
        like.placement().ifPresent(mode -> metadata.put("placement", Map.of("mode", mode)));
        var annotations = new LinkedHashMap<String, Object>();
        annotations.put("workers/message", version.message());
        like.version().tag().ifPresent(tag -> annotations.put("workers/tag", tag));
        version.commit().ifPresent(sha -> annotations.put("workers/commit_sha", sha));
        metadata.put("annotations", annotations);
        return metadata;
    }

    private static Map<String, Object> binding(NewScript.Binding binding) {
        return switch (binding) {
            case NewScript.Binding.Text(var name, var text) ->
                    Map.of("type", "plain_text", "name", name, "text", text);
            case NewScript.Binding.SecretText(var name, var secret) ->
                    Map.of("type", "secret_text", "name", name, "text", secret.reveal());
            case NewScript.Binding.Inherited(var name) -> Map.of("type", "inherit", "name", name);
            case NewScript.Binding.VersionMetadata(var name) ->
                    Map.of("type", "version_metadata", "name", name);
        };
    }

    private static void part(
            ByteArrayOutputStream body,
            String boundary,
            String name,
            String more,
            String contentType,
            byte[] content) {
        ascii(
                body,
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n"
                        .formatted(boundary, name, more, contentType));
        body.writeBytes(content);
        body.writeBytes(LINE);
    }

    private static void ascii(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The modules of an answer; a header of it names the main one.
    ///
    /// @throws Json.Unreadable when it is no such form
    static VersionCode read(Answer answer) {
        var type = answer.header("content-type").orElse("");
        var boundary = BOUNDARY.matcher(type);
        if (!type.startsWith("multipart/form-data") || !boundary.find()) {
            throw new Json.Unreadable("it is no form with modules");
        }
        var modules = modules(answer.body(), "--" + boundary.group(1));
        var main =
                answer.header("cf-entrypoint")
                        .filter(name -> modules.stream().anyMatch(m -> m.name().equals(name)))
                        .orElseThrow(() -> new Json.Unreadable("it names no main module"));
        return new VersionCode(main, modules);
    }

    private static List<VersionCode.Module> modules(byte[] body, String boundary) {
        var delimiter = boundary.getBytes(StandardCharsets.US_ASCII);
        var modules = new ArrayList<VersionCode.Module>();
        int at = find(body, delimiter, 0);
        while (at >= 0) {
            int next = find(body, delimiter, at + delimiter.length);
            if (next < 0) {
                return modules;
            }
            modules.add(module(body, at + delimiter.length + LINE.length, next - LINE.length));
            at = next;
        }
        throw new Json.Unreadable("it has no module");
    }

    private static VersionCode.Module module(byte[] body, int from, int to) {
        int end = find(body, END_OF_HEAD, from);
        if (end < 0 || end > to) {
            throw new Json.Unreadable("a module has no head");
        }
        var head = new String(body, from, end - from, StandardCharsets.UTF_8);
        var name = NAME.matcher(head);
        if (!name.find()) {
            throw new Json.Unreadable("a module has no name");
        }
        var type =
                head.lines()
                        .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                        .findFirst()
                        .map(l -> l.substring("content-type:".length()).strip())
                        .orElse("application/octet-stream");
        return new VersionCode.Module(
                name.group(1),
                type,
                java.util.Arrays.copyOfRange(body, end + END_OF_HEAD.length, to));
    }

    private static int find(byte[] body, byte[] wanted, int from) {
        outer:
        for (int at = from; at <= body.length - wanted.length; at++) {
            for (int i = 0; i < wanted.length; i++) {
                if (body[at + i] != wanted[i]) {
                    continue outer;
                }
            }
            return at;
        }
        return -1;
    }
}
