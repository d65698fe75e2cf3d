package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.OwnerFile;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The tokens of the live world in a file that only its owner may read (mode 0600). A file with wider
/// rights is refused, because a token others could read must be taken as known to them.
public final class TokenFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /// @param file where the tokens are; need not exist
    public TokenFile(Path file) {
        this.file = file;
    }

    /// The stored tokens; empty without a file.
    ///
    /// @throws InputException when others may read the file or it is not one of ours
    public Map<Provider, Secret> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        refuseWiderRights();
        try {
            var tree = JSON.readTree(Files.readAllBytes(file));
            var tokens = new EnumMap<Provider, Secret>(Provider.class);
            for (var provider : Provider.values()) {
                var value = tree.path(provider.key());
                if (value.isString()) {
                    tokens.put(provider, Secret.of(value.stringValue()));
                }
            }
            return tokens;
        } catch (IOException | JacksonException e) {
            throw new InputException(
                    "The token file "
                            + file
                            + " cannot be read. Nothing was changed; remove it and run"
                            + " \"slipway connect\" again.");
        }
    }

    /// Stores `token` beside the others; the old file stays whole until the new one is on disk.
    ///
    /// @throws InputException when the file cannot be written or others may read the present one
    public void store(Provider provider, Secret token) {
        var tokens = new EnumMap<Provider, Secret>(Provider.class);
        tokens.putAll(read());
        tokens.put(provider, token);
        var tree = JSON.createObjectNode();
        tokens.forEach((name, value) -> tree.put(name.key(), value.reveal()));
        try {
            OwnerFile.replace(file, JSON.writeValueAsString(tree));
        } catch (IOException e) {
            throw new InputException(
                    "The token could not be stored in "
                            + file
                            + ": "
                            + e.getMessage()
                            + ". The tokens stored before are unchanged.");
        }
    }

    private void refuseWiderRights() {
        try {
            if (OwnerFile.hasModes(file)
                    && !OwnerFile.RIGHTS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new InputException(
                        "The token file "
                                + file
                                + " may be read or written by others, so its tokens were not used."
                                + " Replace them at their providers, then run: chmod 600 "
                                + file);
            }
        } catch (IOException e) {
            throw new InputException(
                    "The rights of the token file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
