package dev.slipway.migration;

import dev.slipway.migration.LoneReader.Alone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How migrations are carried out: whole ones together in a transaction, as Drizzle does, and what
/// cannot run in one alone and before the rest of its migration. Each part can be seen from outside:
/// a transaction by its ledger rows, a lone statement by what it makes. The order is the written one.
///
/// Pure: the same migrations give the same parts.
///
/// @param parts in order
/// @param untransactional what does not run in Drizzle's one transaction, in order; with one that is
///     refused among them there are no parts
public record RunPlan(List<Part> parts, List<Untransactional> untransactional) {
    public RunPlan {
        parts = List.copyOf(parts);
        untransactional = List.copyOf(untransactional);
    }

    /// What is done at once.
    public sealed interface Part {
        /// Migrations in one transaction, each with its ledger row behind it.
        ///
        /// @param skipped how many statements of the first ran alone before
        record Together(List<Migration> migrations, int skipped) implements Part {
            public Together {
                migrations = List.copyOf(migrations);
            }
        }

        /// One statement outside of a transaction. The ledger row of its migration comes with the
        /// transaction that follows.
        record Apart(Migration migration, LoneStatement statement) implements Part {}
    }

    /// How `pending` is carried out.
    public static RunPlan of(List<Migration> pending) {
        var draft = new Draft();
        pending.forEach(draft::add);
        return draft.plan();
    }

    /// The lone statement `number` of `migration`.
    ///
    /// @throws IllegalArgumentException when that one does not run alone
    public static LoneStatement lone(Migration migration, int number) {
        var statements = migration.statements();
        var tokens = statements.get(number - 1).tokens();
        return LoneReader.of(tokens)
                .or(() -> LoneReader.label(tokens))
                .flatMap(alone -> lone(migration, number, alone))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                migration.tag() + ", statement " + number + " does not run alone"));
    }

    /// Whether all of it runs in one transaction.
    public boolean drizzles() {
        return untransactional.isEmpty();
    }

    /// The statements that nobody runs as they are written.
    public List<Untransactional> refused() {
        return untransactional.stream().filter(Untransactional::refused).toList();
    }

    private static Optional<LoneStatement> lone(Migration migration, int number, Alone alone) {
        var statements = migration.statements();
        return alone.goal()
                .map(goal ->
                        new LoneStatement(
                                migration.tag(),
                                number,
                                statements.size(),
                                statements.get(number - 1).sql(),
                                goal,
                                alone.tolerant()));
    }

    /// A plan that grows.
    private static final class Draft {
        private final List<Part> parts = new ArrayList<>();
        private final List<Untransactional> found = new ArrayList<>();
        private final List<Migration> open = new ArrayList<>();

        /// Labels the open transaction adds, with their migration.
        private final Map<String, String> labels = new HashMap<>();

        /// Types made in this run, which take new labels at once as long as they are not committed.
        private final Set<String> made = new HashSet<>();

        private int skipped;

        void add(Migration migration) {
            var statements = migration.statements();
            var used = new HashMap<>(labels);
            if (statements.stream().anyMatch(this::needsCommit)) {
                close();
            }
            var types = new HashSet<>(made);
            var read = statements.stream().map(statement -> new Read(statement, types)).toList();
            int leading = leading(migration, read, used);
            if (leading > 0) {
                close();
                skipped = leading;
            }
            for (int i = 0; i < leading; i++) {
                var number = i + 1;
                read.get(i)
                        .alone()
                        .flatMap(alone -> lone(migration, number, alone))
                        .ifPresent(each -> parts.add(new Part.Apart(migration, each)));
            }
            open.add(migration);
            made.addAll(types);
            read.stream()
                    .skip(leading)
                    .flatMap(each -> each.label().stream())
                    .forEach(label -> labels.put(label, migration.tag()));
        }

        /// Whether what is open has to be committed before `statement` runs.
        private boolean needsCommit(SqlStatement statement) {
            var read = new Read(statement, new HashSet<>(made));
            return read.outside().isPresent()
                    || (!read.onlyNames() && read.strings().stream().anyMatch(labels::containsKey));
        }

        RunPlan plan() {
            close();
            return found.stream().anyMatch(Untransactional::refused)
                    ? new RunPlan(List.of(), found)
                    : new RunPlan(parts, found);
        }

        private void close() {
            if (!open.isEmpty()) {
                parts.add(new Part.Together(open, skipped));
                open.clear();
            }
            skipped = 0;
            labels.clear();
            made.clear();
        }

        /// How many statements at the beginning of `migration` run alone.
        ///
        /// @param used labels that were added before it without a commit in between
        private int leading(Migration migration, List<Read> read, Map<String, String> used) {
            int free = 0;
            while (free < read.size() && read.get(free).canBeAlone()) {
                free++;
            }
            int last = 0;
            for (int i = 0; i < read.size(); i++) {
                var each = read.get(i);
                int index = i;
                // Behind others it stays where it is: a string of the same letters need not be the
                // label, which only the server knows.
                boolean movable = index < free;
                var alone =
                        each.outside()
                                .map(Alone::reason)
                                .or(() ->
                                        movable
                                                ? usedBelow(migration.tag(), index, read)
                                                : Optional.empty());
                if (alone.isPresent()) {
                    name(migration, i, each, alone.get(), remedy(migration.tag(), i, free, each));
                    last = i + 1;
                } else {
                    added(each, used).ifPresent(reason -> name(migration, index, each, reason, ""));
                }
            }
            return last;
        }

        private void name(Migration migration, int index, Read each, String reason, String remedy) {
            found.add(
                    new Untransactional(
                            migration.tag(), index + 1, each.statement().sql(), reason, remedy));
        }

        /// Why what came before has to be committed.
        private static Optional<String> added(Read each, Map<String, String> labels) {
            return each.onlyNames()
                    ? Optional.empty()
                    : each.strings().stream()
                            .filter(labels::containsKey)
                            .findFirst()
                            .map(label ->
                                    "It uses the label '"
                                            + label
                                            + "', which "
                                            + labels.get(label)
                                            + " adds in the same run; PostgreSQL wants that committed"
                                            + " first (55P04).");
        }

        private static String remedy(String tag, int index, int free, Read each) {
            if (each.alone().flatMap(Alone::goal).isEmpty()) {
                return each.outside().map(Alone::advice).orElse("");
            }
            return index < free
                    ? ""
                    : "It stands behind statements that run in a transaction, of which no ledger row"
                            + " would tell when Slipway ended between them. Split "
                            + tag
                            + ": move statement "
                            + (index + 1)
                            + " to a migration of its own behind it.";
        }

        /// Why a label must be committed before its own migration goes on.
        private static Optional<String> usedBelow(String tag, int index, List<Read> read) {
            return read.get(index)
                    .label()
                    .filter(label ->
                            read.stream()
                                    .skip(index + 1)
                                    .filter(each -> !each.onlyNames())
                                    .anyMatch(each -> each.strings().contains(label)))
                    .map(label ->
                            "It adds the label '"
                                    + label
                                    + "', which "
                                    + tag
                                    + " uses below; PostgreSQL wants that committed first (55P04).");
        }
    }

    /// A statement, read.
    ///
    /// @param outside what it is when PostgreSQL refuses it in a transaction
    /// @param adding what it is when it adds a label to a type of before this transaction
    private record Read(SqlStatement statement, Optional<Alone> outside, Optional<Alone> adding) {
        /// @param made types of this transaction; a type that is made is added
        Read(SqlStatement statement, Set<String> made) {
            this(
                    statement,
                    LoneReader.of(statement.tokens()),
                    type(statement, "alter").filter(made::contains).isPresent()
                            ? Optional.empty()
                            : LoneReader.label(statement.tokens()));
            type(statement, "create").ifPresent(made::add);
        }

        Optional<Alone> alone() {
            return outside.or(() -> adding);
        }

        boolean canBeAlone() {
            return alone().flatMap(Alone::goal).isPresent();
        }

        Optional<String> label() {
            return adding.flatMap(Alone::goal)
                    .map(goal ->
                            goal instanceof LoneStatement.Goal.Label(_, var label) ? label : "");
        }

        /// Whether its strings are labels it makes, of whatever type, so that none is used.
        boolean onlyNames() {
            return LoneReader.label(statement.tokens()).isPresent()
                    || type(statement, "create").isPresent();
        }

        Set<String> strings() {
            return statement.tokens().stream()
                    .filter(token -> token.kind() == SqlToken.Kind.STRING)
                    .map(SqlToken::text)
                    .collect(Collectors.toSet());
        }

        /// The name of the type a statement makes or changes, without its schema.
        private static Optional<String> type(SqlStatement statement, String verb) {
            var tokens = statement.tokens();
            if (tokens.size() < 4 || !tokens.getFirst().is(verb) || !tokens.get(1).is("type")) {
                return Optional.empty();
            }
            return Optional.of(
                    tokens.get(tokens.get(3).sign('.') && tokens.size() > 4 ? 4 : 2).text());
        }
    }
}
