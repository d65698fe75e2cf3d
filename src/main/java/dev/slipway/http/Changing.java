package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/// Sends changes: once, announced before the first byte, and judged only by a whole answer.
final class Changing {
    private static final int EXCERPT = 4_096;

    private final World world;
    private final Ledger ledger;
    private final Redaction redaction;
    private final Exchange exchange;
    private final Turnstile turnstile;

    Changing(World world, Ledger ledger, Redaction redaction) {
        this.world = world;
        this.ledger = ledger;
        this.redaction = redaction;
        this.exchange = new Exchange(Clients.changing(world, Changing::announce), ledger.clock());
        this.turnstile = new Turnstile(world.bounds()::gap);
    }

    /// One change on its way.
    private static final class Journey {
        private final Wire.Listener listener;
        private final Wire.Sent sent;
        private boolean left;

        Journey(Wire.Listener listener, Wire.Sent sent) {
            this.listener = listener;
            this.sent = sent;
        }
    }

    private static Response announce(Interceptor.Chain chain) throws IOException {
        var journey = chain.request().tag(Journey.class);
        if (journey == null || journey.left) {
            throw new IllegalStateException("a change was about to be sent a second time");
        }
        journey.listener.sending(journey.sent);
        journey.left = true;
        return chain.proceed(chain.request());
    }

    <T> T send(Call call, Request.Builder request, Function<Answer, T> reader) {
        var listener = Wire.take(call.method() + " " + call.template(), call.object());
        ledger.admit(call);
        var bytes = call.body().orElseGet(() -> new byte[0]);
        var journey = new Journey(listener, sent(call, bytes));
        request.method(call.method(), new Clients.OnceOnly(bytes, call.contentType()))
                .tag(Journey.class, journey);
        return turnstile.pass(call.provider(), () -> carry(call, request.build(), journey, reader));
    }

    private <T> T carry(Call call, Request request, Journey journey, Function<Answer, T> reader) {
        Answer answer;
        try {
            answer = ledger.record(call, world.bounds().mutation(), () -> exchange.run(request));
        } catch (IOException e) {
            throw broken(call, journey, e);
        }
        var failure = Outcomes.failureIn(call, true, answer);
        if (failure.isPresent()) {
            journey.listener.ended(ended(answer, failure));
            throw new FailureException(failure.get());
        }
        T result;
        try {
            result = reader.apply(answer);
        } catch (Json.Unreadable e) {
            var unknown = Outcomes.untrusted(call, true, "of its answer, " + e.getMessage());
            journey.listener.ended(ended(answer, Optional.of(unknown)));
            throw new FailureException(unknown, e);
        } catch (FailureException e) {
            journey.listener.ended(ended(answer, Optional.of(e.failure())));
            throw e;
        }
        journey.listener.ended(ended(answer, Optional.empty()));
        return result;
    }

    private FailureException broken(Call call, Journey journey, IOException e) {
        var detail = Exchange.sentence(e, world.bounds().mutation());
        if (!journey.left) {
            return new FailureException(new Failure.Unreachable(call.provider(), detail), e);
        }
        var failure = new Failure.Unknown(call.provider(), detail);
        var status = e instanceof Exchange.Torn torn ? torn.status() : OptionalInt.empty();
        journey.listener.ended(
                new Wire.Ended(
                        status, Optional.empty(), Optional.empty(), "", "", Optional.of(failure)));
        return new FailureException(failure, e);
    }

    private Wire.Sent sent(Call call, byte[] bytes) {
        var masked =
                redaction
                        .mask(new String(bytes, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
        return new Wire.Sent(
                call.provider(),
                call.method(),
                call.template(),
                call.ids(),
                sha256(masked),
                world.bounds().mutation(),
                call.object());
    }

    private Wire.Ended ended(Answer answer, Optional<Failure> failure) {
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        var masked =
                redaction.mask(text.length() > 2 * EXCERPT ? text.substring(0, 2 * EXCERPT) : text);
        return new Wire.Ended(
                OptionalInt.of(answer.status()),
                answer.requestId(),
                answer.serverTime(),
                sha256(answer.body()),
                masked.length() > EXCERPT ? masked.substring(0, EXCERPT) : masked,
                failure);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
