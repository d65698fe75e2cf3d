package dev.slipway.stack;

import dev.slipway.domain.InputException;
import dev.slipway.stack.yaml.Position;
import dev.slipway.stack.yaml.YamlDocument;
import dev.slipway.stack.yaml.YamlException;
import dev.slipway.stack.yaml.YamlNode;
import dev.slipway.stack.yaml.YamlNode.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A `slipway.yaml` that was read.
///
/// @param warnings sentences about keys nobody knows, each with file, line and column
public record StackFile(Stack stack, List<String> warnings) {
    /// The name of the file at the top of a repository.
    public static final String NAME = "slipway.yaml";

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_PARTS = 10_000;

    public StackFile {
        warnings = List.copyOf(warnings);
    }

    /// Reads the file at `path`.
    ///
    /// @throws InputException with all mistakes, each as `file:line:column: sentence`
    public static StackFile read(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new InputException(
                        path + ":1:1: the file is larger than " + MAX_BYTES + " bytes");
            }
            return read(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new InputException(
                    "The stack description " + path + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /// Reads `bytes`, which messages call `file`.
    ///
    /// @throws InputException with all mistakes, each as `file:line:column: sentence`
    public static StackFile read(String file, byte[] bytes) {
        var report = new Report(file);
        var stack = read(report, bytes);
        if (!report.problems().isEmpty()) {
            throw new InputException(report.problems());
        }
        return new StackFile(stack, report.warnings());
    }

    static Stack read(Report report, byte[] bytes) {
        Optional<YamlNode> document;
        try {
            document = YamlDocument.read(bytes, MAX_BYTES, MAX_PARTS);
        } catch (YamlException e) {
            throw fail(report, e.position(), e.sentence());
        }
        if (document.isEmpty() || (document.get() instanceof YamlScalar scalar && scalar.empty())) {
            throw fail(report, Position.START, "the file is empty");
        }
        var root = document.get();
        var top =
                root.asMap()
                        .orElseThrow(() ->
                                fail(
                                        report,
                                        root.at(),
                                        "the file must be a mapping and is " + root.kind()));
        return new StackReader(report).stack(new Section(report, "", top));
    }

    private static InputException fail(Report report, Position at, String sentence) {
        report.problem(at, sentence);
        return new InputException(report.problems());
    }
}
