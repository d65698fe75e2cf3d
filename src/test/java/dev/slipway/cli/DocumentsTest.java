package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.SlipwayProgram;
import dev.slipway.http.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Documents name what exists.
class DocumentsTest {
    private static final Pattern LINK =
            Pattern.compile("(?<!!)\\[[^\\]]*\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void linksLeadSomewhere() throws IOException {
        for (var page :
                List.of(
                        "README.md",
                        "CONTRIBUTING.md",
                        "docs/cli.md",
                        "docs/decisions/README.md")) {
            var file = Path.of(page);
            var links = LINK.matcher(Files.readString(file));
            while (links.find()) {
                assertThat(file.resolveSibling(links.group(1))).as(page).exists();
            }
        }
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        var index = Files.readString(Path.of("docs/decisions/README.md"));
        try (var records = Files.list(Path.of("docs/decisions"))) {
            assertThat(
                            records.map(f -> f.getFileName().toString())
                                    .filter(name -> !name.equals("README.md")))
                    .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        }
    }

    @Test
    void theCommandLinePageNamesEveryCommandAndOption() {
        var page = Contract.page();
        var commands =
                SlipwayCommand.line(
                        new SlipwayProgram(Clock.systemUTC(), Map.of(), new Redaction()),
                        Clock.systemUTC(),
                        text -> text);

        named(page, commands);
        assertThat(commands.getSubcommands().values())
                .extracting(command -> command.getCommandSpec().name())
                .containsExactlyElementsOf(SlipwayCommand.names());
    }

    /// As the page writes it: without the name of the program.
    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName().replaceFirst("^slipway ", "");
    }

    private static void named(String page, CommandLine command) {
        for (var below : command.getSubcommands().entrySet()) {
            assertThat(page).contains("`" + name(below.getValue()));
            below.getValue()
                    .getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(page).contains(option.longestName()));
            named(page, below.getValue());
        }
    }
}
