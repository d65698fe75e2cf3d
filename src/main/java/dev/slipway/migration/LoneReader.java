package dev.slipway.migration;

import dev.slipway.migration.LoneStatement.Goal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells from a statement's words whether PostgreSQL refuses it inside a transaction, and what it
/// makes when it runs alone. The list is that of `PreventInTransactionBlock` in PostgreSQL 18, and the
/// statements that would end the transaction themselves.
final class LoneReader {
    private static final String CONCURRENTLY =
            "CONCURRENTLY does not run inside a transaction (25001).";
    private static final String ANOTHER = "It does not run inside a transaction (25001).";

    private final List<SqlToken> tokens;
    private int at;

    private LoneReader(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /// A statement that runs alone or not at all.
    ///
    /// @param reason what PostgreSQL says inside a transaction; a whole sentence
    /// @param goal what it makes; empty when nobody could see whether it did
    /// @param tolerant whether it is written with IF [NOT] EXISTS
    /// @param advice what to write instead, when there is no goal; a whole sentence
    record Alone(String reason, Optional<Goal> goal, boolean tolerant, String advice) {
        static Alone making(String reason, Goal goal, boolean tolerant) {
            return new Alone(reason, Optional.of(goal), tolerant, "");
        }

        static Alone not(String reason, String advice) {
            return new Alone(reason, Optional.empty(), false, advice);
        }
    }

    /// What `tokens` is; empty when it runs in a transaction.
    static Optional<Alone> of(List<SqlToken> tokens) {
        return new LoneReader(tokens).read();
    }

    private Optional<Alone> read() {
        if (take("create")) {
            return create();
        }
        if (take("drop")) {
            return drop();
        }
        if (take("reindex")) {
            return reindex();
        }
        if (take("alter")) {
            return alter();
        }
        if (take("vacuum")) {
            return Optional.of(vacuum());
        }
        boolean whole = tokens.size() == 1 || (tokens.size() == 2 && tokens.get(1).is("verbose"));
        if (take("cluster") && whole) {
            return outside("CLUSTER each table by itself.");
        }
        if (take("discard") && take("all")) {
            return outside("Leave DISCARD ALL out; a migration has a session of its own.");
        }
        return control();
    }

    /// What begins or ends a transaction, savepoints aside.
    private Optional<Alone> control() {
        boolean ends =
                take("commit")
                        || take("end")
                        || take("abort")
                        || (take("prepare") && take("transaction"))
                        || (take("rollback") && !has("to"));
        return ends || take("begin") || (take("start") && take("transaction"))
                ? Optional.of(
                        Alone.not(
                                "It begins or ends a transaction, and everything pending runs in one.",
                                "Leave it out: what ran before it could not be taken back when what"
                                        + " follows fails, and no ledger row would tell of it."))
                : Optional.empty();
    }

    private Optional<Alone> create() {
        boolean unique = take("unique");
        if (take("index")) {
            if (!take("concurrently")) {
                return Optional.empty();
            }
            boolean tolerant = ifExists();
            if (now("on")) {
                return Optional.of(
                        Alone.not(
                                CONCURRENTLY,
                                "Give the index a name, so that it can be found again."));
            }
            var index = name();
            take("on");
            take("only");
            return Optional.of(Alone.making(CONCURRENTLY, new Goal.Index(index, name()), tolerant));
        }
        return !unique && (now("database") || now("tablespace") || now("subscription"))
                ? outside("Make it by hand, before the release.")
                : Optional.empty();
    }

    private Optional<Alone> drop() {
        if (take("index")) {
            if (!take("concurrently")) {
                return Optional.empty();
            }
            boolean tolerant = ifExists();
            return Optional.of(Alone.making(CONCURRENTLY, new Goal.NoIndex(name()), tolerant));
        }
        return now("database") || now("tablespace") || now("subscription")
                ? outside("Drop it by hand, after the release.")
                : Optional.empty();
    }

    private Optional<Alone> reindex() {
        boolean concurrent = now("concurrently");
        if (at < tokens.size() && tokens.get(at).sign('(')) {
            while (at < tokens.size() && !tokens.get(at).sign(')')) {
                concurrent |= now("concurrently");
                at++;
            }
            at++;
        }
        boolean index = take("index");
        boolean table = !index && take("table");
        concurrent |= take("concurrently");
        if (index || table) {
            if (!concurrent) {
                return Optional.empty();
            }
            var name = name();
            return Optional.of(
                    Alone.making(
                            CONCURRENTLY,
                            index ? new Goal.NewIndex(name) : new Goal.NewIndexes(name),
                            false));
        }
        return outside("Name each table with REINDEX TABLE CONCURRENTLY.");
    }

    private Optional<Alone> alter() {
        if (take("system") || (take("database") && has("tablespace"))) {
            return outside("Change it by hand: it is about the server, not about the schema.");
        }
        if (take("table") && has("detach") && has("concurrently")) {
            take("only");
            var table = name();
            while (at < tokens.size() && !take("detach")) {
                at++;
            }
            take("partition");
            return Optional.of(Alone.making(CONCURRENTLY, new Goal.Detached(table, name()), false));
        }
        return Optional.empty();
    }

    private Alone vacuum() {
        boolean full = has("full");
        while (at < tokens.size()
                && Set.of("full", "freeze", "verbose", "analyze").stream().anyMatch(this::now)) {
            at++;
        }
        if (at < tokens.size() && tokens.get(at).sign('(')) {
            while (at < tokens.size() && !tokens.get(at).sign(')')) {
                at++;
            }
            at++;
        }
        var reason = "VACUUM does not run inside a transaction (25001).";
        if (full) {
            return Alone.not(
                    reason,
                    "Leave VACUUM FULL out of a release: it takes the table away from everybody"
                            + " while it writes it again.");
        }
        if (at >= tokens.size()) {
            return Alone.not(reason, "Name the table.");
        }
        var table = name();
        return has(',') && !has('(')
                ? Alone.not(reason, "Write one VACUUM for each table.")
                : Alone.making(reason, new Goal.Vacuumed(table), false);
    }

    /// What adds a label to an enum, which may run in a transaction that does not use it.
    static Optional<Alone> label(List<SqlToken> tokens) {
        var reader = new LoneReader(tokens);
        if (!reader.take("alter") || !reader.take("type")) {
            return Optional.empty();
        }
        var type = reader.name();
        if (!reader.take("add") || !reader.take("value")) {
            return Optional.empty();
        }
        boolean tolerant = reader.ifExists();
        return reader.at < tokens.size() && tokens.get(reader.at).kind() == SqlToken.Kind.STRING
                ? Optional.of(
                        Alone.making(
                                "A new label may not be used before it is committed (55P04).",
                                new Goal.Label(type, tokens.get(reader.at).text()),
                                tolerant))
                : Optional.empty();
    }

    private static Optional<Alone> outside(String advice) {
        return Optional.of(Alone.not(ANOTHER, advice));
    }

    private boolean ifExists() {
        if (!take("if")) {
            return false;
        }
        take("not");
        return take("exists");
    }

    private boolean now(String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }

    private boolean take(String word) {
        boolean is = now(word);
        if (is) {
            at++;
        }
        return is;
    }

    private boolean has(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    private boolean has(char sign) {
        return tokens.stream().skip(at).anyMatch(token -> token.sign(sign));
    }

    /// The name that begins here, with its schema, as SQL writes it.
    private String name() {
        var name = new StringBuilder();
        while (at < tokens.size() && tokens.get(at).identifier()) {
            name.append(written(tokens.get(at++)));
            if (at >= tokens.size() || !tokens.get(at).sign('.')) {
                break;
            }
            name.append('.');
            at++;
        }
        return name.toString();
    }

    private static String written(SqlToken token) {
        return token.kind() == SqlToken.Kind.QUOTED
                ? LedgerTable.quote(token.text())
                : token.text();
    }
}
