package dev.slipway.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The examples of docs/slipway-yaml.md, so that what people copy is what is tested.
final class Examples {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private Examples() {}

    static String full() {
        return block(0);
    }

    static String smallest() {
        return block(1);
    }

    static StackFile read(String text) {
        return StackFile.read("slipway.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String block(int number) {
        try {
            return BLOCK.matcher(Files.readString(Path.of("docs/slipway-yaml.md")))
                    .results()
                    .skip(number)
                    .findFirst()
                    .orElseThrow()
                    .group(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
