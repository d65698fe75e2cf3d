package dev.slipway.sandbox.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a cluster that is not running says about itself in `global/pg_control`.
///
/// The first fields have kept their place for many major versions (catalog/pg_control.h): system
/// identifier, two version numbers, state at byte 16, last checkpoint at byte 32.
///
/// @param clean whether it was shut down, not killed
/// @param checkpoint where its last checkpoint begins; after a clean end that is the end of its data
record ControlFile(boolean clean, Lsn checkpoint) {
    private static final int SHUT_DOWN = 1;

    static ControlFile of(Path data) {
        try {
            var bytes =
                    ByteBuffer.wrap(Files.readAllBytes(data.resolve("global/pg_control")))
                            .order(ByteOrder.nativeOrder());
            return new ControlFile(bytes.getInt(16) == SHUT_DOWN, new Lsn(bytes.getLong(32)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the control file of " + data, e);
        }
    }
}
