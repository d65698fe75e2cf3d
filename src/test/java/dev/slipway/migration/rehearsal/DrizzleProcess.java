package dev.slipway.migration.rehearsal;

import dev.slipway.migration.NpmFolder;
import dev.slipway.postgres.PostgresAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// drizzle-orm's own migrator in a process of Node that migrates as often as it is told.
final class DrizzleProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCRIPT =
            """
            import { drizzle } from 'drizzle-orm/node-postgres';
            import { migrate } from 'drizzle-orm/node-postgres/migrator';
            import { createInterface } from 'node:readline';
            import pg from 'pg';
            let sql = '';
            const query = pg.Client.prototype.query;
            pg.Client.prototype.query = function (what, ...rest) {
              const text = typeof what === 'string' ? what : what.text;
              if (text !== 'rollback') sql = text;
              return query.call(this, what, ...rest);
            };
            const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
            pool.on('error', () => {});
            const db = drizzle({ client: pool });
            for await (const folder of createInterface({ input: process.stdin })) {
              let answer = {};
              try {
                await migrate(db, { migrationsFolder: folder });
              } catch (e) {
                const cause = e.cause ?? e;
                answer = { message: cause.message, code: cause.code ?? '', sql };
              }
              console.log(JSON.stringify(answer));
            }
            await pool.end();
            """;

    private final Process process;
    private final BufferedReader out;

    /// How a migration failed.
    ///
    /// @param sql what was sent last
    record Failed(String message, String code, String sql) {}

    /// @param npm a folder with drizzle-orm and its driver
    DrizzleProcess(NpmFolder npm, PostgresAddress database) throws IOException {
        npm.write("steps.mjs", SCRIPT);
        var builder =
                new ProcessBuilder(List.of("node", "steps.mjs"))
                        .directory(npm.path().toFile())
                        .redirectError(Redirect.INHERIT);
        builder.environment().putAll(NpmFolder.database(database));
        process = builder.start();
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Runs what is pending of `folder`.
    Optional<Failed> migrate(Path folder) throws IOException {
        var in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(folder + "\n");
        in.flush();
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("{")) {
                var answer = JSON.readTree(line);
                return answer.has("message")
                        ? Optional.of(
                                new Failed(
                                        answer.path("message").asString(""),
                                        answer.path("code").asString(""),
                                        answer.path("sql").asString("")))
                        : Optional.empty();
            }
        }
        throw new IOException("Node ended");
    }

    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
