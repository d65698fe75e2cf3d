package dev.slipway.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be made to go wrong.
public enum FaultKind {
    /// Not applied, and the caller cannot know.
    LOSE_REQUEST(
            Concern.REQUESTS,
            "Requests get lost",
            "The connection ends before anything is carried out."),
    /// Applied, and the caller cannot know.
    LOSE_ANSWER(
            Concern.REQUESTS,
            "Answers get lost",
            "The request is carried out; the connection ends instead of an answer."),
    /// Applied after the caller stopped waiting.
    APPLY_LATE(
            Concern.REQUESTS,
            "Carried out late",
            "The connection ends at once; the request is carried out a while later."),
    /// Later than usual, or later than a caller waits.
    SLOW(
            Concern.REQUESTS,
            "Answers slowly",
            "Every answer comes later; long enough, and callers stop waiting."),
    /// Applied, the answer cannot be read.
    TRUNCATE(
            Concern.REQUESTS,
            "Answers break off",
            "The request is carried out; its answer ends in the middle."),
    /// Status 500.
    SERVER_ERROR(Concern.REQUESTS, "Answers with an error", "Status 500, nothing is carried out."),
    /// Status 429.
    RATE_LIMIT(
            Concern.REQUESTS,
            "Asks to wait",
            "Status 429 with Retry-After, nothing is carried out."),
    /// Status 423, as Neon's projects give it.
    LOCKED(
            Concern.REQUESTS,
            "Is busy",
            "Status 423, as while another operation of the Neon project runs."),
    /// Any other status.
    ANSWER(
            Concern.REQUESTS,
            "Answers with a status",
            "A status of one's choice, nothing is carried out."),
    /// Red checks, no versions.
    BUILD_FAILS(Concern.BUILDS, "Builds fail", "Checks are red and no version is uploaded."),
    /// Green checks, no versions.
    UPLOAD_LOST(Concern.BUILDS, "Versions get lost", "Builds are green and upload nothing."),
    /// Late versions.
    SLOW_BUILD(Concern.BUILDS, "Builds are slow", "Every job takes many times as long."),
    /// A push to the base branch goes live by itself.
    SECOND_DEPLOYER(
            Concern.BUILDS,
            "Somebody else deploys",
            "A push to the base branch puts new versions live behind Slipway's back."),
    /// Closed pull requests leave orphans.
    LEAVES_PREVIEWS(
            Concern.BUILDS,
            "Previews are left behind",
            "Nothing is cleaned up when a pull request is closed."),
    /// Healthy until people use it.
    WEAK_CODE(
            Concern.BUILDS,
            "Code breaks under traffic",
            "What is built is healthy until ordinary traffic has reached it.");

    private final Concern concern;
    private final String title;
    private final String words;

    FaultKind(Concern concern, String title, String words) {
        this.concern = concern;
        this.title = title;
        this.words = words;
    }

    /// What a fault is about.
    public enum Concern {
        /// Requests to one service.
        REQUESTS,
        /// What continuous integration does, for all Workers or some.
        BUILDS
    }

    /// Its name on the command line and in JSON.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The kind of that name.
    public static Optional<FaultKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    /// What it is about.
    public Concern concern() {
        return concern;
    }

    /// A few words, without a full stop.
    public String title() {
        return title;
    }

    /// One sentence about what happens.
    public String words() {
        return words;
    }

    /// Whether it needs a duration.
    public boolean timed() {
        return this == SLOW || this == APPLY_LATE;
    }

    /// Whether it may concern some Workers only.
    public boolean perWorker() {
        return this == BUILD_FAILS || this == UPLOAD_LOST || this == WEAK_CODE;
    }
}
