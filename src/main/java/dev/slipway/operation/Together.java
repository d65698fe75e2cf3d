package dev.slipway.operation;

import java.util.List;
import java.util.function.Supplier;

/// How a step asks several remotes in one look. A simulation asks them one after the other.
@FunctionalInterface
public interface Together {
    /// The answers in the order of the questions; the first failure is thrown.
    <T> List<T> ask(List<Supplier<T>> questions);

    /// All at once, each on a virtual thread.
    static Together atOnce() {
        return AtOnce.INSTANCE;
    }

    /// See [#atOnce].
    final class AtOnce implements Together {
        private static final AtOnce INSTANCE = new AtOnce();

        private AtOnce() {}

        @Override
        public <T> List<T> ask(List<Supplier<T>> questions) {
            try (var all = new Questions()) {
                return questions.stream().map(all::ask).toList().stream()
                        .map(Supplier::get)
                        .toList();
            }
        }
    }
}
