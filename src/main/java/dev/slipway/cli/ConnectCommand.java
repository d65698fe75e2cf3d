package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "connect",
        description = "Read a token from standard input, check what it may do, and store it.")
final class ConnectCommand extends SlipwayCommand.Sub {
    @Parameters(paramLabel = "github|neon|cloudflare", description = "Whose token it is.")
    private String name = "";

    @Override
    int run(Program program, Output output) {
        var provider = provider();
        var lines = program.connect(common(), provider, read(), output);
        if (output.json()) {
            var node = Output.object();
            node.put("provider", provider.key());
            node.put("stored", true);
            var permissions = node.putArray("permissions");
            for (var line : lines) {
                var entry = permissions.addObject();
                entry.put("permission", line.permission());
                entry.put("state", line.state());
                entry.put("use", line.use());
            }
            output.document(node);
        } else {
            lines.forEach(line ->
                    output.line(
                            "%-14s %-32s %s"
                                    .formatted(line.state(), line.permission(), line.use())));
            output.line("The " + provider.title() + " token was stored.");
        }
        return Exit.DONE;
    }

    private Provider provider() {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "github" -> Provider.GITHUB;
            case "neon" -> Provider.NEON;
            case "cloudflare" -> Provider.CLOUDFLARE;
            default ->
                    throw new InputException(
                            "There is no provider \""
                                    + name
                                    + "\"; connect github, neon or cloudflare. Nothing was stored.");
        };
    }

    /// A terminal shows nothing of what is typed.
    private static String line() throws IOException {
        var console = Terminal.present();
        if (console.isPresent()) {
            var typed = console.get().readPassword("Token: ");
            return typed == null ? "" : new String(typed);
        }
        var line =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .readLine();
        return line == null ? "" : line;
    }

    private static Secret read() {
        try {
            var token = line().strip();
            if (token.isEmpty()) {
                throw new InputException(
                        "No token came on standard input. Nothing was stored; pipe it in, it is"
                                + " never an argument.");
            }
            if (token.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\'' || c > '~')) {
                throw new InputException(
                        "What came on standard input is no token: it has a space, a quote or"
                                + " another character no token has. Nothing was stored.");
            }
            return Secret.of(token);
        } catch (IOException e) {
            throw new InputException(
                    "Standard input cannot be read: " + e.getMessage() + ". Nothing was stored.");
        }
    }
}
