package dev.slipway.http;

import dev.slipway.domain.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/// Masks what must not be seen in a text that is about to be kept or shown: every secret it was
/// told of, in the forms a text may hold it, and everything that looks like one. A second net: the
/// first is that secrets are of a type that prints as dots.
///
/// Safe for many threads.
public final class Redaction {
    private static final String DOTS = "•••";

    /// A shorter value would mask ordinary words.
    private static final int SHORTEST = 6;

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            "(?i)\\b(authorization|proxy-authorization|cookie|set-cookie"
                                    + "|x-auth-key)(\"?\\s*[:=]\\s*)(?:\"[^\"]*\"|[^\\r\\n]+)",
                            "$1$2" + DOTS),
                    new Rule(
                            "(?i)\\b(bearer|token)\\s+(?=\\S*\\d)[A-Za-z0-9._~+/=-]{8,}",
                            "$1 " + DOTS),
                    new Rule("\\b(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{8,}", DOTS),
                    new Rule("\\b(?:napi_|npg_)[A-Za-z0-9]{8,}", DOTS),
                    new Rule("\\bcf(?:ut|at|k)_[A-Za-z0-9_-]{8,}", DOTS),
                    new Rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", DOTS),
                    // Tried once for each run of such characters: a file in Base64 is one long run.
                    new Rule(
                            "(?<![a-zA-Z0-9+.-])([a-zA-Z0-9+.-]++://[^\\s/:@\"']*:)[^\\s/\"']+@",
                            "$1" + DOTS + "@"),
                    new Rule(
                            "(?i)(\"(?:password|passwd|pwd|secret|token|api_?key"
                                    + "|connection_uri)\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*\"",
                            "$1" + DOTS + "\""),
                    new Rule(
                            "(?i)\\b(password|passwd|pwd|secret|access_token|api_?key)=[^\\s&\"']+",
                            "$1=" + DOTS));

    private final Set<String> known =
            new ConcurrentSkipListSet<>(
                    java.util.Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(java.util.Comparator.naturalOrder()));

    private record Rule(Pattern pattern, String replacement) {
        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    /// Knows nothing yet beyond what secrets look like.
    public Redaction() {}

    /// Knows `secrets`.
    public Redaction(Collection<Secret> secrets) {
        secrets.forEach(this::learn);
    }

    /// From now on masks `secret`, also in its percent-encoded, Base64 and JSON-escaped forms.
    public void learn(Secret secret) {
        var value = secret.reveal();
        if (value.length() < SHORTEST) {
            return;
        }
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        known.add(value);
        known.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        known.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        known.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        known.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        var quoted = new String(Json.write(value), StandardCharsets.UTF_8);
        known.add(quoted.substring(1, quoted.length() - 1));
    }

    /// `text` with dots in place of every secret.
    public String mask(String text) {
        var masked = text;
        for (var value : known) {
            masked = masked.replace(value, DOTS);
        }
        for (var rule : RULES) {
            masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
        }
        return masked;
    }
}
