package dev.slipway.sandbox.world;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The empty database continuous integration tries migrations on: a cluster of its own that no
/// provider shows, started when it is first needed.
public final class CiScratch implements AutoCloseable {
    private static final String DATABASE = "neondb";

    private final NeonWorld.Place place;
    private @Nullable NeonWorld world;

    /// @param folder of the cluster; removed at the end
    /// @param cache folder of the unpacked Postgres
    public CiScratch(Path folder, Path cache, Pace pace) {
        place = new NeonWorld.Place(folder, cache, true, pace, InstantSource.system());
    }

    /// Runs `work` on the empty database.
    public synchronized <T> T on(NeonWorld.Work<T> work) throws SQLException {
        if (world == null) {
            var opened = NeonWorld.open(place);
            world = opened;
            opened.createProject(NeonProject.Draft.named("ci"));
        }
        var project = world.projects().getFirst();
        var branch = world.branches(project.id()).getFirst();
        return world.asOwner(project.id(), branch.id(), DATABASE, work);
    }

    @Override
    public synchronized void close() {
        if (world != null) {
            world.close();
            world = null;
        }
    }
}
