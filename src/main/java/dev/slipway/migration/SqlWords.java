package dev.slipway.migration;

import java.util.Set;

/// Words of SQL that stand before a parenthesis without being a function.
final class SqlWords {
    static final Set<String> BEFORE_PARENTHESIS =
            Set.of(
                    "select",
                    "in",
                    "and",
                    "or",
                    "not",
                    "from",
                    "where",
                    "as",
                    "on",
                    "using",
                    "when",
                    "then",
                    "else",
                    "any",
                    "all",
                    "some",
                    "values",
                    "by",
                    "case",
                    "distinct",
                    "over",
                    "filter",
                    "with",
                    "join",
                    "union",
                    "except",
                    "intersect",
                    "having",
                    "lateral",
                    "between",
                    "like",
                    "is",
                    "return",
                    "if",
                    "varchar",
                    "char",
                    "numeric",
                    "decimal",
                    "timestamp",
                    "time",
                    "bit",
                    "limit",
                    "offset",
                    "row",
                    "array",
                    "interval",
                    "perform");

    private SqlWords() {}
}
