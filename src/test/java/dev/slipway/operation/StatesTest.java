package dev.slipway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The declared transitions are whole, and the drawing of them is theirs.
class StatesTest {
    private static final Path DRAWING = Path.of("docs", "operation-states.puml");

    @Test
    void theDrawingInTheDocumentsIsDrawnFromTheTables() throws IOException {
        var drawn =
                drawing("step", StepState.PLANNED, StepState.transitions())
                        + "\n"
                        + drawing(
                                "operation", OperationState.RUNNING, OperationState.transitions());
        if (Boolean.getBoolean("slipway.draw")) {
            Files.writeString(DRAWING, drawn);
        }
        assertThat(Files.readString(DRAWING))
                .as("draw it anew: ./mvnw -q -Dquick test -Dtest=StatesTest -Dslipway.draw=true")
                .isEqualTo(drawn);
    }

    @Test
    void everyStateCanBeReachedAndWhatIsUnderWayCanGoOn() {
        assertThat(reached(StepState.PLANNED, StepState.transitions()))
                .containsExactlyInAnyOrder(StepState.values());
        for (var state : StepState.values()) {
            if (!state.ended()) {
                assertThat(StepState.transitions().get(state)).as(state.name()).isNotEmpty();
            }
        }
        assertThat(reached(OperationState.RUNNING, OperationState.transitions()))
                .containsExactlyInAnyOrder(OperationState.values());
        for (var state : OperationState.values()) {
            assertThat(state.terminal() || !OperationState.transitions().get(state).isEmpty())
                    .as(state.name())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationState.class,
            names = {"SUCCEEDED", "ROLLED_BACK", "STOPPED_SAFE"})
    void nothingFollowsAnEndAndAJournalThatSaysSoIsNotBelieved(OperationState end) {
        assertThat(end.resumable()).isFalse();
        var plan = Stage.plan();
        var journal = new MemoryJournal();
        var at = new TestClock().now();
        journal.begin(plan, new Event.Started(plan.hash(), "kim", "m", "s", ""), at);
        journal.append(plan.id(), new Event.Finished(end, "", ""), at);
        journal.append(
                plan.id(), new Event.Resumed("kim", "m", "s", Event.Decision.CONTINUE, ""), at);
        assertThatThrownBy(() -> RunState.of(plan, journal.entries(plan.id())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no transition from " + end + " by RESUMED");
    }

    private static <S extends Enum<S>, T extends Enum<T>> Set<S> reached(
            S first, Map<S, Map<T, S>> table) {
        var reached = new HashSet<>(List.of(first));
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            table.get(open.poll()).values().stream().filter(reached::add).forEach(open::add);
        }
        return reached;
    }

    /// One arrow for each pair of states, labelled with everything that leads from one to the other.
    private static <S extends Enum<S>, T extends Enum<T>> String drawing(
            String name, S first, Map<S, Map<T, S>> table) {
        var text = new StringBuilder("@startuml " + name + "\n");
        text.append("' Drawn from the declared transitions by StatesTest.\n");
        text.append("hide empty description\n");
        text.append("[*] --> ").append(first).append('\n');
        table.forEach((from, row) -> {
            var arrows = new TreeMap<S, Set<String>>();
            row.forEach((trigger, to) ->
                    arrows.computeIfAbsent(to, _ -> new TreeSet<>()).add(words(trigger)));
            arrows.forEach((to, triggers) ->
                    text.append(from)
                            .append(" --> ")
                            .append(to)
                            .append(" : ")
                            .append(triggers.stream().collect(Collectors.joining(", ")))
                            .append('\n'));
            if (row.isEmpty()) {
                text.append(from).append(" --> [*]\n");
            }
        });
        return text.append("@enduml\n").toString();
    }

    private static String words(Enum<?> trigger) {
        return trigger.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
