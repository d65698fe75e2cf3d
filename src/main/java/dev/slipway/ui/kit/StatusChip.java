package dev.slipway.ui.kit;

import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.RotateTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// A state in 20 px: icon, word, tone. The icon of running work turns unless the person asked for
/// less motion.
public final class StatusChip extends Label {
    private final ObjectProperty<@Nullable Status> status =
            new SimpleObjectProperty<>(this, "status");
    private @Nullable RotateTransition turning;

    /// Shows nothing until a status is set.
    public StatusChip() {
        getStyleClass().add("status-chip");
        setAccessibleRole(AccessibleRole.TEXT);
        status.subscribe(this::show);
        // A turning icon in a scene that is gone would keep the pulse busy for ever.
        sceneProperty().subscribe(_ -> turnIfRunning());
    }

    /// Shows `status`.
    public StatusChip(Status status) {
        this();
        setStatus(status);
    }

    /// What is shown; null shows nothing.
    public ObjectProperty<@Nullable Status> statusProperty() {
        return status;
    }

    public @Nullable Status getStatus() {
        return status.get();
    }

    public void setStatus(@Nullable Status value) {
        status.set(value);
    }

    private void show(@Nullable Status value) {
        if (value == null) {
            setText(null);
            setGraphic(null);
            setAccessibleText("");
        } else {
            setText(value.word());
            setGraphic(value.icon().node(value.tone()));
            setAccessibleText(value.word());
            value.tone().on(this);
        }
        turnIfRunning();
    }

    private void turnIfRunning() {
        if (turning != null) {
            turning.stop();
            turning = null;
        }
        var value = status.get();
        var scene = getScene();
        if (value != null
                && value.icon() == Icon.RUNNING
                && scene != null
                && !scene.getPreferences().isReducedMotion()) {
            turning = new RotateTransition(Duration.seconds(2), getGraphic());
            turning.setByAngle(360);
            turning.setInterpolator(Interpolator.LINEAR);
            turning.setCycleCount(Animation.INDEFINITE);
            turning.play();
        }
    }
}
