package dev.slipway.operation;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an operation will do: frozen, printable, complete. Resuming reads nothing else, neither the
/// stack file nor a branch. A value: two plans of the same content are equal.
public final class Plan {
    /// The form of plans this program writes, and the newest it reads.
    public static final int FORMAT = 1;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8,32}");

    private final String id;
    private final int format;
    private final String kind;
    private final String target;
    private final String world;
    private final Instant created;
    private final Map<String, String> pins;
    private final List<PlanStep> steps;

    /// Every step, then every compensation once, by key.
    private final Map<String, PlanStep> all = new LinkedHashMap<>();

    /// The number of the group of each of them.
    private final Map<String, Integer> numbers = new HashMap<>();

    private final int positions;

    /// Computed when it is asked for; whoever computes it gets the same.
    private @Nullable String hash;

    /// @param id names this run everywhere; at least eight lower-case hexadecimal digits
    /// @param format version of the plan's form, see [#FORMAT]
    /// @param kind `promotion`, `rollback`, `cleanup` …
    /// @param target what people call it, `r42` or `#482`
    /// @param world the world it belongs to
    /// @param created when it was planned
    /// @param pins what was true when it was planned and must stay so: shas, version ids, branch ids
    /// @param steps in order; closing steps (which run also after a stop) are last
    /// @throws IllegalArgumentException when the steps contradict each other
    public Plan(
            String id,
            int format,
            String kind,
            String target,
            String world,
            Instant created,
            Map<String, String> pins,
            List<PlanStep> steps) {
        this.id = id;
        this.format = format;
        this.kind = kind;
        this.target = target;
        this.world = world;
        this.created = created;
        this.pins = Map.copyOf(pins);
        this.steps = List.copyOf(steps);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not a plan id: " + id);
        }
        check(this.steps);
        this.steps.forEach(s -> all.put(s.key(), s));
        this.steps.forEach(s -> s.onFailure().steps().forEach(c -> all.putIfAbsent(c.key(), c)));
        positions = number();
    }

    /// Numbers the steps by group, and each compensation like the first step it undoes.
    private int number() {
        var groups = new HashMap<String, Integer>();
        for (var step : steps) {
            int number = groups.computeIfAbsent(step.group(), _ -> groups.size() + 1);
            numbers.put(step.key(), number);
            for (var compensation : step.onFailure().steps()) {
                numbers.putIfAbsent(compensation.key(), number);
            }
        }
        return groups.size();
    }

    /// A plan of the present form, created now.
    public static Plan of(
            String id,
            String kind,
            String target,
            String world,
            Instant created,
            Map<String, String> pins,
            List<PlanStep> steps) {
        return new Plan(id, FORMAT, kind, target, world, created, pins, steps);
    }

    /// An id nobody has used.
    public static String freshId(RandomGenerator random) {
        return "%012x".formatted(random.nextLong() & 0xffff_ffff_ffffL);
    }

    /// Names this run everywhere.
    public String id() {
        return id;
    }

    /// Version of the plan's form.
    public int format() {
        return format;
    }

    /// `promotion`, `rollback`, `cleanup` …
    public String kind() {
        return kind;
    }

    /// What people call it, `r42` or `#482`.
    public String target() {
        return target;
    }

    /// The world it belongs to.
    public String world() {
        return world;
    }

    /// When it was planned.
    public Instant created() {
        return created;
    }

    /// What was true when it was planned and must stay so.
    public Map<String, String> pins() {
        return pins;
    }

    /// The steps in order; closing steps are last.
    public List<PlanStep> steps() {
        return steps;
    }

    /// The first eight digits of the id, as they appear in names left in other systems.
    public String brief() {
        return id.substring(0, 8);
    }

    /// The mark every remote object made by `step` carries. It is the same after a resume or a
    /// takeover.
    public String mark(PlanStep step) {
        return marks() + step.key();
    }

    /// What the marks of all steps of this plan begin with, and those of no other plan.
    public String marks() {
        return "slipway:" + brief() + ":";
    }

    /// SHA-256 of the canonical form without id and time: two plans that would do the same have the
    /// same hash.
    public String hash() {
        var known = hash;
        if (known == null) {
            known = PlanJson.hash(this);
            hash = known;
        }
        return known;
    }

    /// The canonical JSON, from which [PlanJson#read] gives the same plan.
    public String json() {
        return PlanJson.write(this);
    }

    /// The step or compensation of that key.
    public Optional<PlanStep> step(String key) {
        return Optional.ofNullable(all.get(key));
    }

    /// The steps as people count them, in order.
    public List<StepGroup> groups() {
        return StepGroup.of(steps);
    }

    /// The number, from 1, of the group `step` belongs to; that of the step it undoes for a
    /// compensation.
    public int position(PlanStep step) {
        return numbers.getOrDefault(step.key(), positions);
    }

    /// How many steps people count.
    public int positions() {
        return positions;
    }

    /// The other steps that are carried out at the same time as `step`.
    List<PlanStep> beside(PlanStep step) {
        return step.abreast()
                ? steps.stream()
                        .filter(PlanStep::abreast)
                        .filter(s -> s.group().equals(step.group()))
                        .filter(s -> !s.key().equals(step.key()))
                        .toList()
                : List.of();
    }

    /// Every step, then every compensation once.
    public Stream<PlanStep> all() {
        return all.values().stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan plan && content().equals(plan.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    @Override
    public String toString() {
        return json();
    }

    private List<Object> content() {
        return List.of(id, format, kind, target, world, created, pins, steps);
    }

    private static void check(List<PlanStep> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan without steps");
        }
        var keys = new HashSet<String>();
        var closing = false;
        for (var step : steps) {
            if (!keys.add(step.key())) {
                throw new IllegalArgumentException("two steps have the key " + step.key());
            }
            if (closing && !step.closing()) {
                throw new IllegalArgumentException(
                        step.key() + " comes after a closing step but is none");
            }
            closing = step.closing();
        }
        checkAbreast(steps);
        var compensations = new HashMap<String, PlanStep>();
        for (var step : steps) {
            for (var compensation : step.onFailure().steps()) {
                var known = compensations.putIfAbsent(compensation.key(), compensation);
                if (keys.contains(compensation.key())
                        || (known != null && !known.equals(compensation))) {
                    throw new IllegalArgumentException(
                            "two different steps have the key " + compensation.key());
                }
            }
        }
    }

    private static void checkAbreast(List<PlanStep> steps) {
        var ended = new HashSet<String>();
        PlanStep before = steps.getFirst();
        for (var step : steps) {
            if (!step.group().equals(before.group())) {
                ended.add(before.group());
            }
            if (step.abreast()) {
                var apart = ended.contains(step.group());
                var other =
                        before.abreast()
                                && before.group().equals(step.group())
                                && !before.onFailure().equals(step.onFailure());
                if (apart || other || step.closing() || step.kind() != PlanStep.Kind.MUTATION) {
                    throw new IllegalArgumentException(
                            step.key() + " cannot be carried out side by side with its group");
                }
            }
            before = step;
        }
    }
}
