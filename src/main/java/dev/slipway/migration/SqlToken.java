package dev.slipway.migration;

/// A word, literal or sign of SQL. Comments and white space are no tokens.
///
/// @param text a word in lower case, a quoted identifier and a string without quotes, else as written
/// @param start offset of its first character
/// @param end offset behind its last
public record SqlToken(Kind kind, String text, int start, int end) {
    /// What it is.
    public enum Kind {
        /// A keyword or an identifier without quotes.
        WORD,
        /// An identifier in double quotes.
        QUOTED,
        /// A string in single quotes or between dollar tags.
        STRING,
        NUMBER,
        SIGN,
        /// A quote or comment that is never closed.
        UNCLOSED
    }

    /// Whether this is the keyword `word`; a quoted identifier never is.
    public boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /// Whether this is the sign `sign`.
    public boolean sign(char sign) {
        return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    /// Whether it names something.
    public boolean identifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }
}
