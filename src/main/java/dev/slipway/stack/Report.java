package dev.slipway.stack;

import dev.slipway.stack.yaml.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is wrong with a file, collected while it is read.
final class Report {
    private final String file;
    private final List<Remark> problems = new ArrayList<>();
    private final List<Remark> warnings = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    private record Remark(Position at, String sentence) {}

    Report(String file) {
        this.file = file;
    }

    void problem(Position at, String sentence) {
        problems.add(new Remark(at, sentence));
    }

    void warning(Position at, String sentence) {
        warnings.add(new Remark(at, sentence));
    }

    /// Notes that the reader knows the key at `path`.
    void asked(String path) {
        asked.add(path.replaceAll("\\[\\d+]", "[]"));
    }

    List<String> problems() {
        return lines(problems);
    }

    List<String> warnings() {
        return lines(warnings);
    }

    Set<String> asked() {
        return asked;
    }

    private List<String> lines(List<Remark> remarks) {
        return remarks.stream()
                .sorted(
                        Comparator.comparingInt((Remark remark) -> remark.at().line())
                                .thenComparingInt(remark -> remark.at().column()))
                .map(remark -> file + ":" + remark.at() + ": " + remark.sentence())
                .toList();
    }
}
