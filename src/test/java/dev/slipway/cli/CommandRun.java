package dev.slipway.cli;

import dev.slipway.app.SlipwayProgram;
import dev.slipway.http.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One run of the command line in this process, as a script sees it.
public record CommandRun(int code, String out, String err) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Runs it with a home of its own.
    static CommandRun of(Path home, List<String> arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var redaction = new Redaction();
        var code =
                SlipwayCommand.run(
                        new SlipwayProgram(
                                Clock.systemUTC(),
                                Map.of("SLIPWAY_HOME", home.toString()),
                                redaction),
                        Clock.systemUTC(),
                        redaction::mask,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        arguments.toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }

    /// Standard output as the one document it must be.
    public JsonNode document() {
        return JSON.readTree(out);
    }

    /// Standard error as lines of JSON.
    public Stream<JsonNode> lines() {
        return err.lines().map(JSON::readTree);
    }
}
