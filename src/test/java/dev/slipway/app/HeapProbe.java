package dev.slipway.app;

import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Level;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.stack.StackFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;

/// The services of a world in a process of their own, which prints what its heap holds once
/// everything is read and the log is full.
final class HeapProbe {
    private HeapProbe() {}

    /// @param arguments home, world file, lines
    static void main(String[] arguments) {
        var world = WorldFile.read(Path.of(arguments[1]));
        try (var session =
                new WorldSession(
                        Clock.systemUTC(),
                        new Home(Path.of(arguments[0])).create(),
                        world,
                        StackFile.read(world.stack().orElseThrow()),
                        () -> {})) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                session.log()
                        .line(
                                Channel.HEALTH,
                                "auth",
                                i % 97 == 0 ? Level.ERROR : Level.INFO,
                                "GET /session/" + i + " 200 41 ms, version v19be echoed, db ok");
            }
            session.previews().poll();
            var shown = session.previews().poll();
            var production = session.production().read(Wake.NEVER);
            var memory = ManagementFactory.getMemoryMXBean();
            for (int i = 0; i < 3; i++) {
                memory.gc();
            }
            var held = memory.getHeapMemoryUsage().getUsed() >> 20;
            System.out.println(
                    "heap " + held + " " + shown.previews().size() + " " + production.asOf());
        }
    }
}
