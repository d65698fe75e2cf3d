package dev.slipway.operation.lock;

import dev.slipway.operation.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// What a link of the lock chain says. It holds enough for a colleague to see what runs, and for
/// another computer to go on with it: below the record stand the lines of the holder's journal that
/// no link before it has, see [RunHistory]. It holds no secret.
///
/// @param held whether production is taken; a released lock keeps the rest for the record
/// @param environment which production
/// @param run id of the plan that holds it: the identity of the holder, not the person
/// @param planHash of that plan
/// @param kind `promotion` …
/// @param target `r42`
/// @param epoch raised by one with each claim, never lowered
/// @param login the person, at GitHub
/// @param machine where
/// @param app version of the program
/// @param ttl how long it is held without renewal
/// @param step number of the step, from 1
/// @param steps how many there are
/// @param stepTitle title of the step
/// @param noReturn whether a change that cannot be taken back was made
/// @param journalHead hash of the last line of the holder's journal, which anchors it outside
/// @param release number claimed by this run
/// @param lines how many lines of the run's journal this link and those before it hold
/// @param pause a wish somebody else appended
/// @param taken how the holder came by a run that somebody else began
public record LockRecord(
        boolean held,
        String environment,
        String run,
        String planHash,
        String kind,
        String target,
        long epoch,
        String login,
        String machine,
        String app,
        Duration ttl,
        int step,
        int steps,
        String stepTitle,
        boolean noReturn,
        String journalHead,
        Optional<Integer> release,
        int lines,
        Optional<Pause> pause,
        Optional<Taken> taken) {
    /// The form of records this program writes.
    static final int SCHEMA = 1;

    private static final String OPEN = "{";

    /// A wish to pause.
    ///
    /// @param by who wishes
    /// @param renewed when the holder had renewed the lock last, since the wish is no renewal
    public record Pause(String by, String reason, Instant renewed) {}

    /// The run was taken over.
    ///
    /// @param from who held it before, `ana on laptop-3`
    /// @param looking whether the holder has only looked so far and decided nothing
    public record Taken(String from, String reason, boolean looking) {}

    /// As the message of a commit: a line for people, the record in a line, and nothing more.
    String message() {
        return message(List.of());
    }

    /// As the message of a commit.
    ///
    /// @param journal lines of the run's journal that no link before this one holds
    String message(List<String> journal) {
        var text = new StringBuilder(subject()).append("\n\n");
        text.append(CanonicalJson.write(this::write));
        journal.forEach(line -> text.append('\n').append(line));
        return text.append('\n').toString();
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("app", app);
        json.writeStringProperty("environment", environment);
        json.writeNumberProperty("epoch", epoch);
        json.writeBooleanProperty("held", held);
        json.writeStringProperty("journalHead", journalHead);
        json.writeStringProperty("kind", kind);
        json.writeNumberProperty("lines", lines);
        json.writeStringProperty("login", login);
        json.writeStringProperty("machine", machine);
        json.writeBooleanProperty("noReturn", noReturn);
        pause.ifPresent(p -> {
            json.writeObjectPropertyStart("pause");
            json.writeStringProperty("by", p.by());
            json.writeStringProperty("reason", p.reason());
            json.writeStringProperty("renewed", p.renewed().toString());
            json.writeEndObject();
        });
        json.writeStringProperty("planHash", planHash);
        release.ifPresent(r -> json.writeNumberProperty("release", r));
        json.writeStringProperty("run", run);
        json.writeNumberProperty("schema", SCHEMA);
        json.writeNumberProperty("step", step);
        json.writeStringProperty("stepTitle", stepTitle);
        json.writeNumberProperty("steps", steps);
        taken.ifPresent(t -> {
            json.writeObjectPropertyStart("taken");
            json.writeStringProperty("from", t.from());
            json.writeBooleanProperty("looking", t.looking());
            json.writeStringProperty("reason", t.reason());
            json.writeEndObject();
        });
        json.writeStringProperty("target", target);
        json.writeNumberProperty("ttlNanos", ttl.toNanosPart());
        json.writeNumberProperty("ttlSeconds", ttl.toSeconds());
        json.writeEndObject();
    }

    /// The lines of the journal in a message, in order.
    static List<String> journal(String message) {
        return message.lines()
                .dropWhile(line -> !line.startsWith(OPEN))
                .skip(1)
                .filter(line -> line.startsWith(OPEN))
                .toList();
    }

    /// The record in a message, empty when there is none that this program understands.
    static Optional<LockRecord> read(String message) {
        var line = message.lines().filter(l -> l.startsWith(OPEN)).findFirst();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            var node = CanonicalJson.read(line.get());
            return node.required("schema").asInt() == SCHEMA
                    ? Optional.of(read(node))
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            // An unreadable record counts as held: the caller sees that there is none to trust.
            return Optional.empty();
        }
    }

    private static LockRecord read(JsonNode node) {
        return new LockRecord(
                node.required("held").asBoolean(),
                node.required("environment").asString(),
                node.required("run").asString(),
                node.required("planHash").asString(),
                node.required("kind").asString(),
                node.required("target").asString(),
                node.required("epoch").asLong(),
                node.required("login").asString(),
                node.required("machine").asString(),
                node.required("app").asString(),
                Duration.ofSeconds(
                        node.required("ttlSeconds").asLong(), node.required("ttlNanos").asInt()),
                node.required("step").asInt(),
                node.required("steps").asInt(),
                node.required("stepTitle").asString(),
                node.required("noReturn").asBoolean(),
                node.required("journalHead").asString(),
                Optional.ofNullable(node.get("release")).map(JsonNode::asInt),
                node.required("lines").asInt(),
                Optional.ofNullable(node.get("pause"))
                        .map(p ->
                                new Pause(
                                        p.required("by").asString(),
                                        p.required("reason").asString(),
                                        Instant.parse(p.required("renewed").asString()))),
                Optional.ofNullable(node.get("taken"))
                        .map(t ->
                                new Taken(
                                        t.required("from").asString(),
                                        t.required("reason").asString(),
                                        t.required("looking").asBoolean())));
    }

    /// Who and where, for a sentence: `kim on kim-mbp`.
    public String holder() {
        return login + " on " + machine;
    }

    /// What is going on, for a sentence: `promotion of r42, step 5 of 12 (Traffic 10 %)`.
    public String doing() {
        return kind
                + " of "
                + target
                + ", step "
                + step
                + " of "
                + steps
                + (stepTitle.isBlank() ? "" : " (" + stepTitle + ")")
                + taken.map(t -> ", taken over from " + t.from()).orElse("");
    }

    /// The next link while the holder works.
    ///
    /// @param more how many lines of the journal come with it
    LockRecord at(Progress reached, String head, int more) {
        return with(held, reached, head, lines + more, Optional.empty(), decided());
    }

    /// The last link of this holder.
    LockRecord released(String head) {
        return with(false, progress(), head, lines, Optional.empty(), decided());
    }

    /// The link of somebody who wishes to pause the holder.
    LockRecord asked(Pause wish) {
        return with(held, progress(), journalHead, lines, Optional.of(wish), taken);
    }

    /// The link of somebody who takes the run over.
    LockRecord takenBy(ProductionLock.Person who, Duration time, String reason, long raised) {
        return new LockRecord(
                true,
                environment,
                run,
                planHash,
                kind,
                target,
                raised,
                who.login(),
                who.machine(),
                who.app(),
                time,
                step,
                steps,
                stepTitle,
                noReturn,
                journalHead,
                release,
                lines,
                Optional.empty(),
                Optional.of(new Taken(holder(), reason, true)));
    }

    private Optional<Taken> decided() {
        return taken.map(t -> new Taken(t.from(), t.reason(), false));
    }

    /// Where a run is.
    record Progress(int step, int steps, String stepTitle, boolean noReturn) {}

    private Progress progress() {
        return new Progress(step, steps, stepTitle, noReturn);
    }

    private LockRecord with(
            boolean nowHeld,
            Progress reached,
            String head,
            int known,
            Optional<Pause> wish,
            Optional<Taken> takeover) {
        return new LockRecord(
                nowHeld,
                environment,
                run,
                planHash,
                kind,
                target,
                epoch,
                login,
                machine,
                app,
                ttl,
                reached.step(),
                reached.steps(),
                reached.stepTitle(),
                reached.noReturn(),
                head,
                release,
                known,
                wish,
                takeover);
    }

    private String subject() {
        return held
                ? "slipway: held by " + holder() + ", " + doing()
                : "slipway: released by " + holder() + " after " + kind + " of " + target;
    }
}
