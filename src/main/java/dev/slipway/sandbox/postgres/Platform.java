package dev.slipway.sandbox.postgres;

import java.util.Locale;

/// What differs between operating systems. Linux is what runs in the tests; the others are written
/// for and not run.
final class Platform {
    private static final String NAME = System.getProperty("os.name").toLowerCase(Locale.ROOT);

    static final boolean WINDOWS = NAME.contains("win") && !NAME.contains("darwin");
    static final boolean MAC = NAME.contains("mac");

    private Platform() {}

    /// The shell command with which Postgres fetches a log file from the first of `folders` that
    /// has it; `%f` and `%p` are Postgres' own placeholders.
    static String fetch(Iterable<java.nio.file.Path> folders) {
        var commands = new java.util.ArrayList<String>();
        for (var folder : folders) {
            var path = folder.toString().replace("%", "%%");
            commands.add(
                    WINDOWS
                            ? "copy \"" + path + "\\%f\" \"%p\""
                            : "cp '" + path.replace("'", "'\\''") + "/%f' '%p' 2>/dev/null");
        }
        return String.join(" || ", commands);
    }
}
