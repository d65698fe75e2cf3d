package dev.slipway.ui.promotion;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.release.Repair;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.rehearsal.Sides;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a plan is about, in the words all pages share. Reads nothing but the plan, so a finished
/// operation is described as its draft was.
final class Words {
    private static final String LIVE = "live.";
    private static final String MIGRATION = "migration.";
    private static final String WAITING = "waiting.";

    private Words() {}

    /// `#482 at 8b4d0c7`, or `8b4d0c7`.
    static String subject(Plan plan) {
        return pullRequest(plan).map(n -> "#" + n + " at ").orElse("") + commit(plan);
    }

    /// The first seven digits of the commit.
    static String commit(Plan plan) {
        return brief(plan.pins().getOrDefault("commit", ""), 7);
    }

    /// The number of the pull request that is merged on the way.
    static Optional<String> pullRequest(Plan plan) {
        return Optional.ofNullable(plan.pins().get("pullRequest"));
    }

    /// The title of the pull request, empty for a commit.
    static String title(Plan plan) {
        return plan.step("merge").map(s -> s.parameters().getOrDefault("title", "")).orElse("");
    }

    /// Every pull request that goes out, the asked one included.
    static List<String> shipped(Plan plan) {
        return list(plan.pins().getOrDefault("pullRequests", ""));
    }

    /// What else goes out because it is on the base branch already.
    static List<String> also(Plan plan) {
        var asked = pullRequest(plan);
        return shipped(plan).stream().filter(n -> !asked.equals(Optional.of(n))).toList();
    }

    /// Tags of the pending migrations, in order.
    static List<String> migrations(Plan plan) {
        var ran =
                plan.steps().stream()
                        .filter(s -> s.key().startsWith("migrate.apply"))
                        .flatMap(s -> list(s.parameters().getOrDefault("pending", "")).stream())
                        .toList();
        return ran.isEmpty()
                ? plan.pins().keySet().stream()
                        .filter(k -> k.startsWith(MIGRATION))
                        .map(k -> k.substring(MIGRATION.length()))
                        .sorted()
                        .toList()
                : ran;
    }

    /// Tags of the migrations that stay pending, for a plan of their own.
    static List<String> waiting(Plan plan) {
        return plan.pins().keySet().stream()
                .filter(key -> key.startsWith(WAITING))
                .map(key -> key.substring(WAITING.length()))
                .sorted()
                .toList();
    }

    /// Names of the Workers, in the plan's order.
    static List<String> workers(Plan plan) {
        return plan.step("await-versions")
                .map(s ->
                        list(s.parameters().getOrDefault("workers", "")).stream()
                                .map(pair -> pair.substring(0, Math.max(0, pair.indexOf('=')))))
                .orElseGet(() -> putBack(plan).map(s -> s.parameters().getOrDefault("worker", "")))
                .toList();
    }

    /// The steps that put a Worker back on an earlier version, in the plan's order.
    static Stream<PlanStep> putBack(Plan plan) {
        return plan.steps().stream().filter(step -> step.group().equals("back"));
    }

    /// The version a Worker serves before the plan, empty for a first deployment.
    static Optional<String> live(Plan plan, String worker) {
        return Optional.ofNullable(plan.pins().get(LIVE + worker));
    }

    /// What users see today: `r41`, or a commit.
    static String liveName(Plan plan) {
        return Optional.ofNullable(plan.pins().get("liveRelease"))
                .or(() -> Optional.ofNullable(plan.pins().get("liveCommit")).map(c -> brief(c, 7)))
                .orElse("what they see now");
    }

    /// What a rehearsal of the plan compares: a repair brings no code.
    static Sides sides(Plan plan) {
        return new Sides(
                liveName(plan),
                plan.kind().equals(Repair.KIND) ? Optional.empty() : Optional.of(plan.target()));
    }

    /// Whether anything serves traffic today.
    static boolean hasLive(Plan plan) {
        return plan.pins().keySet().stream().anyMatch(k -> k.startsWith(LIVE));
    }

    /// The parts of the traffic, rising: 10, 50, 100.
    static List<Integer> traffic(Plan plan) {
        return plan.steps().stream()
                .map(PlanStep::group)
                .filter(g -> g.matches("traffic-[0-9]+"))
                .map(g -> Integer.valueOf(g.substring(g.indexOf('-') + 1)))
                .distinct()
                .sorted()
                .toList();
    }

    /// `10 % → 50 % → 100 %`.
    static String trafficWords(Plan plan) {
        return String.join(" → ", traffic(plan).stream().map(p -> p + " %").toList());
    }

    /// How long all traffic is watched; zero when the plan does not say.
    static Duration soak(Plan plan) {
        return plan.step("settle")
                .map(s -> s.parameters().get("soakMillis"))
                .map(ms -> Duration.ofMillis(Long.parseLong(ms)))
                .orElse(Duration.ZERO);
    }

    /// The tag the release gets, empty when the plan makes none.
    static Optional<String> tag(Plan plan) {
        return plan.step("tag").map(s -> s.parameters().getOrDefault("tag", ""));
    }

    /// Which repair a plan makes; empty for a promotion.
    static Optional<How> how(Plan plan) {
        return plan.kind().equals(Repair.KIND)
                ? Arrays.stream(How.values())
                        .filter(how -> how.key().equals(plan.pins().get("how")))
                        .findFirst()
                : Optional.empty();
    }

    /// `run it now`.
    static String how(How how) {
        return switch (how) {
            case APPLY -> "run it now";
            case RECORD -> "write it down";
        };
    }

    /// Steps nobody can take back.
    static List<PlanStep> pointsOfNoReturn(Plan plan) {
        return plan.steps().stream().filter(PlanStep::pointOfNoReturn).toList();
    }

    /// The title of its page: `Promote r42 to production`.
    static String headline(Plan plan) {
        var where = plan.pins().getOrDefault("environment", "production");
        return switch (Subject.of(plan)) {
            case PROMOTION -> "Promote " + plan.target() + " to " + where;
            case ROLLBACK -> "Roll " + where + " back to " + plan.target();
            case RESTORE ->
                    "Restore the database of "
                            + where
                            + " to "
                            + plan.pins().getOrDefault("restoreTo", "?");
            case RESCUE -> "Rescue rows of " + plan.target();
            case REPAIR, HEAL, OTHER ->
                    plan.kind().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                            + plan.kind().substring(1)
                            + " "
                            + plan.target();
        };
    }

    /// The first eight digits of its hash.
    static String hash(Plan plan) {
        return brief(plan.hash(), 8);
    }

    /// The steps by group, in order.
    static Map<String, List<PlanStep>> groups(Plan plan) {
        return plan.steps().stream()
                .collect(
                        java.util.stream.Collectors.groupingBy(
                                PlanStep::group,
                                java.util.LinkedHashMap::new,
                                java.util.stream.Collectors.toList()));
    }

    /// `1 PR`, `3 PRs`.
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /// `about 12 min`.
    static String about(Duration length) {
        return "about " + Times.coarse(length);
    }

    /// `a, b and c`.
    static String and(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /// A title for a narrow column: without articles.
    static String briefly(String title) {
        return title.replace("the ", "").replace(", smoke them", ", smoke");
    }

    /// At most the first `length` characters.
    static String brief(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).filter(part -> !part.isEmpty()).toList();
    }
}
