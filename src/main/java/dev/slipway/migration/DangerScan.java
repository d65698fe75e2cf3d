package dev.slipway.migration;

import dev.slipway.migration.Danger.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds what in pending migrations breaks live code, destroys or rewrites data, cannot run, or cannot
/// be judged by reading. It knows only the text of the migrations, so it is careful: what it cannot
/// place it names. What the same batch made is free to change.
public final class DangerScan {
    private static final Set<String> HARMLESS =
            Set.of(
                    "set",
                    "reset",
                    "show",
                    "comment",
                    "analyze",
                    "security",
                    "grant",
                    "revoke",
                    "lock",
                    "notify",
                    "refresh",
                    "table",
                    "values");
    private static final Set<String> TRANSACTION =
            Set.of(
                    "begin",
                    "start",
                    "commit",
                    "end",
                    "rollback",
                    "abort",
                    "savepoint",
                    "release",
                    "prepare");
    private static final Set<String> OUTSIDE = Set.of("vacuum", "reindex", "cluster", "checkpoint");

    /// Functions of PostgreSQL a SELECT may call without doing anything to tables.
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "setval",
                    "nextval",
                    "currval",
                    "set_config",
                    "current_setting",
                    "pg_get_serial_sequence",
                    "coalesce",
                    "max",
                    "min",
                    "count",
                    "now",
                    "greatest",
                    "least",
                    "exists",
                    "pg_advisory_xact_lock",
                    "hashtext",
                    "to_regclass",
                    "version");

    private final Inventory inventory = new Inventory();
    private final List<Danger> found = new ArrayList<>();

    private DangerScan() {}

    /// What is found in `pending`, in order.
    ///
    /// @param applied what ran before, in order; it says which tables exist
    public static List<Danger> of(List<Migration> applied, List<Migration> pending) {
        var scan = new DangerScan();
        applied.forEach(scan::scan);
        scan.found.clear();
        scan.inventory.beginBatch(applied.isEmpty());
        for (var migration : pending) {
            scan.inventory.beginFile();
            scan.found.addAll(Deception.in(migration));
            scan.scan(migration);
        }
        scan.replaced(pending);
        return scan.found.stream().distinct().toList();
    }

    private void scan(Migration migration) {
        int number = 0;
        for (var statement : migration.statements()) {
            number++;
            scan(new Finder(migration.tag(), number), statement.tokens(), false);
        }
    }

    /// Notes findings of one statement.
    final class Finder {
        private final String tag;
        private final int statement;

        private Finder(String tag, int statement) {
            this.tag = tag;
            this.statement = statement;
        }

        /// @param what completes the sentence that begins with the place
        void add(Kind kind, String object, String what) {
            found.add(
                    new Danger(
                            tag,
                            statement,
                            kind,
                            object,
                            tag + ", statement " + statement + ": " + what + "."));
        }
    }

    /// A trigger or policy that is dropped to be created again is no drop.
    private void replaced(List<Migration> pending) {
        found.removeIf(danger ->
                danger.kind() == Kind.DROPS
                        && (danger.object().startsWith("trigger ")
                                || danger.object().startsWith("policy ")
                                || danger.object().startsWith("rule "))
                        && pending.stream()
                                .filter(each -> each.tag().equals(danger.tag()))
                                .flatMap(
                                        each -> each.statements().stream().skip(danger.statement()))
                                .anyMatch(each -> creates(each, danger.object())));
    }

    private static boolean creates(SqlStatement statement, String object) {
        var cursor = new SqlCursor(statement.tokens());
        if (!cursor.take("create")) {
            return false;
        }
        cursor.take("or", "replace");
        cursor.take("constraint");
        var kind = cursor.next().text();
        return object.equals(kind + " " + cursor.name().orElse("") + on(cursor));
    }

    private static String on(SqlCursor cursor) {
        while (!cursor.done() && !cursor.take("on")) {
            cursor.next();
        }
        return " on " + cursor.name().orElse("?");
    }

    private void scan(Finder finder, List<SqlToken> tokens, boolean perhaps) {
        var cursor = new SqlCursor(tokens);
        if (tokens.stream().anyMatch(token -> token.kind() == SqlToken.Kind.UNCLOSED)) {
            finder.add(Kind.CANNOT_TELL, "", "a quote or comment is never closed");
        }
        var head = cursor.next();
        switch (head.kind() == SqlToken.Kind.WORD ? head.text() : head.text() + " ") {
            case "create" -> create(finder, cursor, perhaps);
            case "alter" -> alter(finder, cursor);
            case "drop" -> drop(finder, cursor);
            case "truncate" -> truncate(finder, cursor);
            case "delete", "update", "insert", "merge", "with", "select", "perform", "explain" ->
                    rows(finder, tokens);
            case "do" -> block(finder, cursor);
            case "call", "execute" ->
                    finder.add(
                            Kind.CANNOT_TELL,
                            cursor.peek().text(),
                            "runs code whose effect shows only when it runs");
            case "copy" -> copy(finder, cursor);
            case "import", "load", "discard", "listen", "unlisten", "declare", "fetch", "close" ->
                    finder.add(Kind.CANNOT_TELL, head.text(), "uses " + upper(head));
            case "\\ " -> finder.add(Kind.CANNOT_RUN, "\\", "is a command of psql, not SQL");
            default -> other(finder, head, tokens);
        }
    }

    private void other(Finder finder, SqlToken head, List<SqlToken> tokens) {
        if (TRANSACTION.contains(head.text())) {
            finder.add(
                    Kind.CANNOT_RUN,
                    head.text(),
                    "controls the transaction ("
                            + upper(head)
                            + "), which would tear the batch apart");
        } else if (OUTSIDE.contains(head.text())) {
            finder.add(Kind.CANNOT_RUN, head.text(), upper(head) + " cannot run in a transaction");
        } else if (!HARMLESS.contains(head.text())) {
            finder.add(
                    Kind.CANNOT_TELL, head.text(), "begins with " + upper(head) + ", unknown here");
        } else if (tokens.stream()
                        .anyMatch(token -> token.text().equals("standard_conforming_strings"))
                && tokens.stream().noneMatch(token -> token.text().equals("on"))) {
            finder.add(Kind.CANNOT_TELL, "standard_conforming_strings", "changes how SQL is read");
        }
    }

    private static String upper(SqlToken token) {
        return token.text().toUpperCase(java.util.Locale.ROOT);
    }

    private void create(Finder finder, SqlCursor cursor, boolean perhapsAll) {
        // What may only be replaced was perhaps there before.
        boolean replaces = cursor.take("or", "replace");
        boolean unique = cursor.take("unique");
        while (cursor.takeOne(
                "global",
                "local",
                "temp",
                "temporary",
                "unlogged",
                "recursive",
                "materialized",
                "foreign",
                "trusted",
                "constraint",
                "event",
                "default")) {
            // The kind of thing follows.
        }
        var kind = cursor.next().text();
        boolean concurrently = cursor.take("concurrently");
        if (concurrently || kind.equals("database") || kind.equals("tablespace")) {
            finder.add(
                    Kind.CANNOT_RUN,
                    cursor.peek().text(),
                    concurrently
                            ? "builds an index CONCURRENTLY, which cannot run in a transaction"
                            : "creates a " + kind + ", which cannot run in a transaction");
            return;
        }
        boolean perhaps = cursor.take("if", "not", "exists") || replaces || perhapsAll;
        if (unique || kind.equals("index")) {
            return;
        }
        if (kind.equals("rule")) {
            finder.add(Kind.CANNOT_TELL, "rule", "creates a rule, which rewrites other statements");
            return;
        }
        var name = cursor.name();
        name.ifPresent(each -> inventory.create(kind, each, perhaps));
        if (kind.equals("function") || kind.equals("procedure")) {
            body(finder, name.orElse("?"), cursor.rest());
        }
    }

    /// A routine does nothing before it is called, but one that builds its SQL as it goes cannot be
    /// read when it is.
    private static void body(Finder finder, String name, List<SqlToken> tokens) {
        boolean dynamic =
                tokens.stream()
                        .filter(token -> token.kind() == SqlToken.Kind.STRING)
                        .flatMap(token -> SqlStatement.split(token.text()).stream())
                        .anyMatch(statement -> executes(statement.tokens()));
        if (dynamic) {
            finder.add(
                    Kind.CANNOT_TELL,
                    name,
                    "creates routine " + name + ", which runs SQL it puts together itself");
        }
    }

    private static boolean executes(List<SqlToken> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            var next = i + 1 < tokens.size() ? tokens.get(i + 1) : tokens.get(i);
            if (tokens.get(i).is("execute") && !next.is("function") && !next.is("procedure")) {
                return true;
            }
        }
        return false;
    }

    private void alter(Finder finder, SqlCursor cursor) {
        cursor.takeOne("foreign", "materialized", "event");
        var kind = cursor.next().text();
        cursor.take("if", "exists");
        cursor.take("only");
        switch (kind) {
            case "table", "view" -> {
                if (cursor.take("all", "in", "tablespace")) {
                    return;
                }
                var table = cursor.name().orElse("?");
                cursor.takeSign('*');
                new AlterTable(kind, table, inventory, finder).judge(cursor);
            }
            case "type", "domain" -> alterType(finder, kind, cursor);
            case "index", "default", "extension", "statistics", "publication" -> {}
            case "system", "database", "tablespace", "subscription" ->
                    finder.add(Kind.CANNOT_TELL, kind, "changes more than the schema: " + kind);
            default -> {
                var name = cursor.name().orElse("?");
                if (moves(cursor.rest()) && !inventory.fresh(kind, name)) {
                    finder.add(Kind.RENAMES, name, "renames or moves " + kind + " " + name);
                }
            }
        }
    }

    private static boolean moves(List<SqlToken> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("rename")
                    || (tokens.get(i).is("schema") && i > 0 && tokens.get(i - 1).is("set"))) {
                return true;
            }
        }
        return false;
    }

    private void alterType(Finder finder, String kind, SqlCursor cursor) {
        var name = cursor.name().orElse("?");
        if (cursor.take("add", "value")) {
            return;
        }
        boolean fresh = inventory.fresh(kind, name);
        if (cursor.take("rename", "value")) {
            if (!fresh) {
                finder.add(Kind.RENAMES, name, "renames a value of type " + name);
            }
        } else if (cursor.take("alter", "attribute")) {
            if (!fresh) {
                finder.add(Kind.RETYPES, name, "changes an attribute of type " + name);
            }
        } else if (kind.equals("domain") && cursor.take("set", "not", "null")) {
            if (!fresh) {
                finder.add(Kind.REQUIRES, name, "makes domain " + name + " NOT NULL");
            }
        } else if (!cursor.take("set", "default") && !cursor.take("drop", "not")) {
            new AlterTable(kind, name, inventory, finder).judge(cursor);
        }
    }

    private void drop(Finder finder, SqlCursor cursor) {
        cursor.takeOne("materialized", "foreign", "event");
        var kind = cursor.next().text();
        boolean concurrently = cursor.take("concurrently");
        cursor.take("if", "exists");
        if (concurrently) {
            finder.add(
                    Kind.CANNOT_RUN,
                    cursor.peek().text(),
                    "drops an index CONCURRENTLY, which cannot run in a transaction");
        }
        switch (kind) {
            case "index", "statistics" -> {}
            case "owned" -> finder.add(Kind.DROPS, kind, "drops all that a role owns");
            case "trigger", "policy", "rule" -> {
                var name = kind + " " + cursor.name().orElse("?") + on(cursor);
                var table = name.substring(name.lastIndexOf(" on ") + 4);
                if (!inventory.fresh("table", table)) {
                    finder.add(Kind.DROPS, name, "drops " + name);
                }
            }
            default -> {
                while (!cursor.done()) {
                    var item = new SqlCursor(cursor.item());
                    var name = item.name().orElse("?");
                    if (!inventory.fresh(kind, name)) {
                        finder.add(Kind.DROPS, name, "drops " + kind + " " + name);
                    }
                    inventory.drop(kind, name);
                }
            }
        }
    }

    private void truncate(Finder finder, SqlCursor cursor) {
        cursor.take("table");
        cursor.take("only");
        while (!cursor.done()) {
            var table = new SqlCursor(cursor.item()).name().orElse("?");
            if (!inventory.emptyTable(table)) {
                finder.add(Kind.DELETES_ROWS, table, "empties table " + table);
            }
        }
    }

    private static void copy(Finder finder, SqlCursor cursor) {
        boolean program = cursor.rest().stream().anyMatch(token -> token.is("program"));
        finder.add(
                Kind.CANNOT_RUN,
                cursor.name().orElse(""),
                program ? "runs a program on the server" : "copies data Slipway cannot send");
    }

    /// Finds what a statement does to rows, wherever in it: a WITH may hide a DELETE.
    private void rows(Finder finder, List<SqlToken> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            var cursor = new SqlCursor(tokens.subList(i, tokens.size()));
            var before = i == 0 ? ";" : tokens.get(i - 1).text();
            if (cursor.take("delete", "from")) {
                cursor.take("only");
                change(finder, Kind.DELETES_ROWS, "deletes rows of ", cursor);
            } else if (cursor.take("merge", "into")) {
                cursor.take("only");
                change(finder, Kind.CHANGES_ROWS, "merges rows into ", cursor);
            } else if (!before.equals("for")
                    && !before.equals("key")
                    && !before.equals("on")
                    && !before.equals("do")
                    && cursor.take("update")) {
                cursor.take("only");
                update(finder, cursor);
            } else if (cursor.take("insert", "into")) {
                upsert(finder, cursor);
            }
        }
        calls(finder, tokens);
    }

    private void change(Finder finder, Kind kind, String what, SqlCursor cursor) {
        var table = cursor.name().orElse("?");
        if (!inventory.emptyTable(table)) {
            finder.add(kind, table, what + table);
        }
    }

    /// An UPDATE that sets only columns of this batch fills what no live code reads.
    private void update(Finder finder, SqlCursor cursor) {
        var table = cursor.name().orElse("?");
        while (!cursor.done() && !cursor.take("set")) {
            cursor.next();
        }
        var set = new ArrayList<String>();
        boolean plain = true;
        while (!cursor.done()) {
            var item = new SqlCursor(cursor.item());
            plain &= item.peek().identifier() && item.peek(1).sign('=');
            set.add(item.next().text());
            if (item.rest().stream().anyMatch(token -> token.is("from") || token.is("where"))) {
                // Commas behind these belong to other lists.
                break;
            }
        }
        if (!plain
                || set.isEmpty()
                || !set.stream().allMatch(column -> inventory.freshColumn(table, column))) {
            finder.add(Kind.CHANGES_ROWS, table, "changes rows of " + table);
        }
    }

    private void upsert(Finder finder, SqlCursor cursor) {
        var table = cursor.name().orElse("?");
        while (!cursor.done()) {
            if (cursor.take("do", "update") && !inventory.fresh("table", table)) {
                finder.add(Kind.CHANGES_ROWS, table, "changes rows of " + table + " it finds");
            }
            cursor.next();
        }
    }

    /// A bare SELECT is run for what its functions do.
    private static void calls(Finder finder, List<SqlToken> tokens) {
        if (!tokens.getFirst().is("select") && !tokens.getFirst().is("perform")) {
            return;
        }
        for (int i = 0; i + 1 < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.identifier()
                    && tokens.get(i + 1).sign('(')
                    && !SqlWords.BEFORE_PARENTHESIS.contains(token.text())
                    && !FUNCTIONS.contains(token.text())) {
                finder.add(
                        Kind.CANNOT_TELL,
                        token.text(),
                        "calls " + token.text() + ", whose effect shows only when it runs");
            }
        }
    }

    private void block(Finder finder, SqlCursor cursor) {
        var language = "plpgsql";
        var body = new ArrayList<String>();
        while (!cursor.done()) {
            if (cursor.take("language")) {
                language = cursor.next().text();
            } else {
                var token = cursor.next();
                if (token.kind() == SqlToken.Kind.STRING) {
                    body.add(token.text());
                }
            }
        }
        if (!language.equals("plpgsql") || body.size() != 1) {
            finder.add(Kind.CANNOT_TELL, "DO", "runs a block of " + language);
            return;
        }
        for (var statement : PlpgsqlBlock.statements(body.getFirst())) {
            if (statement.getFirst().is("execute")) {
                finder.add(Kind.CANNOT_TELL, "DO", "runs SQL a block puts together itself");
            } else {
                scan(finder, statement, true);
            }
        }
    }
}
