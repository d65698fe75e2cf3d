package dev.slipway.cli;

import dev.slipway.domain.Sentence;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a person is told when the arguments do not fit.
final class Usage {
    private Usage() {}

    static String sentence(ParameterException e) {
        return what(e)
                + " Nothing was asked or changed; \""
                + e.getCommandLine().getCommandSpec().qualifiedName()
                + " --help\" shows what there is.";
    }

    private static String what(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing when !missing.getMissing().isEmpty() ->
                    missing.getMissing().stream()
                                    .map(CommandLine.Model.ArgSpec::paramLabel)
                                    .collect(Collectors.joining(", "))
                            + " is missing.";
            default -> Sentence.of(String.valueOf(e.getMessage()));
        };
    }

    private static String unmatched(UnmatchedArgumentException e) {
        var given = e.getUnmatched().getFirst();
        var kind =
                given.startsWith("-")
                        ? "option"
                        : e.getCommandLine().getParent() == null ? "command" : "argument";
        var nearest = e.getSuggestions();
        return "There is no "
                + kind
                + " \""
                + given
                + "\" here."
                + (nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?");
    }
}
