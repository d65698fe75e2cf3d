package dev.slipway.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.log.LogRow;
import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Kind;
import dev.slipway.log.LogRow.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogModelTest {
    private static LogRow row(Level level, String text) {
        return LogRow.line(DemoLog.NOW, Channel.HEALTH, "auth", level, text);
    }

    /// The ring against the plain way of doing the same.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theRingShowsTheSameAsAFilteredList(long seed) {
        var random = new Random(seed);
        var model = new LogModel(20);
        var all = new ArrayList<LogRow>();
        var filter = LogFilter.ALL;
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(10) == 0) {
                filter =
                        new LogFilter(
                                Optional.empty(),
                                Level.values()[random.nextInt(5)],
                                Set.of(),
                                Optional.empty());
                model.filter(filter);
            }
            var row = row(Level.values()[random.nextInt(5)], "line " + step);
            all.add(row);
            model.add(row);
            var expected =
                    all.subList(Math.max(0, all.size() - 20), all.size()).stream()
                            .filter(filter)
                            .toList();
            var shown = new ArrayList<LogRow>();
            for (int i = 0; i < model.size(); i++) {
                shown.add(model.row(model.number(i)));
                assertThat(model.indexOf(model.number(i))).isEqualTo(i);
            }
            assertThat(shown).isEqualTo(expected);
        }
    }

    @Test
    void aGapIsShownWhateverTheLevelAndHiddenWithItsWorker() {
        var gap =
                LogRow.missing(DemoLog.NOW, Kind.GAP, Channel.WORKER, "auth", "dropped")
                        .aboutWorker("auth");
        var errors = new LogFilter(Optional.empty(), Level.ERROR, Set.of(), Optional.empty());
        var withoutAuth =
                new LogFilter(Optional.empty(), Level.DEBUG, Set.of("auth"), Optional.empty());

        assertThat(errors.test(gap)).isTrue();
        assertThat(errors.test(row(Level.WARN, "x"))).isFalse();
        assertThat(withoutAuth.test(gap)).isFalse();
    }

    @Test
    void anExpandedRowShowsItsWholeTextAndItsDetail() {
        var row = row(Level.ERROR, "a".repeat(45)).withDetail(List.of("b".repeat(30)));

        var shortened = new LogLayout(20, false, Set.of()).lines(7, row);
        assertThat(shortened).hasSize(1);
        assertThat(shortened.getFirst().text()).hasSize(20).endsWith("…");

        var full = new LogLayout(20, false, Set.of(7L)).lines(7, row);
        assertThat(full).hasSize(5);
        assertThat(
                        full.stream()
                                .filter(l -> !l.isDetail())
                                .map(LogLayout.Line::text)
                                .reduce("", String::concat))
                .isEqualTo(row.text());
        assertThat(
                        full.stream()
                                .filter(LogLayout.Line::isDetail)
                                .map(LogLayout.Line::text)
                                .reduce("", String::concat))
                .isEqualTo("b".repeat(30));

        assertThat(new LogLayout(20, true, Set.of()).lines(7, row)).hasSize(3);
    }

    @Test
    void aBrokenRegularExpressionIsASentenceAndSearchesNothing() {
        var model = new LogsViewModel();
        model.find("/a(/");
        assertThat(model.findProperty().get()).isNull();
        assertThat(model.findProblemProperty().get())
                .contains("not a regular expression", "Nothing is searched");

        model.find("a(b");
        assertThat(model.findProperty().get().matcher("xA(Bx").find()).isTrue();
        assertThat(model.findProblemProperty().get()).isEmpty();
    }
}
