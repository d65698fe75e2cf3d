package dev.slipway.cli;

import static dev.slipway.cli.Contract.each;
import static dev.slipway.cli.Contract.integers;
import static dev.slipway.cli.Contract.keys;
import static dev.slipway.cli.Contract.listOfStrings;
import static dev.slipway.cli.Contract.strings;
import static dev.slipway.cli.Contract.stringsOrNull;
import static dev.slipway.cli.Contract.time;
import static dev.slipway.cli.Contract.word;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every JSON document of docs/cli.md, as the default world fills it.
class ContractTest {
    private static TestWorld world;

    @BeforeAll
    static void start() {
        world = new TestWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        run.lines().forEach(ContractTest::message);
        return run.document();
    }

    static void message(JsonNode line) {
        time(line.path("at"));
        strings(line, "type", "text");
        switch (line.path("type").stringValue()) {
            case "log" -> keys(line, "type", "at", "level", "text");
            case "event" -> assertThat(Contract.page()).contains("| `" + name(line) + "` |");
            case String other -> assertThat(other).isIn("log", "event");
        }
    }

    private static String name(JsonNode line) {
        return line.path("event").stringValue();
    }

    @Test
    void previewsAreAsDescribed() {
        var list = read("--json", "previews");

        keys(list, "asOf", "providers", "previews");
        time(list.path("asOf"));
        keys(list.path("providers"), "github", "neon", "cloudflare", "dns");
        list.path("providers")
                .forEach(provider -> {
                    keys(provider, "state", "asOf?", "error?");
                    word(provider.path("state"), "provider state");
                });
        assertThat(list.path("previews").size()).isEqualTo(12);
        list.path("previews").forEach(ContractTest::preview);
        assertThat(
                        each(list.path("previews")).stream()
                                .collect(
                                        Collectors.toMap(
                                                p -> p.path("pullRequest").intValue(),
                                                p -> p.path("state").stringValue())))
                .containsEntry(482, "ready")
                .containsEntry(488, "building")
                .containsEntry(484, "partial")
                .containsEntry(485, "failing")
                .containsEntry(486, "not-created");
    }

    private static void preview(JsonNode preview) {
        keys(
                preview,
                "pullRequest",
                "title",
                "author",
                "branch",
                "headSha",
                "state",
                "reason",
                "traits",
                "database",
                "workers",
                "dns",
                "checks",
                "health",
                "updatedAt",
                "expiresAt?");
        integers(preview, "pullRequest");
        strings(preview, "title", "branch", "reason");
        stringsOrNull(preview, "author");
        assertThat(preview.path("headSha").stringValue()).matches("[0-9a-f]{40}");
        word(preview.path("state"), "preview state");
        preview.path("traits").forEach(trait -> word(trait, "preview trait"));
        var database = preview.path("database");
        keys(database, "branch", "id", "pending", "isolation");
        stringsOrNull(database, "branch", "id");
        if (!database.path("pending").isNull()) {
            listOfStrings(database.path("pending"));
        }
        word(database.path("isolation"), "isolation");
        preview.path("workers")
                .forEach(worker -> {
                    keys(worker, "name", "script", "state", "version?");
                    strings(worker, "name", "script");
                    word(worker.path("state"), "preview worker state");
                });
        preview.path("dns")
                .forEach(name -> {
                    keys(name, "name", "state");
                    word(name.path("state"), "name state");
                });
        keys(preview.path("checks"), "state", "passed", "total");
        integers(preview.path("checks"), "passed", "total");
        word(preview.path("checks").path("state"), "checks state");
        keys(preview.path("health"), "state", "latencyMs?", "asOf?");
        word(preview.path("health").path("state"), "preview health");
        time(preview.path("updatedAt"));
    }

    @Test
    void onePreviewIsProbed() {
        var list = read("previews", "482", "--json");

        assertThat(list.path("previews").size()).isOne();
        preview(list.path("previews").get(0));
        integers(list.path("previews").get(0).path("health"), "latencyMs");
    }

    @Test
    void productionIsAsDescribed() {
        var production = read("production", "--json");
        production(production);
        var back = production.path("goBack");
        keys(back, "answer", "release", "sentence", "seconds", "dependsOn");
        word(back.path("answer"), "way back");
        keys(production.path("drill"), "warns", "sentence", "at", "backMillis", "goalMillis");
    }

    static void production(JsonNode production) {
        keys(
                production,
                "asOf",
                "release",
                "commit",
                "workers",
                "schema",
                "health",
                "probes",
                "fit",
                "errors",
                "overtaken?",
                "goBack?",
                "drill?");
        time(production.path("asOf"));
        assertThat(production.path("release").stringValue()).matches("r[0-9]+");
        assertThat(production.path("commit").stringValue()).matches("[0-9a-f]{40}");
        assertThat(production.path("workers").size()).isEqualTo(3);
        production
                .path("workers")
                .forEach(worker -> {
                    keys(worker, "name", "script", "state", "versions", "error?");
                    word(worker.path("state"), "worker state");
                    worker.path("versions")
                            .forEach(version -> {
                                keys(version, "id", "percent", "commit?", "tag?");
                                assertThat(version.path("percent").isNumber()).isTrue();
                            });
                });
        var schema = production.path("schema");
        keys(
                schema, "latest", "applied", "pending", "skipped", "edited", "unknown", "asOf",
                "error?");
        integers(schema, "applied");
        for (var list : new String[] {"pending", "skipped", "edited", "unknown"}) {
            listOfStrings(schema.path(list));
        }
        word(production.path("health"), "health");
        word(production.path("fit"), "fit");
        production.path("probes").forEach(ContractTest::probe);
        assertThat(production.path("errors").isObject()).isTrue();
    }

    private static void probe(JsonNode probe) {
        keys(
                probe,
                "at",
                "worker",
                "hostname",
                "state",
                "status",
                "latencyMs",
                "version?",
                "schema?",
                "detail");
        time(probe.path("at"));
        word(probe.path("state"), "probe state");
        integers(probe, "status", "latencyMs");
    }

    @Test
    void healthIsAsDescribed() {
        var health = read("health", "--json");

        keys(health, "probes");
        assertThat(health.path("probes").size()).isEqualTo(3);
        health.path("probes").forEach(ContractTest::probe);
    }

    @Test
    void theLockIsAsDescribed() {
        var lock = read("lock", "--json");

        keys(
                lock,
                "asOf",
                "state",
                "sentence",
                "takeable",
                "renewedAt?",
                "expiresAt?",
                "operation?",
                "holder?",
                "epoch?",
                "step?",
                "steps?",
                "stepTitle?",
                "pointOfNoReturn?",
                "journalHead?",
                "takenOverFrom?");
        word(lock.path("state"), "lock state");
    }

    @Test
    void aPlanWithItsGatesIsAsDescribed() {
        var shown = read("promote", "471", "--plan-only", "--json");

        keys(shown, "plan", "gates", "confirm");
        var plan = shown.path("plan");
        keys(
                plan,
                "id",
                "hash",
                "release",
                "commit",
                "pullRequests",
                "migrations",
                "waiting",
                "workers",
                "pointOfNoReturn",
                "notGradual",
                "steps");
        assertThat(plan.path("hash").stringValue()).matches("[0-9a-f]{64}");
        assertThat(plan.path("pullRequests").get(0).intValue()).isEqualTo(471);
        assertThat(plan.path("migrations")).isEmpty();
        assertThat(plan.path("waiting").get(0).stringValue()).isEqualTo("0043_drop_legacy_id");
        assertThat(plan.path("pointOfNoReturn").stringValue()).isEqualTo("merge");
        plan.path("workers")
                .forEach(worker -> {
                    keys(worker, "name", "from", "to");
                    stringsOrNull(worker, "from", "to");
                });
        plan.path("steps")
                .forEach(step -> {
                    keys(step, "key", "title", "touches", "undo", "ifFails", "parts");
                    strings(step, "key", "title", "touches", "undo", "ifFails");
                });
        assertThat(each(plan.path("steps")).stream().map(s -> s.path("key").stringValue()))
                .startsWith("claim-lock", "record-restore-point")
                .contains("merge", "await-versions", "check-live", "stage", "smoke")
                .doesNotContain("migrate")
                .contains("traffic-100", "settle", "tag", "record-deployment", "comment")
                .endsWith("release-lock");
        shown.path("gates")
                .forEach(gate -> {
                    keys(gate, "id", "title", "state", "evidence", "asOf");
                    word(gate.path("state"), "gate state");
                    time(gate.path("asOf"));
                });
        assertThat(each(shown.path("gates")))
                .filteredOn(gate -> gate.path("id").stringValue().equals("verdict"))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.path("state").stringValue()).isEqualTo("pass");
                    assertThat(gate.path("evidence").stringValue())
                            .contains("0043_drop_legacy_id waits for a plan of its own");
                });
    }

    @Test
    void aRehearsalIsAsDescribed() {
        var rehearsal = read("rehearse", "471", "--json");

        rehearsal(rehearsal);
        assertThat(rehearsal.path("order").stringValue()).isEqualTo("code-first");
        assertThat(rehearsal.path("fit").path("liveOnNew").stringValue()).isEqualTo("no");
        var migration = rehearsal.path("migrations").get(0);
        assertThat(migration.path("name").stringValue()).isEqualTo("0043_drop_legacy_id");
        assertThat(migration.path("state").stringValue()).isEqualTo("pending");
        assertThat(migration.path("class").stringValue()).isEqualTo("breaks");
        assertThat(migration.path("statements").get(0).path("locks").get(0))
                .isEqualTo(
                        Output.object()
                                .put("relation", "users")
                                .put("mode", "AccessExclusiveLock"));
        assertThat(each(rehearsal.path("fit").path("tried")))
                .anySatisfy(one -> {
                    assertThat(one.path("worker").stringValue()).isEqualTo("web");
                    assertThat(one.path("code").stringValue()).isEqualTo("live");
                    assertThat(one.path("today").stringValue()).isEqualTo("yes");
                    assertThat(one.path("migrated").stringValue()).isEqualTo("no");
                })
                .anySatisfy(one -> {
                    assertThat(one.path("worker").stringValue()).isEqualTo("auth");
                    assertThat(one.path("migrated").stringValue()).isEqualTo("unknown");
                    assertThat(one.path("reason").stringValue())
                            .isEqualTo("it needs SESSION_KEY, and a secret cannot be read back");
                });
        assertThat(each(rehearsal.path("catalog")))
                .anySatisfy(finding ->
                        assertThat(finding.path("object").stringValue())
                                .isEqualTo("column users.legacy_id"));
    }

    @Test
    void aRehearsalThatFailsIsAVerdict() {
        var rehearsal = read("rehearse", "485", "--json");

        rehearsal(rehearsal);
        assertThat(rehearsal.path("order").stringValue()).isEqualTo("none");
        assertThat(rehearsal.path("migrations").get(0).path("class").stringValue())
                .isEqualTo("failed");
        assertThat(rehearsal.path("sentence").stringValue()).contains("statement 3", "42703");
    }

    @Test
    void withoutMigrationsThereIsNothingToRehearse() {
        var run = world.run("rehearse", "479");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).contains("No migrations in #479. Nothing to rehearse.");
        rehearsal(read("rehearse", "479", "--json"));
    }

    @Test
    void aRehearsalLeavesNoBranch() {
        read("rehearse", "482", "--json");

        assertThat(world.sandbox().neon().branches(world.sandbox().worldFile().project()))
                .noneMatch(branch -> branch.name().startsWith("slipway/"));
    }

    @Test
    void aRehearsalIsInTheLogStatementByStatementWithoutTheirText() {
        read("rehearse", "485", "--json");

        var rows =
                each(read("logs", "--json").path("rows")).stream()
                        .filter(row -> row.path("source").stringValue().equals("rehearsal"))
                        .filter(row -> row.path("text").stringValue().startsWith("#485: "))
                        .toList();

        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.path("channel").stringValue()).isEqualTo("migration"));
        assertThat(rows)
                .extracting(row -> row.path("text").stringValue())
                .anySatisfy(text ->
                        assertThat(text)
                                .matches(
                                        "#485: 0043_invoice_totals statement 1 of 3, [0-9]+ ms(, [0-9]+"
                                                + " rows)?, done"))
                .anySatisfy(
                        text -> assertThat(text).contains("statement 3 of 3", "failed with 42703"))
                .noneMatch(text -> text.contains("ALTER TABLE") || text.contains("UPDATE"));
        assertThat(rows.getLast().path("level").stringValue()).isEqualTo("error");
    }

    private static void rehearsal(JsonNode rehearsal) {
        keys(
                rehearsal,
                "asOf",
                "target",
                "migrations",
                "catalog",
                "workload",
                "locks",
                "fit",
                "order",
                "before",
                "after",
                "sentence",
                "leftBehind");
        time(rehearsal.path("asOf"));
        assertThat(rehearsal.path("leftBehind").size()).isZero();
        strings(rehearsal, "target", "sentence");
        word(rehearsal.path("order"), "order");
        listOfStrings(rehearsal.path("before"));
        listOfStrings(rehearsal.path("after"));
        rehearsal
                .path("migrations")
                .forEach(migration -> {
                    keys(
                            migration,
                            "name",
                            "state",
                            "class",
                            "classes",
                            "statements",
                            "notInTransaction");
                    word(migration.path("state"), "migration state");
                    migration.path("classes").forEach(each -> word(each, "change class"));
                    migration
                            .path("statements")
                            .forEach(statement -> {
                                keys(
                                        statement,
                                        "sql",
                                        "ms",
                                        "locks",
                                        "rewrites",
                                        "rows",
                                        "walBytes");
                                strings(statement, "sql");
                                integers(statement, "walBytes");
                                assertThat(statement.path("ms").isNumber()).isTrue();
                                statement
                                        .path("locks")
                                        .forEach(lock -> strings(lock, "relation", "mode"));
                                listOfStrings(statement.path("rewrites"));
                                statement
                                        .path("rows")
                                        .forEach(rows ->
                                                keys(
                                                        rows,
                                                        "table",
                                                        "read",
                                                        "inserted",
                                                        "updated",
                                                        "deleted",
                                                        "truncated"));
                            });
                });
        rehearsal
                .path("catalog")
                .forEach(finding -> {
                    keys(finding, "class", "object", "reason");
                    word(finding.path("class"), "change class");
                });
        var workload = rehearsal.path("workload");
        keys(
                workload,
                "observed",
                "since",
                "until",
                "gaps",
                "checked",
                "broken",
                "changed",
                "slower",
                "notCheckable",
                "blind");
        integers(workload, "observed", "gaps", "checked");
        assertThat(workload.path("until").isNull()).isEqualTo(workload.path("since").isNull());
        workload.path("broken")
                .forEach(broken -> strings(broken, "query", "sqlState", "probe", "reason"));
        workload.path("notCheckable").forEach(one -> strings(one, "query", "reason"));
        listOfStrings(workload.path("blind"));
        keys(rehearsal.path("locks"), "holdMs", "expectedStallMs", "blockers");
        assertThat(rehearsal.path("locks").path("expectedStallMs").isNumber())
                .as("somebody looked into production when something was measured")
                .isEqualTo(
                        each(rehearsal.path("migrations")).stream()
                                .anyMatch(m -> !m.path("class").isNull()));
        word(rehearsal.path("fit").path("liveOnNew"), "fit");
        word(rehearsal.path("fit").path("newOnLive"), "fit");
        strings(rehearsal.path("fit"), "liveOnNewReason", "newOnLiveReason");
        keys(
                rehearsal.path("fit"),
                "liveOnNew",
                "newOnLive",
                "liveOnNewReason",
                "newOnLiveReason",
                "tried");
        rehearsal
                .path("fit")
                .path("tried")
                .forEach(one -> {
                    keys(one, "worker", "code", "today", "migrated", "reason");
                    word(one.path("code"), "tried code");
                    word(one.path("today"), "fit");
                    word(one.path("migrated"), "fit");
                });
    }

    @Test
    void previewsSayWhichProviderDidNotAnswerAndShowTheOthers() {
        var file = world.worldWith("no-neon.json", "napi_sandbox[0-9a-f]+", "napi_sandboxwrong");

        var run = world.through(file, "previews", "--json");

        assertThat(run.code()).isEqualTo(Exit.DONE);
        var neon = run.document().path("providers").path("neon");
        assertThat(neon.path("state").stringValue()).isEqualTo("unavailable");
        strings(neon, "error");
        assertThat(run.document().path("providers").path("github").path("state").stringValue())
                .isEqualTo("live");
    }
}
