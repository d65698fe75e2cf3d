package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.World;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// Where Slipway keeps what it must remember on this machine. The folder belongs to its owner alone.
///
/// @param folder the home itself
public record Home(Path folder) {
    /// The home a person means: `--home`, else `SLIPWAY_HOME`, else the place the operating system has
    /// for such data.
    public static Home choose(Optional<Path> given, Map<String, String> environment, String os) {
        return new Home(
                given.or(() -> Optional.ofNullable(environment.get("SLIPWAY_HOME")).map(Path::of))
                        .orElseGet(() -> usual(environment, os))
                        .toAbsolutePath()
                        .normalize());
    }

    private static Path usual(Map<String, String> environment, String os) {
        var user = Path.of(System.getProperty("user.home"));
        if (os.startsWith("Windows")) {
            return Optional.ofNullable(environment.get("LOCALAPPDATA"))
                    .map(Path::of)
                    .orElse(user)
                    .resolve("Slipway");
        }
        if (os.startsWith("Mac")) {
            return user.resolve("Library/Application Support/Slipway");
        }
        return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(user.resolve(".local/share"))
                .resolve("slipway");
    }

    /// Makes the folder when it is missing.
    ///
    /// @throws InputException when it cannot be made or written
    public Home create() {
        try {
            Files.createDirectories(folder);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new InputException(
                    "The home "
                            + folder
                            + " cannot be used: "
                            + Reasons.of(e)
                            + ". Nothing was changed; choose another one with --home.");
        }
        return this;
    }

    /// What belongs to one world: its journal, logs and cached readings.
    public Path world(String id) {
        return folder.resolve("worlds").resolve(id);
    }

    /// The sandbox that belongs to this home.
    public Path sandbox() {
        return folder.resolve("sandbox");
    }

    /// What sandboxes share and any of them may rebuild: unpacked Postgres binaries.
    public Path cache() {
        return folder.resolve("cache");
    }

    /// The tokens of the live world.
    public Path tokens() {
        return folder.resolve("tokens.json");
    }

    /// The tokens of a world; those of a sandbox are never taken for live ones.
    public Path tokens(World world) {
        return world.sandbox() ? world(world.id()).resolve("tokens.json") : tokens();
    }

    /// What the person chose for the window.
    public Path preferences() {
        return folder.resolve("window.json");
    }

    /// What went wrong inside Slipway, one file each.
    public Path problems() {
        return folder.resolve("problems");
    }
}
