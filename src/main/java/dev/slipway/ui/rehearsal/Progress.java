package dev.slipway.ui.rehearsal;

import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationListener.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// How far a rehearsal is: what was done beside the statements, and each statement with its outcome.
///
/// @param stages whole sentences, the last one is what is done now
/// @param statements all that will run, in order
/// @param waiting what is waited for, empty for nothing
/// @param stopping whether a person asked it to stop
public record Progress(
        List<String> stages, List<Statement> statements, String waiting, boolean stopping) {
    public Progress {
        stages = List.copyOf(stages);
        statements = List.copyOf(statements);
    }

    /// How one statement stands.
    public enum State {
        WAITING("waiting"),
        RUNNING("running"),
        DONE("done"),
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /// As the log says it.
        public String word() {
            return word;
        }
    }

    /// One statement.
    ///
    /// @param number its number in the migration, from one
    /// @param of how many the migration has
    /// @param took zero before it ran
    /// @param rows how many it changed, when it says
    /// @param error SQLSTATE and the server's sentence, empty when it did not fail
    public record Statement(
            String tag,
            int number,
            int of,
            String sql,
            State state,
            Duration took,
            OptionalLong rows,
            String error) {
        private Statement now(State next, Duration length, OptionalLong changed, String why) {
            return new Statement(tag, number, of, sql, next, length, changed, why);
        }

        private boolean is(Step step) {
            return tag.equals(step.tag()) && number == step.number();
        }

        /// In one sentence.
        public String sentence() {
            var place = tag + ", statement " + number + " of " + of + ", " + state.word();
            return switch (state) {
                case WAITING, RUNNING -> place + ". " + Figures.oneLine(sql);
                case DONE ->
                        place
                                + " in "
                                + Figures.took(took)
                                + (rows.isPresent() ? ", " + Figures.rows(rows.getAsLong()) : "")
                                + ". "
                                + Figures.oneLine(sql);
                case FAILED -> place + " after " + Figures.took(took) + ": " + error;
            };
        }
    }

    /// Before anything is done.
    public static Progress of(List<Migration> pending) {
        var all = new ArrayList<Statement>();
        for (var migration : pending) {
            var statements = migration.statements();
            for (int i = 0; i < statements.size(); i++) {
                all.add(
                        new Statement(
                                migration.tag(),
                                i + 1,
                                statements.size(),
                                statements.get(i).sql(),
                                State.WAITING,
                                Duration.ZERO,
                                OptionalLong.empty(),
                                ""));
            }
        }
        return new Progress(List.of(), all, "", false);
    }

    /// The same, with what begins now.
    public Progress stage(String sentence) {
        var all = new ArrayList<>(stages);
        all.add(sentence);
        return new Progress(all, statements, "", stopping);
    }

    Progress waitingFor(String sentence) {
        return new Progress(stages, statements, sentence, stopping);
    }

    /// The batch begins, perhaps once more: what had run was taken back.
    Progress fromTheStart() {
        return new Progress(
                stages,
                statements.stream()
                        .map(each ->
                                each.now(State.WAITING, Duration.ZERO, OptionalLong.empty(), ""))
                        .toList(),
                waiting,
                stopping);
    }

    /// The same, while `step` runs, which may be one nobody expected.
    public Progress running(Step step) {
        if (statements.stream().noneMatch(one -> one.is(step))) {
            var more = new ArrayList<>(statements);
            more.add(
                    new Statement(
                            step.tag(),
                            step.number(),
                            step.of(),
                            step.sql(),
                            State.WAITING,
                            Duration.ZERO,
                            OptionalLong.empty(),
                            ""));
            return new Progress(stages, more, waiting, stopping).running(step);
        }
        return each(step, one -> one.now(State.RUNNING, Duration.ZERO, OptionalLong.empty(), ""));
    }

    /// The same, after `step` ran.
    public Progress done(Step step, Duration took, OptionalLong rows) {
        return each(step, one -> one.now(State.DONE, took, rows, ""));
    }

    Progress failed(Step step, Duration took, String error) {
        return each(step, one -> one.now(State.FAILED, took, OptionalLong.empty(), error));
    }

    Progress stop() {
        return new Progress(stages, statements, waiting, true);
    }

    private Progress each(Step step, UnaryOperator<Statement> change) {
        return new Progress(
                stages,
                statements.stream().map(one -> one.is(step) ? change.apply(one) : one).toList(),
                "",
                stopping);
    }

    /// What is done now, a whole sentence.
    public String now() {
        if (stopping) {
            return "Stops and removes the branch.";
        }
        if (!waiting.isEmpty()) {
            return waiting;
        }
        return statements.stream()
                .filter(one -> one.state() == State.RUNNING)
                .map(one ->
                        "Runs "
                                + one.tag()
                                + ", statement "
                                + one.number()
                                + " of "
                                + one.of()
                                + ".")
                .findFirst()
                .orElseGet(() -> stages.isEmpty() ? "Begins." : stages.getLast());
    }

    /// What comes after it, a whole sentence.
    public String next() {
        if (stopping) {
            return "Nothing more runs.";
        }
        if (statements.isEmpty()) {
            return "Next: says what that showed, and removes the branch.";
        }
        if (statements.stream().allMatch(one -> one.state() == State.WAITING)) {
            return "Next: runs "
                    + (statements.size() == 1 ? "1 statement" : statements.size() + " statements")
                    + ", checks production's own statements on the new schema, removes the branch.";
        }
        return ended()
                ? "Next: says which order is safe."
                : "Next: checks production's own statements on the new schema, removes the branch.";
    }

    /// Whether the statements are under way: what was done before them is over.
    boolean inStatements() {
        return !ended() && statements.stream().anyMatch(one -> one.state() != State.WAITING);
    }

    private boolean ended() {
        return statements.stream()
                .noneMatch(one -> one.state() == State.WAITING || one.state() == State.RUNNING);
    }

    /// How many statements have run.
    public int count() {
        return (int) statements.stream().filter(one -> one.state() == State.DONE).count();
    }
}
