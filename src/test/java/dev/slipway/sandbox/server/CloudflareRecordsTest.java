package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DNS records, and the custom domains that make some.
class CloudflareRecordsTest {
    @TempDir Path home;
    private CloudflareSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = new CloudflareSandbox(home, Delays.NONE);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aCustomDomainDoesNotTakeARecordUnlessToldTo() {
        sandbox.live("web", "v1");
        sandbox.record(Map.of("type", "A", "name", "shop", "content", "192.0.2.1"));
        var domain = Map.of("hostname", "shop.codex.test", "service", "web");

        var refused = sandbox.send("PUT", sandbox.workers() + "/domains", domain);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo(100117);
        sandbox.send(
                "PUT",
                sandbox.script("web") + "/domains/records",
                Map.of(
                        "override_existing_dns_record",
                        true,
                        "origins",
                        List.of(Map.of("hostname", "shop.codex.test"))));
        var record =
                sandbox.get(sandbox.records() + "?name.exact=shop.codex.test").result().path(0);
        assertThat(record.path("content").asString()).isEqualTo("100::");
        assertThat(
                        sandbox.send(
                                        "DELETE",
                                        sandbox.records() + "/" + record.path("id").asString())
                                .status())
                .isEqualTo(400);
        sandbox.send("DELETE", sandbox.workers() + "/services/web?force=true");
        assertThat(sandbox.get(sandbox.records()).result().size()).isZero();
        assertThat(sandbox.get(sandbox.workers() + "/services/web").code()).isEqualTo(10090);
    }

    @Test
    void recordsAreFilteredByDottedKeysAndPagedToAnEmptyPage() {
        for (int i = 1; i <= 3; i++) {
            sandbox.record(
                    Map.of(
                            "type",
                            "CNAME",
                            "name",
                            "codex-preview-" + i,
                            "content",
                            "x.example",
                            "proxied",
                            true,
                            "comment",
                            "managed-by=slipway;pr=" + i));
        }
        sandbox.record(
                Map.of("type", "TXT", "name", "@", "content", "v=spf1", "tags", List.of("a:b")));

        assertThat(sandbox.names("?name.startswith=codex-preview-")).hasSize(3);
        assertThat(sandbox.names("?comment.contains=pr=2"))
                .containsExactly("codex-preview-2.codex.test");
        assertThat(sandbox.names("?comment.absent=true")).containsExactly("codex.test");
        assertThat(sandbox.names("?tag.present=a")).containsExactly("codex.test");
        assertThat(sandbox.names("?type=TXT&name.endswith=2.codex.test&match=any")).hasSize(2);
        assertThat(sandbox.names("?order=name&direction=desc&per_page=2&page=2"))
                .containsExactly("codex-preview-2.codex.test", "codex-preview-1.codex.test");
        assertThat(sandbox.names("?page=7")).isEmpty();
    }

    @Test
    void aBatchIsDoneWholeAndInOrderOrNotAtAll() {
        var old = sandbox.record(Map.of("type", "A", "name", "a", "content", "192.0.2.1"));
        var kept = sandbox.record(Map.of("type", "A", "name", "b", "content", "192.0.2.2"));
        var moved =
                Map.of(
                        "posts",
                        List.of(Map.of("type", "CNAME", "name", "a", "content", "x.example")),
                        "patches",
                        List.of(Map.of("id", kept, "comment", "touched")),
                        "deletes",
                        List.of(Map.of("id", old)));

        assertThat(sandbox.send("POST", sandbox.records() + "/batch", moved).status())
                .isEqualTo(200);

        assertThat(sandbox.names("?type=CNAME")).containsExactly("a.codex.test");
        assertThat(sandbox.names("?comment.exact=touched")).containsExactly("b.codex.test");
        var failing =
                Map.of(
                        "deletes",
                        List.of(Map.of("id", kept)),
                        "posts",
                        List.of(Map.of("type", "A", "name", "a", "content", "192.0.2.3")));
        assertThat(sandbox.send("POST", sandbox.records() + "/batch", failing).code())
                .isEqualTo(81053);
        assertThat(sandbox.names("?name=b.codex.test")).hasSize(1);
    }

    @Test
    void recordsThatClashOrAreMissingAreRefused() {
        sandbox.record(Map.of("type", "A", "name", "a", "content", "192.0.2.1"));

        assertThat(refusal(Map.of("type", "A", "name", "a", "content", "192.0.2.1")))
                .isEqualTo(81058);
        assertThat(refusal(Map.of("type", "A", "name", "a", "content", "192.0.2.1", "ttl", 60)))
                .isEqualTo(81057);
        assertThat(refusal(Map.of("type", "CNAME", "name", "a", "content", "x.example")))
                .isEqualTo(81053);
        assertThat(refusal(Map.of("type", "A", "name", "c", "content", "300.1.1.1")))
                .isEqualTo(9005);
        var gone = sandbox.records() + "/" + "0".repeat(32);
        assertThat(sandbox.send("DELETE", gone).code()).isEqualTo(81044);
        assertThat(sandbox.send("PATCH", gone, Map.of("ttl", 60)).code()).isEqualTo(81044);
    }

    private int refusal(Map<String, Object> record) {
        var answer = sandbox.send("POST", sandbox.records(), record);
        assertThat(answer.status()).isEqualTo(400);
        return answer.code();
    }
}
