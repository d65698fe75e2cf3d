package dev.slipway.sandbox.server;

import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonRefusal;
import dev.slipway.sandbox.world.NeonWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// Schemas in Neon's API: one of a branch at a point, and how two differ.
final class NeonSchemaRoutes implements NeonServer.Routes {
    private static final String ONE = "/projects/{project}/branches/{branch}";

    private final NeonWorld world;

    NeonSchemaRoutes(NeonWorld world) {
        this.world = world;
    }

    @Override
    public void addTo(NeonServer.Table table) {
        table.add("GET", ONE + "/schema", this::schema);
        table.add("GET", ONE + "/compare_schema", this::compare);
    }

    private Response schema(Request request) {
        var format = request.query("format").orElse("sql");
        if (!format.equals("sql")) {
            throw NeonRefusal.of(422, "format " + format + " does not exist in this sandbox");
        }
        var branch = branch(request, request.variable("branch"));
        var point = NeonBody.point(request, "lsn", "timestamp");
        return Response.json(200, Map.of("sql", sql(branch, request, point)));
    }

    private Response compare(Request request) {
        var branch = branch(request, request.variable("branch"));
        var base =
                branch(
                        request,
                        request.query("base_branch_id")
                                .or(branch::parentId)
                                .orElseThrow(() ->
                                        NeonBody.bad(
                                                "base_branch_id is required: the branch has no parent")));
        var old = sql(base, request, NeonBody.point(request, "base_lsn", "base_timestamp"));
        var now = sql(branch, request, NeonBody.point(request, "lsn", "timestamp"));
        return Response.json(200, Map.of("diff", diff(old, now)));
    }

    private NeonBranch branch(Request request, String id) {
        return world.branching()
                .get(request.variable("project"), id)
                .orElseThrow(() -> NeonRefusal.of(404, "branch not found"));
    }

    private String sql(NeonBranch branch, Request request, Point point) {
        var database =
                request.query("db_name").orElseThrow(() -> NeonBody.bad("db_name is required"));
        return world.schemas().sql(branch.projectId(), branch.id(), database, point);
    }

    /// Unified, without the names of files, empty when nothing differs.
    private static String diff(String old, String now) {
        var before = new RawText(old.getBytes(StandardCharsets.UTF_8));
        var after = new RawText(now.getBytes(StandardCharsets.UTF_8));
        var edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after);
        var out = new ByteArrayOutputStream();
        try (var formatter = new DiffFormatter(out)) {
            formatter.format(edits, before, after);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
