package dev.slipway.app;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.http.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tokens of an open world. One that is connected anew counts from the next call on, so that an
/// operation whose token was refused goes on after `slipway connect`, without a new start.
///
/// Safe for use by several threads.
final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final World world;
    private final Path file;
    private final Redaction redaction;
    private Map<Provider, Secret> connected = Map.of();
    private Optional<FileTime> read = Optional.empty();

    /// @param file where connected tokens are; they go before those the world came with
    /// @param redaction learns each token before it is used
    Tokens(World world, Path file, Redaction redaction) {
        this.world = world;
        this.file = file;
        this.redaction = redaction;
    }

    /// The token of a provider; empty when it is not connected.
    synchronized Optional<Secret> of(Provider provider) {
        refresh();
        return Optional.ofNullable(connected.get(provider)).or(() -> world.token(provider));
    }

    private void refresh() {
        try {
            var changed =
                    Files.exists(file)
                            ? Optional.of(Files.getLastModifiedTime(file))
                            : Optional.<FileTime>empty();
            if (changed.equals(read)) {
                return;
            }
            connected = new TokenFile(file).read();
            connected.values().forEach(redaction::learn);
            read = changed;
        } catch (IOException | InputException e) {
            // What was connected before stays in use; the provider says so if it is refused.
            LOG.warn("the token file {} cannot be read now: {}", file, e.getMessage());
        }
    }
}
