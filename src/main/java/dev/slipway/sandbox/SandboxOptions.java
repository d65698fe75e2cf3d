package dev.slipway.sandbox;

import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.RepoSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Which world is wanted.
///
/// @param home where the world is kept and opened again; empty for one that is removed at its end
/// @param cache folder of what all worlds of this person share, and of temporary worlds
/// @param repository what to build the world from; empty for the default world; ignored when the
///     home holds a world already
/// @param pace how fast things happen
/// @param crowd how many open pull requests a new default world has instead of its own; zero leaves
///     it as it is
public record SandboxOptions(
        Optional<Path> home, Path cache, Optional<RepoSource> repository, Pace pace, int crowd) {

    public SandboxOptions(
            Optional<Path> home, Path cache, Optional<RepoSource> repository, Pace pace) {
        this(home, cache, repository, pace, 0);
    }

    /// A temporary default world at its usual pace.
    public static SandboxOptions temporary(Path cache) {
        return new SandboxOptions(Optional.empty(), cache, Optional.empty(), new Pace(1));
    }

    /// The same kept in a folder.
    public SandboxOptions at(Path folder) {
        return new SandboxOptions(Optional.of(folder), cache, repository, pace, crowd);
    }

    /// The same built from a repository.
    public SandboxOptions from(RepoSource source) {
        return new SandboxOptions(home, cache, Optional.of(source), pace, crowd);
    }

    /// The same at another speed.
    public SandboxOptions speed(double speed) {
        return new SandboxOptions(home, cache, repository, new Pace(speed), crowd);
    }

    /// The same with so many open pull requests, each with a whole preview, to see how Slipway bears
    /// them.
    public SandboxOptions crowded(int pullRequests) {
        return new SandboxOptions(home, cache, repository, pace, pullRequests);
    }

    /// Where a person's programs keep what can be made again.
    public static Path usualCache() {
        var named = System.getenv("XDG_CACHE_HOME");
        var home = Path.of(System.getProperty("user.home"));
        if (named != null && !named.isBlank()) {
            return Path.of(named).resolve("slipway");
        }
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return home.resolve("Library/Caches/slipway");
        }
        var local = System.getenv("LOCALAPPDATA");
        return system.startsWith("windows") && local != null
                ? Path.of(local).resolve("slipway")
                : home.resolve(".cache/slipway");
    }
}
