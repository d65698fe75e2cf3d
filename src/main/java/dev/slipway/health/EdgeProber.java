package dev.slipway.health;

import dev.slipway.health.Probe.Answer;
import dev.slipway.health.Probe.Outcome;
import dev.slipway.http.EdgeClient;
import dev.slipway.stack.HealthShape;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks Workers over HTTP, where the world's edge is, and judges the answer by the stack's shape.
public final class EdgeProber implements Prober {
    /// Cloudflare answers a request with this header by the named version, even one at 0 %, as long
    /// as it is part of the live deployment.
    private static final String OVERRIDE = "Cloudflare-Workers-Version-Overrides";

    private static final Set<String> WELL = Set.of("ok", "healthy", "pass", "up");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EdgeClient edge;

    public EdgeProber(EdgeClient edge) {
        this.edge = edge;
    }

    @Override
    public Probe probe(Question question) {
        var headers =
                question.pinned()
                        .map(v -> Map.of(OVERRIDE, question.script() + "=\"" + v + "\""))
                        .orElse(Map.of());
        return switch (edge.get(question.hostname(), question.shape().path(), headers)) {
            case EdgeClient.Probe.Silent silent ->
                    new Probe(
                            silent.at(),
                            question.worker(),
                            question.hostname(),
                            question.pinned(),
                            Outcome.UNREACHABLE,
                            0,
                            silent.took(),
                            Optional.empty(),
                            words(silent.reason()));
            case EdgeClient.Probe.Answered answered -> judged(question, answered);
        };
    }

    private static String words(EdgeClient.Reason reason) {
        return switch (reason) {
            case NAME -> "the name does not resolve";
            case REFUSED -> "the connection was refused";
            case TLS -> "no trusted TLS connection";
            case TIMEOUT -> "no answer in time";
            case BROKEN -> "the connection broke";
        };
    }

    private static Probe judged(Question question, EdgeClient.Probe.Answered answered) {
        var answer = read(question.shape(), answered);
        var finding = finding(question, answered, answer);
        return new Probe(
                answered.at(),
                question.worker(),
                question.hostname(),
                question.pinned(),
                finding.outcome(),
                answered.status(),
                answered.took(),
                answer,
                finding.detail());
    }

    private record Finding(Outcome outcome, String detail) {}

    private static Finding finding(
            Question question, EdgeClient.Probe.Answered answered, Optional<Answer> answer) {
        if (answered.fromCache()) {
            return new Finding(Outcome.CACHED, "the answer came from a cache");
        }
        if (answered.status() != 200) {
            return new Finding(
                    Outcome.FAILING,
                    answer.map(Answer::status).filter(s -> !s.isEmpty()).orElse("not well"));
        }
        if (answer.isEmpty()) {
            return new Finding(Outcome.FAILING, "the answer is no health answer");
        }
        var said = answer.get();
        if (!WELL.contains(said.status().toLowerCase(Locale.ROOT))) {
            return new Finding(Outcome.FAILING, "it says " + said.status());
        }
        if (!said.connected()) {
            return new Finding(Outcome.FAILING, "its database is not connected");
        }
        if (said.versionId().isEmpty()) {
            return new Finding(Outcome.NO_VERSION, "it does not say which version it is");
        }
        if (question.expected().isPresent()
                && !question.expected().get().equals(said.versionId().get())) {
            return new Finding(Outcome.OTHER_VERSION, "another version answered");
        }
        return new Finding(
                Outcome.HEALTHY, question.expected().isPresent() ? "version echoed" : "");
    }

    private static Optional<Answer> read(HealthShape shape, EdgeClient.Probe.Answered answered) {
        try {
            var tree = JSON.readTree(answered.body());
            if (tree == null || !tree.isObject()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Answer(
                            text(tree, shape.status()).orElse(""),
                            text(tree, shape.versionId()),
                            text(tree, shape.versionTag()),
                            tree.at(shape.databaseConnected()).asBoolean(false),
                            text(tree, shape.databaseLatest()),
                            text(tree, shape.databaseBranch())));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode tree, String pointer) {
        var value = tree.at(pointer);
        return value.isString() && !value.stringValue().isEmpty()
                ? Optional.of(value.stringValue())
                : value.isNumber() ? Optional.of(value.asString()) : Optional.empty();
    }
}
