package dev.slipway.cli;

import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "connect",
        description = "Read a token from standard input, check what it may do, and store it.")
final class ConnectCommand extends SlipwayCommand.Sub {
    /// What the providers begin their tokens with.
    private static final Map<Provider, List<String>> BEGINNINGS =
            Map.of(
                    Provider.GITHUB,
                    List.of("ghp_", "gho_", "ghu_", "ghs_", "github_pat_"),
                    Provider.NEON,
                    List.of("napi_"),
                    Provider.CLOUDFLARE,
                    List.of("cfut_", "cfat_"));

    @Parameters(paramLabel = "github|neon|cloudflare", description = "Whose token it is.")
    private String name = "";

    @Override
    int run(Program program, Output output) {
        var provider = provider();
        var token = read();
        refuseAnothers(provider, token);
        var lines = program.connect(common(), provider, token, output);
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

    /// A token must not be shown to a provider it is not for.
    private static void refuseAnothers(Provider provider, Secret token) {
        var value = token.reveal();
        BEGINNINGS.forEach((owner, beginnings) -> {
            if (owner != provider && beginnings.stream().anyMatch(value::startsWith)) {
                throw new InputException(
                        "This looks like a token of "
                                + owner.title()
                                + ", not of "
                                + provider.title()
                                + ". Nothing was sent or stored.");
            }
        });
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
