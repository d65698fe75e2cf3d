package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.SourceTree;
import dev.slipway.stack.Stack.IgnoredWorkflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployerCheckTest {
    @TempDir private Path top;

    @Test
    void aPushThatDeploysIsFoundWithItsLine() throws Exception {
        workflow(
                "deploy.yml",
                """
                name: Deploy
                on:
                  push:
                    branches: [main]
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: actions/checkout@v4
                      - run: |
                          echo "wrangler deploy"   # npx wrangler deploy
                          cd apps/web && npx wrangler deploy --env production
                      - uses: cloudflare/wrangler-action@v3
                        with: {command: deploy}
                """);
        assertThat(check().found())
                .extracting(Deployers.Deployer::toString)
                .containsExactly(
                        ".github/workflows/deploy.yml:12: runs wrangler deploy",
                        ".github/workflows/deploy.yml:13: runs wrangler deploy");
        assertThat(check().blocking()).hasSize(2);
        assertThat(check(new IgnoredWorkflow("deploy.yml", "why not")).blocking()).isEmpty();
        assertThat(check(new IgnoredWorkflow("deploy.yml", "why not")).found().getFirst().ignored())
                .contains("why not");
    }

    @Test
    void whatFollowsAnotherWorkflowOrIsCalledIsReached() throws Exception {
        workflow("ci.yml", "name: CI\non: push\njobs: {t: {steps: [{run: npm test}]}}\n");
        workflow(
                "after.yml",
                "on:\n  workflow_run: {workflows: [CI], branches: [main]}\n"
                        + "jobs:\n  call: {uses: ./.github/workflows/shared.yml}\n"
                        + "  far: {uses: acme/tools/.github/workflows/x.yml@v1}\n");
        workflow(
                "shared.yml",
                "on: workflow_call\njobs:\n  m: {steps: [{run: pnpm drizzle-kit migrate}]}\n");
        workflow(
                "alone.yml",
                "on: workflow_dispatch\njobs: {d: {steps: [{run: wrangler deploy}]}}\n");

        assertThat(check().found())
                .extracting(Deployers.Deployer::toString)
                .containsExactly(".github/workflows/shared.yml:3: runs drizzle-kit migrate");
        assertThat(check().unresolved())
                .extracting(Deployers.Deployer::toString)
                .containsExactly(
                        ".github/workflows/after.yml:5: calls acme/tools/.github/workflows/x.yml@v1,"
                                + " which is in another repository");
        assertThat(check(new IgnoredWorkflow("after.yml", "known")).blocking()).isEmpty();
    }

    @Test
    void scriptsAreFollowedThroughPackages() throws Exception {
        file("package.json", "{\"scripts\":{\"ship\":\"turbo run deploy --filter='./apps/*'\"}}");
        file(
                "apps/web/package.json",
                "{\"name\":\"@acme/web\",\"scripts\":{\"deploy\":\"pnpm build &&"
                        + " dotenv -e .env -- wrangler deploy\"}}");
        file(
                "packages/db/package.json",
                "{\"name\":\"@acme/db\",\"scripts\":{\"db:migrate\":\"tsx"
                        + " src/run.ts\",\"predb:migrate\":\"echo\"}}");
        file(
                "packages/db/src/run.ts",
                "import { migrate } from 'drizzle-orm/node-postgres/migrator'");
        workflow(
                "x.yml",
                """
                on: [push]
                jobs:
                  j:
                    steps:
                      - run: pnpm --filter @acme/db db:migrate
                      - run: npm run ship
                      - run: pnpm deploy
                        working-directory: ./apps/web
                      - run: pnpm --filter @acme/db db:generate
                """);
        assertThat(check().found())
                .extracting(Deployers.Deployer::toString)
                .containsExactly(
                        ".github/workflows/x.yml:5: runs migrations in packages/db/src/run.ts (script"
                                + " db:migrate of packages/db)",
                        ".github/workflows/x.yml:6: runs wrangler deploy (script deploy of apps/web)"
                                + " (script ship of package.json)",
                        ".github/workflows/x.yml:7: runs wrangler deploy (script deploy of apps/web)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrangler versions upload --tag x",
                "npx wrangler deploy --dry-run --outdir dist",
                "wrangler secret list",
                "drizzle-kit generate",
                "pnpm wrangler dev &",
                "echo wrangler deploy",
                "echo \\\"; wrangler deploy\\\"",
            })
    void whatDoesNotDeployIsNoDeployer(String command) throws Exception {
        workflow("x.yml", "on: push\njobs: {j: {steps: [{run: \"" + command + "\"}]}}\n");
        assertThat(check().blocking()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrangler versions deploy a@100%",
                "CI=1 npx --yes wrangler@4 deploy",
                "yarn wrangler secret put X",
                "if true; then bunx wrangler publish; fi",
                "bash -c 'wrangler deploy'",
                "pnpm exec drizzle-kit push",
                "true && (cd x; npx wrangler -e production deploy)",
                "wrangler ${{ inputs.command }}",
                "npm run ${{ matrix.script }}",
                "make deploy",
            })
    void whatDeploysOrMayDeployBlocks(String command) throws Exception {
        workflow("x.yml", "on: push\njobs: {j: {steps: [{run: \"" + command + "\"}]}}\n");
        assertThat(check().blocking()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: {push: {branches: [dev]}}",
                "on: {push: {branches-ignore: ['m*']}}",
                "on: {push: {tags: ['v*']}}",
                "on: {push: {branches: ['**', '!main']}}",
                "on: pull_request",
                "on: {workflow_run: {workflows: [Other]}}",
                "on: {schedule: [{cron: '0 0 * * *'}]}",
            })
    void whatAPushToTheBranchDoesNotStartDoesNotBlock(String on) throws Exception {
        workflow("x.yml", on + "\njobs: {j: {steps: [{run: wrangler deploy}]}}\n");
        assertThat(check().blocking()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on: {push: {branches: ['m*']}}",
                "on: {push: {paths: ['apps/**']}}",
                "on: {pull_request: {types: [closed]}}",
                "\"on\": [push, pull_request]",
            })
    void whatItStartsBlocks(String on) throws Exception {
        workflow("x.yml", on + "\njobs: {j: {steps: [{run: wrangler deploy}]}}\n");
        assertThat(check().blocking()).hasSize(1);
    }

    @Test
    void conditionsThatCannotHoldAreRead() throws Exception {
        workflow(
                "x.yml",
                """
                on: [push, pull_request]
                jobs:
                  preview:
                    if: github.event_name == 'pull_request'
                    steps: [{run: wrangler deploy}]
                  either:
                    if: github.event_name == 'pull_request' || github.ref == 'refs/heads/main'
                    steps: [{run: wrangler deploy}]
                """);
        assertThat(check().found()).extracting(Deployers.Deployer::line).containsExactly(8);
    }

    @Test
    void aWorkflowThatCannotBeReadBlocks() throws Exception {
        workflow("x.yml", "on: push\njobs:\n\t- x\n");
        assertThat(check().unresolved())
                .singleElement()
                .satisfies(each -> assertThat(each.line()).isEqualTo(3));
        assertThat(check().blocking()).hasSize(1);
    }

    private Deployers check(IgnoredWorkflow... ignored) {
        return DeployerCheck.of(SourceTree.of(top), "main", List.of(ignored));
    }

    private void workflow(String name, String text) throws Exception {
        file(".github/workflows/" + name, text);
    }

    private void file(String path, String text) throws Exception {
        Files.createDirectories(top.resolve(path).getParent());
        Files.writeString(top.resolve(path), text);
    }
}
