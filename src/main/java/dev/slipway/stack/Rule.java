package dev.slipway.stack;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a value must look like. The complaint completes the sentence that begins with the key and
/// its value.
@FunctionalInterface
interface Rule {
    /// What is wrong with `value`, empty when nothing is.
    Optional<String> complaint(String value);

    Rule REPOSITORY =
            shape("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}", "must be owner/name");

    /// The same word in another case or script must not name another environment, so only one way
    /// to write it exists.
    Rule ENVIRONMENT =
            shape(
                    "[a-z][a-z0-9-]{0,39}",
                    "must be a to z, 0 to 9 and -, at most 40, beginning with a letter");

    Rule NAME = shape("[a-z0-9][a-z0-9-]{0,39}", "must be a to z, 0 to 9 and -, at most 40");
    Rule SCRIPT = shape("[a-z0-9_][a-z0-9_-]{0,62}", "must be a to z, 0 to 9, - and _, at most 63");
    Rule PROJECT = shape("[a-z0-9][a-z0-9-]{0,59}", "must be the id of a Neon project");
    Rule ACCOUNT = shape("[0-9a-f]{32}", "must be 32 hexadecimal digits");
    Rule SECRET = shape("[A-Za-z_][A-Za-z0-9_]{0,127}", "must be letters, digits and _");
    Rule GATE = shape("[a-z][a-z0-9-]{0,39}", "must be the id of a gate, a to z, 0 to 9 and -");
    Rule POINTER = shape("(/([^~/\\p{Cntrl}]|~[01])+)+", "must be a JSON pointer like /version/id");
    Rule URL_PATH = shape("/[!-~&&[^#]]*", "must be a path that begins with /");
    Rule WORKFLOW =
            shape(
                    "(\\.github/workflows/)?[A-Za-z0-9._-]+\\.ya?ml",
                    "must be a file of .github/workflows that ends in .yml or .yaml");

    /// A name PostgreSQL keeps whole; longer ones it cuts without a word.
    Rule IDENTIFIER =
            value ->
                    foreign(value)
                            .or(() ->
                                    value.length() > 63 || !value.strip().equals(value)
                                            ? Optional.of(
                                                    "must be at most 63 characters without"
                                                            + " space around them")
                                            : Optional.empty());

    /// https://git-scm.com/docs/git-check-ref-format
    Rule BRANCH =
            value ->
                    foreign(value)
                            .or(() ->
                                    value.length() > 200
                                                    || value.contains("..")
                                                    || value.contains("//")
                                                    || value.contains("@{")
                                                    || value.endsWith(".lock")
                                                    || !value.matches(
                                                            "[!-~&&[^~^:?*\\[\\\\/.-]]"
                                                                    + "([!-~&&[^~^:?*\\[\\\\]]*[!-~&&[^~^:?*\\[\\\\/.]])?")
                                            ? Optional.of("is not the name of a Git branch")
                                            : Optional.empty());

    Rule FOLDER =
            value -> {
                if (value.startsWith("/") || value.contains("\\") || value.contains(":")) {
                    return Optional.of(
                            "must be a path in the repository, with / between its parts and not"
                                    + " before them");
                }
                for (var part : value.replaceFirst("/$", "").split("/", -1)) {
                    if (part.equals("..") || part.isEmpty()) {
                        return Optional.of(
                                part.isEmpty()
                                        ? "has an empty part"
                                        : "leaves the repository with ..");
                    }
                }
                return foreign(value);
            };

    Rule HOSTNAME =
            value -> {
                if (value.startsWith("http:") || value.startsWith("https:")) {
                    return Optional.of("must be a hostname without https://");
                }
                if (value.length() > 253
                        || !value.matches(
                                "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+"
                                        + "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
                    return Optional.of("must be a hostname in lower case" + hint(value));
                }
                return Optional.empty();
            };

    private static String hint(String value) {
        try {
            var ascii = IDN.toASCII(value.toLowerCase(Locale.ROOT));
            return ascii.equals(value) || ascii.isEmpty() ? "" : "; did you mean " + ascii + "?";
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// A value that fits `pattern` as a whole.
    static Rule shape(String pattern, String otherwise) {
        var compiled = Pattern.compile(pattern);
        return value ->
                compiled.matcher(value).matches()
                        ? Optional.empty()
                        : foreign(value).or(() -> Optional.of(otherwise));
    }

    /// Names the characters outside printable ASCII: they look like others or like nothing.
    static Optional<String> foreign(String value) {
        var found =
                value.codePoints()
                        .filter(c -> c < 0x20 || c > 0x7E)
                        .distinct()
                        .limit(5)
                        .mapToObj(Rule::codePoint)
                        .collect(Collectors.joining(", "));
        return found.isEmpty() ? Optional.empty() : Optional.of("must not contain " + found);
    }

    private static String codePoint(int c) {
        var name = Character.getName(c);
        return "U+%04X".formatted(c) + (name == null ? "" : " (" + name + ")");
    }
}
