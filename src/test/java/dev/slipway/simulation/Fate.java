package dev.slipway.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/// Decides what goes wrong: by chance from a seed, or as a list says. What it decided can be told
/// as such a list, which gives the same run again.
final class Fate {
    private final java.util.function.Function<Fault.Place, Fault> chance;
    private final Map<Site, Fault> listed;
    private final int[][] ordinals = new int[2][Fault.Place.values().length];
    private final List<Event> happened = new ArrayList<>();
    private final Fault first;
    private final String where;
    private final Set<String> met = new HashSet<>();
    private boolean calm;

    /// One place of one run: the `ordinal`th of its kind of this operator.
    record Site(int operator, Fault.Place place, int ordinal) {
        @Override
        public String toString() {
            return (operator == 0 ? "A " : "B ") + place + " " + ordinal;
        }
    }

    /// What happened where.
    ///
    /// @param label what was going on there, for people
    record Event(Site site, Fault fault, String label) {
        @Override
        public String toString() {
            return site + " " + label + ": " + fault;
        }
    }

    private Fate(
            java.util.function.Function<Fault.Place, Fault> chance,
            Map<Site, Fault> listed,
            Fault first,
            String where) {
        this.chance = chance;
        this.listed = listed;
        this.first = first;
        this.where = where;
    }

    /// By chance.
    static Fate of(long seed, Mix mix) {
        return new Fate(mix.chance(seed), Map.of(), Fault.NONE, "");
    }

    /// One kind of fault at the first of all places of one label, and one crash.
    ///
    /// @param crash where the program dies; nowhere when empty
    static Fate firstOfAll(Fault fault, java.util.Optional<Site> crash) {
        var map = new HashMap<Site, Fault>();
        crash.ifPresent(site -> map.put(site, new Fault(Fault.Kind.CRASH, Duration.ofMillis(300))));
        return new Fate(_ -> Fault.NONE, map, fault, "");
    }

    /// One fault at the first place of its kind of this operator whose label holds that, and nothing
    /// else.
    static Fate once(int operator, Fault fault, String label) {
        return new Fate(
                _ -> Fault.NONE, Map.of(), fault, operator + " .*" + Pattern.quote(label) + ".*");
    }

    /// What the list says and nothing else.
    static Fate listed(List<Event> events) {
        var map = new HashMap<Site, Fault>();
        events.forEach(e -> map.put(e.site(), e.fault()));
        return new Fate(_ -> Fault.NONE, map, Fault.NONE, "");
    }

    /// From now on nothing goes wrong.
    void calmDown() {
        calm = true;
    }

    boolean calm() {
        return calm;
    }

    /// What happens at the next place of this kind of this operator.
    Fault at(int operator, Fault.Place place, String label) {
        var ordinal = ++ordinals[operator][place.ordinal()];
        if (calm) {
            return Fault.NONE;
        }
        var fault = chance.apply(place);
        if (!listed.isEmpty()) {
            fault = listed.getOrDefault(new Site(operator, place, ordinal), Fault.NONE);
        }
        if (fault.is(Fault.Kind.NONE)
                && first.kind().at(place)
                && !first.is(Fault.Kind.NONE)
                && (where.isEmpty() || (operator + " " + label).matches(where))
                && met.add(where.isEmpty() ? place + label : where)) {
            fault = first;
        }
        if (!fault.is(Fault.Kind.NONE)) {
            happened.add(new Event(new Site(operator, place, ordinal), fault, label));
        }
        return fault;
    }

    /// How many places of that kind this operator has come to.
    int count(int operator, Fault.Place place) {
        return ordinals[operator][place.ordinal()];
    }

    /// What went wrong so far.
    List<Event> happened() {
        return happened;
    }

    /// How often what goes wrong.
    ///
    /// @param rates chance of a fault at one place, by kind of place
    /// @param kinds the faults that may be chosen
    /// @param longStalls whether a program that stands still does so until others may take over
    record Mix(Map<Fault.Place, Double> rates, EnumSet<Fault.Kind> kinds, boolean longStalls) {
        /// The mix that belongs to a seed: from none to rough weather, of all kinds or of a few; or
        /// much of what belongs together.
        static Mix of(long seed) {
            var random = new SplittableRandom(seed ^ 0x5eed);
            return switch (random.nextInt(10)) {
                case 0 -> lagging();
                case 1 -> handedOver();
                case 2, 3 -> stopped();
                default -> weather(random);
            };
        }

        /// The mix of a seed in which computers are to be gone or asleep for long, more often than in others.
        static Mix adopted(long seed) {
            return seed % 3 == 0 ? of(seed) : handedOver();
        }

        private static Mix weather(SplittableRandom random) {
            var weather = new double[] {0.002, 0.01, 0.03, 0.08}[random.nextInt(4)];
            var rates = new EnumMap<Fault.Place, Double>(Fault.Place.class);
            for (var place : Fault.Place.values()) {
                rates.put(place, weather * usual(place));
            }
            var kinds = EnumSet.allOf(Fault.Kind.class);
            if (random.nextInt(3) == 0) {
                kinds.removeIf(k -> random.nextInt(3) > 0);
            }
            kinds.remove(Fault.Kind.NONE);
            return new Mix(rates, kinds, false);
        }

        /// Changes come late and readings are old.
        private static Mix lagging() {
            return new Mix(
                    Map.of(Fault.Place.CALL, 0.3, Fault.Place.READ, 0.4),
                    EnumSet.of(Fault.Kind.LATE, Fault.Kind.STALE),
                    false);
        }

        /// Programs stand still, in the middle of everything, until somebody else has taken over.
        private static Mix handedOver() {
            return new Mix(
                    Map.of(
                            Fault.Place.BEFORE, 0.04,
                            Fault.Place.AFTER, 0.02,
                            Fault.Place.SQL, 0.02,
                            Fault.Place.TURN, 0.005),
                    EnumSet.of(
                            Fault.Kind.STALL,
                            Fault.Kind.SUSPEND,
                            Fault.Kind.CRASH,
                            Fault.Kind.OVERTAKEN),
                    true);
        }

        /// Programs stand still before a COMMIT.
        private static Mix stopped() {
            return new Mix(Map.of(Fault.Place.COMMIT, 0.35), EnumSet.of(Fault.Kind.STALL), true);
        }

        private static double usual(Fault.Place place) {
            return switch (place) {
                case JOURNAL -> 0.15;
                case READ -> 0.5;
                case BEFORE -> 1;
                case CALL -> 4;
                case AFTER -> 1;
                case SQL -> 0.3;
                case COMMIT -> 8;
                case TURN -> 0.1;
            };
        }

        private java.util.function.Function<Fault.Place, Fault> chance(long seed) {
            var random = new SplittableRandom(seed);
            var rate = new double[Fault.Place.values().length];
            rates.forEach((place, some) -> rate[place.ordinal()] = some);
            return place -> {
                if (random.nextDouble() >= rate[place.ordinal()]) {
                    return Fault.NONE;
                }
                var some = kinds.stream().filter(k -> k.at(place)).toList();
                if (some.isEmpty()) {
                    return Fault.NONE;
                }
                var kind = some.get(random.nextInt(some.size()));
                return new Fault(kind, time(kind, random, longStalls));
            };
        }

        private static Duration time(Fault.Kind kind, SplittableRandom random, boolean longStalls) {
            return switch (kind) {
                // A share of the quiet time, in thousandths; the place knows the provider.
                case LATE, COMMIT_LATE ->
                        Duration.ofMillis(random.nextInt(random.nextBoolean() ? 950 : 1, 1_000));
                // Less than the distance of two readings, which is what the product relies on.
                case STALE -> Duration.ofMillis(random.nextInt(100, 4_900));
                case SLOW -> Duration.ofMillis(random.nextInt(1_000, 60_000));
                case STALL -> {
                    if (longStalls) {
                        yield Duration.ofSeconds(random.nextInt(1_200, 3_600));
                    }
                    yield Duration.ofSeconds(
                            random.nextInt(4) == 0
                                    ? random.nextInt(600, 3_600)
                                    : random.nextInt(1, 60));
                }
                case SUSPEND ->
                        Duration.ofSeconds(
                                random.nextInt(3) == 0
                                        ? random.nextInt(600, 12 * 3_600)
                                        : random.nextInt(1, 300));
                case CLOCK_JUMP -> Duration.ofMinutes(random.nextInt(-1_440, 1_440));
                case RATE_LIMITED -> Duration.ofSeconds(random.nextInt(1, 90));
                default -> Duration.ZERO;
            };
        }
    }
}
