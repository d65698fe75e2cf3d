package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir Path folder;

    @Test
    void aStoredTokenIsReadBackBesideTheOthersByItsOwnerAlone() throws Exception {
        var file = folder.resolve("tokens.json");
        var tokens = new TokenFile(file);

        tokens.store(Provider.GITHUB, Secret.of("ghp_one"));
        tokens.store(Provider.NEON, Secret.of("napi_two"));

        assertThat(tokens.read())
                .containsEntry(Provider.GITHUB, Secret.of("ghp_one"))
                .containsEntry(Provider.NEON, Secret.of("napi_two"))
                .hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatOthersMayReadIsRefusedAndNotOverwritten() throws Exception {
        var file = folder.resolve("tokens.json");
        var tokens = new TokenFile(file);
        tokens.store(Provider.GITHUB, Secret.of("ghp_one"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var before = Files.readAllBytes(file);

        assertThatThrownBy(tokens::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("ghp_one");
        assertThatThrownBy(() -> tokens.store(Provider.NEON, Secret.of("napi_two")))
                .isInstanceOf(InputException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aBrokenFileIsNamedAndNeverPrinted() throws Exception {
        var file = folder.resolve("tokens.json");
        Files.writeString(file, "{\"github\": \"ghp_canary");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> new TokenFile(file).read())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("canary");
    }
}
