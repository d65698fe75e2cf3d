package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cloudflare's own SDK, unchanged, against the sandbox. Needs Node.
@Tag("vendor")
class CloudflareSdkTest {
    @TempDir Path home;
    @TempDir static Path installed;
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
    void theSdkUploadsDeploysAndWalksRecordsToTheirEnd() throws Exception {
        sandbox.live("web", "v1");

        var ran =
                new NodeClient(installed, "cloudflare@7.3.0")
                        .script(
                                home,
                                Map.of(
                                        "BASE",
                                        sandbox.api.address().toString(),
                                        "TOKEN",
                                        CloudflareSandbox.FULL,
                                        "ACCOUNT",
                                        sandbox.world.account().id(),
                                        "ZONE",
                                        sandbox.world.account().zoneId()),
                                """
                                const Cloudflare = require('cloudflare');
                                const client = new Cloudflare({
                                  apiToken: process.env.TOKEN, baseURL: process.env.BASE });
                                const account_id = process.env.ACCOUNT, zone_id = process.env.ZONE;
                                (async () => {
                                  console.log('token', (await client.user.tokens.verify()).status);
                                  const module = new File(['export default {}'], 'index.js',
                                    { type: 'application/javascript+module' });
                                  const version = await client.workers.scripts.versions.create('web', {
                                    account_id, files: [module], metadata: { main_module: 'index.js',
                                      annotations: { 'workers/tag': 'v2' },
                                      bindings: [{ type: 'plain_text', name: 'A', text: '1' }] } });
                                  await client.workers.scripts.deployments.create('web', { account_id,
                                    strategy: 'percentage',
                                    versions: [{ version_id: version.id, percentage: 100 }] });
                                  const list = await client.workers.scripts.deployments.list('web',
                                    { account_id });
                                  console.log('live', list.result.deployments[0].versions[0].version_id
                                    === version.id);
                                  for (let i = 0; i < 5; i++)
                                    await client.dns.records.create({ zone_id, type: 'A', ttl: 1,
                                      name: 'pr-' + i + '.codex.test', content: '192.0.2.' + i });
                                  let count = 0;
                                  for await (const r of client.dns.records.list({ zone_id, per_page: 2,
                                      name: { startswith: 'pr-' } })) count++;
                                  console.log('records', count);
                                  for await (const z of client.zones.list({ name: 'codex.test' }))
                                    console.log('zone', z.name);
                                  try { await client.workers.scripts.deployments.create('web', {
                                    account_id, strategy: 'percentage',
                                    versions: [{ version_id: version.id, percentage: 50 }] });
                                  } catch (e) { console.log('refused', e.status, e.errors[0].code); }
                                })();
                                """);

        assertThat(ran.text().lines())
                .containsExactly(
                        "token active",
                        "live true",
                        "records 5",
                        "zone codex.test",
                        "refused 400 10021");
        assertThat(sandbox.world.workers().script("web").orElseThrow().newest().orElseThrow())
                .satisfies(v -> assertThat(v.annotation("workers/tag")).contains("v2"))
                .satisfies(v -> assertThat(v.text("A")).contains("1"));
    }
}
