package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.server.NodeClient.Ran;
import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cloudflare's own client, unchanged, against the sandbox. Needs Node; this version of it runs on
/// Node 20, newer ones on 22.12.
@Tag("vendor")
class WranglerTest {
    private static final Pattern VERSION = Pattern.compile("Version ID:\\s*([0-9a-f-]{36})");
    @TempDir Path home;
    @TempDir static Path installed;
    @TempDir Path project;
    private CloudflareSandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        sandbox = new CloudflareSandbox(home, Delays.NONE);
        Files.createDirectories(project.resolve("src"));
        Files.writeString(
                project.resolve("wrangler.jsonc"),
                """
                {
                  "name": "web",
                  "main": "src/index.js",
                  "compatibility_date": "2026-04-01",
                  "routes": [{ "pattern": "web.codex.test", "custom_domain": true }],
                  "version_metadata": { "binding": "VERSION" },
                  "vars": { "MODE": "blue" }
                }
                """);
        Files.writeString(
                project.resolve("src/index.js"),
                "export default { fetch() { return new Response('hello') } }");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void wranglerUploadsDeploysAndReadsAsAtCloudflare() throws Exception {
        assertThat(wrangler("whoami").text()).contains("Codex");
        var first = version(wrangler("deploy"));
        var second =
                version(wrangler("versions", "upload", "--tag", "v2", "--message", "second try"));

        assertThat(answering()).isEqualTo(first);
        wrangler("versions", "deploy", second + "@10%", first + "@90%", "-y");
        assertThat(wrangler("deployments", "status").text())
                .contains("(10%) " + second, "(90%) " + first);
        wrangler("versions", "deploy", second + "@100%", "-y");
        assertThat(answering()).isEqualTo(second);
        assertThat(wrangler("versions", "list").text()).contains(first, second, "v2", "second try");
        assertThat(wrangler("versions", "view", second).text()).contains("VERSION", "MODE");
        assertThat(wrangler("deployments", "list").text()).contains(first);

        wrangler("rollback", first, "-y", "-m", "back");
        assertThat(answering()).isEqualTo(first);
    }

    @Test
    void wranglerPutsSecretsWithTheirConsequences() throws Exception {
        var first = version(wrangler("deploy"));

        assertThat(run("hush", List.of("secret", "put", "KEY")).exit()).isZero();

        assertThat(wrangler("secret", "list").text()).contains("KEY");
        assertThat(answering()).isNotEqualTo(first);
        wrangler("versions", "upload");
        var refused = run("hush", List.of("secret", "put", "KEY"));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.text()).contains("isn't currently deployed");
        assertThat(wrangler("delete", "--force").text()).contains("Successfully deleted");
        assertThat(sandbox.world.workers().scripts()).isEmpty();
    }

    private String answering() {
        return sandbox.visit("web.codex.test", "/health").json().at("/version/id").asString();
    }

    private static String version(Ran ran) {
        var matcher = VERSION.matcher(ran.text());
        assertThat(matcher.find()).as(ran.text()).isTrue();
        return matcher.group(1);
    }

    private Ran wrangler(String... arguments) throws Exception {
        var ran = run("", List.of(arguments));
        assertThat(ran.exit()).as(String.join(" ", arguments) + "\n" + ran.text()).isZero();
        return ran;
    }

    private Ran run(String input, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of("wrangler"));
        command.addAll(arguments);
        var environment =
                Map.of(
                        "CLOUDFLARE_API_BASE_URL",
                        sandbox.api.address().toString(),
                        "CLOUDFLARE_API_TOKEN",
                        CloudflareSandbox.FULL,
                        "CLOUDFLARE_ACCOUNT_ID",
                        sandbox.world.account().id(),
                        "WRANGLER_SEND_METRICS",
                        "false",
                        "WRANGLER_SEND_ERROR_REPORTS",
                        "false",
                        "XDG_CONFIG_HOME",
                        home.resolve("config").toString());
        return new NodeClient(installed, "wrangler@4.86.0")
                .program(project, environment, input, command);
    }
}
