package dev.slipway.app;

import dev.slipway.domain.OwnerFile;
import dev.slipway.preview.PreviewList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The previews as they were last read, for the first second of the next start. It can be deleted at
/// any time; what cannot be read is taken as not there.
///
/// @param folder of the world
record PreviewCache(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(PreviewCache.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Optional<PreviewList> read() {
        try {
            return Files.exists(file())
                    ? Optional.of(JSON.readValue(Files.readString(file()), PreviewList.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            LOG.debug("the saved previews cannot be read", e);
            return Optional.empty();
        }
    }

    void write(PreviewList list) {
        // A failure belongs to its moment and has no place in what is shown later.
        var states =
                list.providers().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        e -> e.getKey(),
                                        e ->
                                                new PreviewList.ProviderState(
                                                        e.getValue().asOf(), Optional.empty())));
        try {
            OwnerFile.replace(
                    file(),
                    JSON.writeValueAsString(new PreviewList(list.asOf(), states, list.previews())));
        } catch (IOException e) {
            LOG.debug("the previews cannot be saved", e);
        }
    }

    private Path file() {
        return folder.resolve("previews.json");
    }
}
