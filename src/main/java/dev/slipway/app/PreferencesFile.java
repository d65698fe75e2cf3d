package dev.slipway.app;

import dev.slipway.domain.OwnerFile;
import dev.slipway.ui.desk.Preferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a person chose for the window, as JSON. Only looks are in it, so a file that cannot be read is
/// the same as none.
record PreferencesFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(PreferencesFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Preferences read() {
        try {
            return Files.exists(file)
                    ? JSON.readValue(Files.readString(file), Preferences.class)
                    : Preferences.DEFAULT;
        } catch (IOException | JacksonException | NullPointerException e) {
            LOG.warn("{} cannot be read; the window looks as on its first day", file);
            return Preferences.DEFAULT;
        }
    }

    void write(Preferences chosen) {
        try {
            OwnerFile.replace(file, JSON.writeValueAsString(chosen));
        } catch (IOException e) {
            LOG.warn("{} cannot be written; the choice holds until the window closes", file);
        }
    }
}
