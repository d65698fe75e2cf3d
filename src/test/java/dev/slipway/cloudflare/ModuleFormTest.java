package dev.slipway.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.Secret;
import dev.slipway.http.Answer;
import dev.slipway.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Code as it comes from Cloudflare and goes there.
class ModuleFormTest {
    private static Answer answer(byte[] body, String type) {
        return new Answer(
                200,
                Map.of("content-type", type, "cf-entrypoint", "index.js"),
                body,
                false,
                Instant.EPOCH);
    }

    @Test
    void whatIsUploadedCanBeReadBackByteForByte() {
        var wasm = new byte[] {0, 97, 115, 109, 13, 10, 45, 45, 13, 10, 13, 10, (byte) 255};
        var code =
                new VersionCode(
                        "index.js",
                        List.of(
                                new VersionCode.Module(
                                        "index.js",
                                        "application/javascript+module",
                                        "export default {}\r\n".getBytes(StandardCharsets.UTF_8)),
                                new VersionCode.Module("lib/a.wasm", "application/wasm", wasm)));
        var script =
                new NewScript(
                        "slipway-0a1b2c3d-web-fit",
                        code,
                        List.of(
                                new NewScript.Binding.SecretText(
                                        "DATABASE_URL", Secret.of("postgresql://u:p@h/d"))),
                        Optional.of("2026-01-01"),
                        List.of("nodejs_compat"),
                        List.of("mark"));

        var form = ModuleForm.write(script, "b0undary");

        var text = new String(form, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .contains(
                        "\"main_module\":\"index.js\"",
                        "\"compatibility_flags\":[\"nodejs_compat\"]",
                        "postgresql://u:p@h/d",
                        "\"tags\":[\"mark\"]");
        var modules = ModuleForm.read(answer(form, "multipart/form-data; boundary=b0undary"));
        assertThat(modules.main()).isEqualTo("index.js");
        assertThat(modules.modules())
                .extracting(VersionCode.Module::name)
                .containsExactly("metadata", "index.js", "lib/a.wasm");
        assertThat(modules.modules().get(1).content())
                .isEqualTo(code.modules().getFirst().content());
        assertThat(modules.modules().getLast().content()).isEqualTo(wasm);
        assertThat(modules.modules().getLast().contentType()).isEqualTo("application/wasm");
    }

    @Test
    void anythingElseIsUnreadable() {
        assertThatThrownBy(() ->
                        ModuleForm.read(
                                answer(
                                        "export default {}".getBytes(StandardCharsets.UTF_8),
                                        "application/javascript")))
                .isInstanceOf(Json.Unreadable.class);
        assertThatThrownBy(() ->
                        ModuleForm.read(
                                answer(
                                        "--b\r\n".getBytes(StandardCharsets.UTF_8),
                                        "multipart/form-data; boundary=b")))
                .isInstanceOf(Json.Unreadable.class);
    }
}
