package dev.slipway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.InputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When production is frozen, as `slipway.yaml` says it. Clocks in Berlin are set forward on
/// 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
class FreezeTest {
    private static Freeze freeze(String zone, String... windows) {
        var text = new StringBuilder(Examples.smallest()).append("freeze:\n  zone: ").append(zone);
        text.append("\n  windows:\n");
        for (var window : windows) {
            text.append("    - {").append(window).append(", reason: Because.}\n");
        }
        return Examples.read(text.toString()).stack().freeze();
    }

    private static String until(Freeze freeze, String now) {
        return freeze.at(Instant.parse(now)).map(f -> f.until().toString()).orElse("free");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T14:59:59Z, free",
        "2026-11-20T15:00:00Z, 2026-11-23T07:00:00Z",
        "2026-11-22T12:00:00Z, 2026-11-23T07:00:00Z",
        "2026-11-23T06:59:59Z, 2026-11-23T07:00:00Z",
        "2026-11-23T07:00:00Z, free",
        // In summer the same wall times are an hour earlier, and a weekend on which clocks change
        // is an hour shorter or longer.
        "2026-07-03T14:00:00Z, 2026-07-06T06:00:00Z",
        "2026-07-03T13:59:59Z, free",
        "2026-03-27T15:00:00Z, 2026-03-30T06:00:00Z",
        "2026-03-27T14:59:59Z, free",
        "2026-10-23T14:00:00Z, 2026-10-26T07:00:00Z",
    })
    void aWeekendIsFrozenByTheWallClockSummerAndWinter(String now, String until) {
        var freeze = freeze("Europe/Berlin", "from: Fri 16:00, to: Mon 08:00");

        assertThat(until(freeze, now)).isEqualTo(until);
    }

    @ParameterizedTest
    @CsvSource({
        // 02:30 does not exist on the day clocks are set forward: it means the moment they are set.
        "2026-03-29T00:59:59Z, free",
        "2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z",
        // On the day they are set back it exists twice: from the first one on.
        "2026-10-25T00:29:59Z, free",
        "2026-10-25T00:30:00Z, 2026-10-25T02:30:00Z",
    })
    void wallTimesThatDoNotExistOrExistTwiceNeverShortenAWindow(String now, String until) {
        var freeze = freeze("Europe/Berlin", "from: Sun 02:30, to: Sun 03:30");

        assertThat(until(freeze, now)).isEqualTo(until);
    }

    @Test
    void aWindowThatEndsInTheHourThatComesTwiceEndsWithTheSecondOne() {
        var freeze = freeze("Europe/Berlin", "from: Sun 01:00, to: Sun 02:30");

        assertThat(until(freeze, "2026-10-25T01:15:00Z")).isEqualTo("2026-10-25T01:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-22T22:59:59Z, free",
        "2026-12-22T23:00:00Z, 2027-01-04T07:00:00Z",
        "2027-01-04T07:00:00Z, free",
    })
    void aDateAloneMeansItsBeginning(String now, String until) {
        assertThat(until(freeze("Europe/Berlin", "from: 2026-12-23, to: 2027-01-04 08:00"), now))
                .isEqualTo(until);
    }

    @Test
    void theEndNamedIsThatOfTheLastOfWindowsThatFollowEachOther() {
        var freeze =
                freeze(
                        "UTC",
                        "from: Fri 16:00, to: Mon 08:00",
                        "from: 2026-11-23 06:00, to: 2026-11-24 09:00",
                        "from: 2026-11-24 09:00, to: 2026-11-24 10:00");

        assertThat(until(freeze, "2026-11-21T00:00:00Z")).isEqualTo("2026-11-24T10:00:00Z");
    }

    @Test
    void aWindowMayGoOverTheEndOfTheWeek() {
        var freeze = freeze("Asia/Tokyo", "from: Wed 09:00, to: Tue 09:00");

        assertThat(until(freeze, "2026-11-23T12:00:00Z")).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(until(freeze, "2026-11-24T00:00:00Z")).isEqualTo("free");
        assertThat(until(freeze, "2026-11-25T00:00:00Z")).isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void windowsAllTheTimeEndSomeDay() {
        var freeze =
                freeze("UTC", "from: Mon 00:00, to: Thu 00:00", "from: Thu 00:00, to: Mon 00:00");

        assertThat(freeze.at(Instant.parse("2026-11-23T12:00:00Z"))).isPresent();
    }

    @Test
    void withoutWindowsNothingIsFrozen() {
        assertThat(Examples.read(Examples.smallest()).stack().freeze()).isEqualTo(Freeze.NEVER);
        assertThat(Freeze.NEVER.at(Instant.parse("2026-11-23T12:00:00Z"))).isEmpty();
    }

    @Test
    void everyMistakeIsNamedWithLineAndColumn() {
        var text =
                Examples.smallest()
                        + """
                        freeze:
                          zone: Berlin
                          windows:
                            - {from: Friday 16:00, to: Mon 08:00, reason: a}
                            - {from: Fri 16:00, to: 2026-12-24, reason: b}
                            - {from: 2026-12-24, to: 2026-12-23, reason: c}
                            - {from: Fri 16:00, to: Fri 16:00, reason: d}
                            - {from: 2026-02-30, to: 2026-03-01, reason: e}
                            - {from: Fri 16:00}
                        """;

        var problems =
                catchThrowableOfType(InputException.class, () -> Examples.read(text)).problems();

        assertThat(problems)
                .containsExactly(
                        "slipway.yaml:13:9: freeze.zone \"Berlin\" is not a time zone; write it"
                                + " like Europe/Berlin or UTC",
                        "slipway.yaml:15:14: freeze.windows[0].from: \"Friday 16:00\" is not a"
                                + " time; write it like Fri 16:00 or 2026-12-23 18:00",
                        "slipway.yaml:16:29: freeze.windows[1].to must be of the same kind as"
                                + " freeze.windows[1].from: both a day of the week or both a date",
                        "slipway.yaml:17:30: freeze.windows[2].to must be later than"
                                + " freeze.windows[2].from",
                        "slipway.yaml:18:29: freeze.windows[3].to is the time it begins; a week is"
                                + " never all frozen",
                        "slipway.yaml:19:14: freeze.windows[4].from: \"2026-02-30\" is a time that"
                                + " does not exist",
                        "slipway.yaml:20:7: freeze.windows[5].to is missing",
                        "slipway.yaml:20:7: freeze.windows[5].reason is missing");
    }
}
