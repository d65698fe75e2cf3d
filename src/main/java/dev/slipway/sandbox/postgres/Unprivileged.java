package dev.slipway.sandbox.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How Postgres is started, which refuses to run as root: in a user namespace of its own when the
/// system allows that, else as another user.
///
/// @param prefix command put before each of Postgres' programs
/// @param owner user who must own its files, empty when nothing changes hands
record Unprivileged(List<String> prefix, String owner) {
    /// What works on this machine. Asked once per world, it takes some milliseconds.
    static Unprivileged here() {
        if (Platform.WINDOWS || !isRoot()) {
            return new Unprivileged(List.of(), "");
        }
        var namespace = List.of("unshare", "-U");
        if (works(namespace)) {
            return new Unprivileged(namespace, "");
        }
        return Stream.of("postgres", "nobody")
                .flatMap(user ->
                        Stream.of(
                                new Unprivileged(
                                        List.of(
                                                "setpriv",
                                                "--reuid=" + user,
                                                "--regid=" + user,
                                                "--clear-groups"),
                                        user),
                                new Unprivileged(List.of("runuser", "-u", user, "--"), user)))
                .filter(way -> works(way.prefix))
                .findFirst()
                .orElseThrow(() ->
                        new dev.slipway.domain.InputException(
                                "Postgres does not run as root, and neither unshare, setpriv"
                                        + " nor runuser works here. Start Slipway as another"
                                        + " user. Nothing was started."));
    }

    /// Lets Postgres own what was made for it.
    void own(Path folder) {
        if (!owner.isEmpty() && !succeeds(List.of("chown", "-R", owner, folder.toString()))) {
            throw new IllegalStateException("cannot give " + folder + " to user " + owner);
        }
    }

    private static boolean isRoot() {
        try {
            var process = new ProcessBuilder("id", "-u").start();
            return new String(
                            process.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8)
                    .strip()
                    .equals("0");
        } catch (IOException e) {
            return System.getProperty("user.name").equals("root");
        }
    }

    private static boolean works(List<String> prefix) {
        return succeeds(Stream.concat(prefix.stream(), Stream.of("true")).toList());
    }

    private static boolean succeeds(List<String> command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
