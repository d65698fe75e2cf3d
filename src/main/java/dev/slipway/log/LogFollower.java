package dev.slipway.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Follows the file another process writes, from where it is read now. Used by one thread; somebody
/// calls [#poll] again after a while.
public final class LogFollower {
    private final Path folder;
    private Object file;
    private long position;

    /// Begins at the end of what `folder` holds; nothing there yet is fine.
    public LogFollower(Path folder) throws IOException {
        this.folder = folder;
        this.file = key();
        this.position = size();
    }

    /// The rows written since the last call; empty when there are none. After the file was rotated
    /// the rest of the old one is read first.
    public List<LogRow> poll() throws IOException {
        var rows = new ArrayList<LogRow>();
        var now = key();
        if (!now.equals(file)) {
            readFrom(folder.resolve("log.1.ndjson"), rows);
            file = now;
            position = 0;
        }
        readFrom(LogFile.newest(folder), rows);
        return rows;
    }

    private void readFrom(Path path, List<LogRow> rows) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (SeekableByteChannel in = Files.newByteChannel(path)) {
            if (in.size() <= position) {
                return;
            }
            in.position(position);
            var bytes = ByteBuffer.allocate((int) Math.min(in.size() - position, 8 << 20));
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
            // Only whole lines, so that a character is never cut in two.
            int end = bytes.position();
            while (end > 0 && bytes.get(end - 1) != '\n') {
                end--;
            }
            var text = new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
            position += end;
            text.lines().map(LogFile::parse).forEach(rows::add);
        }
    }

    private long size() throws IOException {
        var path = LogFile.newest(folder);
        return Files.exists(path) ? Files.size(path) : 0;
    }

    // The inode where there is one: a rotated file keeps it, the new one has another.
    private Object key() throws IOException {
        var path = LogFile.newest(folder);
        if (!Files.exists(path)) {
            return "";
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        var key = attributes.fileKey();
        return key == null ? attributes.creationTime() : key;
    }
}
