package dev.slipway.app;

import dev.slipway.domain.OwnerFile;
import dev.slipway.preview.HealthShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What previews' Workers answered last, as JSON. It can be deleted at any time; what cannot be read
/// was never asked.
record HealthFile(Path file) implements HealthShelf {
    private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public List<Kept> read() {
        try {
            return Files.exists(file)
                    ? List.of(JSON.readValue(Files.readString(file), Kept[].class))
                    : List.of();
        } catch (IOException | JacksonException | NullPointerException e) {
            LOG.debug("what previews answered cannot be read", e);
            return List.of();
        }
    }

    @Override
    public void write(List<Kept> all) {
        try {
            OwnerFile.replace(file, JSON.writeValueAsString(all));
        } catch (IOException e) {
            LOG.debug("what previews answered cannot be kept", e);
        }
    }
}
