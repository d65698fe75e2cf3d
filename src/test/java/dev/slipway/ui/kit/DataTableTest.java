package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class DataTableTest {
    @Test
    void theOnlyRowIsOpenedByTabAndEnter() throws Exception {
        var opened = new ArrayList<String>();
        var before = Fx.call(() -> new Button("before"));
        var stage =
                Fx.show(
                        Fx.call(() -> {
                            var table = new DataTable<String>(32);
                            table.column("Name", 200, Label::new, null);
                            table.setOnOpen(opened::add);
                            table.getItems().add("r42");
                            return new VBox(before, table);
                        }));
        try {
            Fx.run(before::requestFocus);
            Fx.press(stage.getScene(), KeyCode.TAB);
            Fx.press(stage.getScene(), KeyCode.ENTER);

            assertThat(opened).containsExactly("r42");
        } finally {
            Fx.run(stage::hide);
        }
    }
}
