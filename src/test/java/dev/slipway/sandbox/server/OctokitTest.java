package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.GitHubPulls.Mergeable;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GitHub's own SDK, unchanged and with the plugins it comes with, against the sandbox. Needs Node.
@Tag("vendor")
class OctokitTest {
    @TempDir Path home;
    @TempDir static Path installed;
    private GitHubFixture github;

    @BeforeEach
    void start() {
        github = new GitHubFixture(home);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void octokitListsWalksAndMerges() throws Exception {
        for (var i = 1; i <= 5; i++) {
            github.pull("feature-" + i, "src/" + i + ".txt", i + "\n");
        }
        var first = github.world.pulls().get(1).orElseThrow();
        await().until(() ->
                github.world.pulls().mergeable(github.world.pulls().get(1).orElseThrow())
                        != Mergeable.UNKNOWN);

        var ran =
                new NodeClient(installed, "octokit@5.0.5")
                        .script(
                                home,
                                Map.of(
                                        "BASE",
                                        github.server.address().toString(),
                                        "SHA",
                                        first.headSha().value()),
                                """
                                const { Octokit } = require('octokit');
                                const octokit = new Octokit({ auth: 'full', baseUrl: process.env.BASE });
                                const at = { owner: 'acme', repo: 'shop' };
                                (async () => {
                                  const { data: page } = await octokit.rest.pulls.list({ ...at, per_page: 2 });
                                  console.log('page', page.map((p) => p.number).join(' '));
                                  const all = await octokit.paginate(octokit.rest.pulls.list,
                                    { ...at, state: 'open', per_page: 2 });
                                  console.log('all', all.map((p) => p.number).join(' '));
                                  const { repository } = await octokit.graphql(
                                    `query($owner: String!, $repo: String!) {
                                       repository(owner: $owner, name: $repo) {
                                         pullRequests(states: OPEN, first: 10) { nodes { number } } } }`, at);
                                  console.log('graphql', repository.pullRequests.nodes.length);
                                  const one = { ...at, pull_number: 1 };
                                  console.log('mergeable', (await octokit.rest.pulls.get(one)).data.mergeable);
                                  try { await octokit.rest.pulls.merge({ ...one, sha: '0'.repeat(40) });
                                  } catch (e) { console.log('refused', e.status); }
                                  const merged = await octokit.rest.pulls.merge({ ...one, sha: process.env.SHA });
                                  const ref = await octokit.rest.git.getRef({ ...at, ref: 'heads/main' });
                                  console.log('merged', merged.data.merged, ref.data.object.sha === merged.data.sha);
                                  await octokit.rest.issues.createComment({ ...at, issue_number: 1, body: 'live' });
                                  console.log('open', (await octokit.paginate('GET /repos/{owner}/{repo}/pulls',
                                    at)).map((p) => p.number).join(' '));
                                  try { await octokit.rest.pulls.get({ ...at, pull_number: 99 });
                                  } catch (e) { console.log('unknown', e.status); }
                                })();
                                """);

        assertThat(ran.text().lines())
                .containsExactly(
                        "page 5 4",
                        "all 5 4 3 2 1",
                        "graphql 5",
                        "mergeable true",
                        "refused 409",
                        "merged true true",
                        "open 5 4 3 2",
                        "unknown 404");
        assertThat(github.world.pulls().get(1).orElseThrow().merged()).isPresent();
    }
}
