package dev.slipway.ui.desk;

import dev.slipway.operation.Operation;
import dev.slipway.release.Planned;
import java.util.List;

/// Starts what a person confirmed. So close to an incident one reason is enough: a window that is not
/// armed is armed with it first.
public final class Starting {
    private Starting() {}

    /// Starts it; may block.
    ///
    /// @param phrase as it was typed
    /// @throws dev.slipway.domain.RefusedException when a gate is closed, the phrase does not confirm it,
    ///     or somebody else holds production
    public static Operation of(Services services, Planned made, String phrase, String reason) {
        if (services.arming().state().isEmpty()) {
            services.arming().arm(services.login(), reason);
        }
        var operation =
                services.promotions()
                        .start(made, phrase, services.arming().permit().because(reason), List.of());
        services.plans().begun(made.plan());
        return operation;
    }
}
