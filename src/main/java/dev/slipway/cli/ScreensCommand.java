package dev.slipway.cli;

import dev.slipway.domain.InputException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "screens",
        description = "Render every view and wizard page of the world to PNG; needs no display.")
final class ScreensCommand extends SlipwayCommand.Sub {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to.")
    private Path folder = Path.of(".");

    @Option(names = "--size", paramLabel = "WxH", description = "Size, 1280x800 by default.")
    private String size = "1280x800";

    @Option(names = "--theme", paramLabel = "light|dark", description = "Both by default.")
    private @Nullable String theme;

    @Override
    int run(Program program, Output output) {
        if (!size.matches("[1-9][0-9]{2,3}x[1-9][0-9]{2,3}")) {
            throw new InputException(
                    "The size \""
                            + size
                            + "\" is not WxH, for example 1280x800. Nothing was written.");
        }
        if (theme != null && !theme.equals("light") && !theme.equals("dark")) {
            throw new InputException(
                    "The theme is light or dark, not \"" + theme + "\". Nothing was written.");
        }
        var x = size.indexOf('x');
        var files =
                program.screens(
                        common(),
                        folder,
                        Integer.parseInt(size.substring(0, x)),
                        Integer.parseInt(size.substring(x + 1)),
                        Optional.ofNullable(theme),
                        output);
        if (output.json()) {
            var node = Output.object();
            var array = node.putArray("screens");
            files.forEach(file -> array.add(file.toString()));
            output.document(node);
        } else {
            files.forEach(file -> output.line(file.toString()));
        }
        return Exit.DONE;
    }
}
