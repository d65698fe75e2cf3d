package dev.slipway.app;

import dev.slipway.domain.Provider;
import dev.slipway.http.Budget;
import dev.slipway.ui.shell.ShellModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The calls left at each provider, as the window shows them.
final class CallsLeft {
    private CallsLeft() {}

    /// @param known what the providers said last; one that said nothing yet is shown as not known
    static List<ShellModel.Budget> of(List<Budget> known) {
        return Stream.of(Provider.GITHUB, Provider.CLOUDFLARE, Provider.NEON)
                .map(provider ->
                        known.stream()
                                .filter(b -> b.provider() == provider)
                                .filter(b -> !b.resource().equals("graphql"))
                                .findFirst()
                                .map(CallsLeft::shown)
                                .orElse(new ShellModel.Budget(provider, -1, 0)))
                .toList();
    }

    private static ShellModel.Budget shown(Budget budget) {
        return new ShellModel.Budget(
                budget.provider(),
                budget.left(),
                budget.provider() == Provider.CLOUDFLARE ? budget.reserve() : 0,
                budget.limit(),
                Optional.of(budget.resets()));
    }
}
