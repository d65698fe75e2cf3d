package dev.slipway.ui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.journal.OperationRow;
import dev.slipway.ui.desk.NoPreviews;
import dev.slipway.ui.desk.TestDesk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationsModelTest {
    static OperationRow row(String target, OperationState state) {
        return new OperationRow(
                "5f0c1d2e-" + target,
                "promotion",
                target,
                "kim",
                TestDesk.NOW.minusSeconds(600),
                5,
                6,
                "traffic-10",
                "Move 10 % of traffic",
                state,
                TestDesk.NOW.minusSeconds(408),
                state == OperationState.PAUSED ? "auth errors 1.2 % (limit 1 %)" : "");
    }

    static final List<OperationRow> ROWS =
            List.of(
                    row("r44", OperationState.RUNNING),
                    row("r43", OperationState.SUCCEEDED),
                    row("r42", OperationState.PAUSED),
                    row("r41", OperationState.INTERRUPTED),
                    row("r40", OperationState.ROLLED_BACK));

    private final OperationsModel model =
            new OperationsModel(new TestDesk(new NoPreviews()).desk, () -> ROWS);

    private List<String> targets() {
        return model.rowsProperty().get().stream().map(OperationRow::target).toList();
    }

    @Test
    void whatNeedsAPersonStandsFirst() {
        model.refresh();

        assertThat(targets()).containsExactly("r42", "r41", "r44", "r43", "r40");
        assertThat(model.count(Optional.of(OperationsModel.Group.NEEDS_YOU))).isEqualTo(2);
        assertThat(model.count(Optional.empty())).isEqualTo(5);
    }

    @Test
    void groupAndFilterNarrowTogether() {
        model.refresh();
        model.groupProperty().set(Optional.of(OperationsModel.Group.FINISHED));
        assertThat(targets()).containsExactly("r43", "r40");

        model.filterProperty().set("R40");
        assertThat(targets()).containsExactly("r40");

        model.groupProperty().set(Optional.empty());
        model.filterProperty().set("errors 1.2");
        assertThat(targets()).containsExactly("r42");
    }

    @Test
    void everyStateHasAWordOfItsOwn() {
        assertThat(List.of(OperationState.values()))
                .extracting(state -> OperationsView.status(row("r1", state)).word())
                .doesNotHaveDuplicates();
    }
}
