package dev.slipway.production;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.migration.LedgerTable;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Endpoint;
import dev.slipway.neon.Neon;
import dev.slipway.stack.Stack;
import java.util.List;
import java.util.Optional;

/// The way to the databases of a stack's branches. Connection strings are asked for when they are
/// needed and kept nowhere; an endpoint that does not belong to the branch asked for is an error,
/// never a default.
public final class Databases {
    /// What follows the name of a branch in the name under which a restore keeps what it held.
    public static final String OLD = "_old_";

    private final Neon neon;
    private final Stack stack;

    public Databases(Neon neon, Stack stack) {
        this.neon = neon;
        this.stack = stack;
    }

    /// Where Drizzle writes down what it ran in the databases of `stack`.
    public static LedgerTable ledgerTable(Stack stack) {
        return new LedgerTable(stack.migrations().schema(), stack.migrations().table());
    }

    /// The production branch, found by its exact name.
    ///
    /// @throws FailureException when there is none
    public Branch production(List<Branch> branches) {
        return branches.stream()
                .filter(b -> b.name().equals(stack.neon().branch()))
                .findFirst()
                .orElseThrow(() ->
                        new FailureException(
                                new Failure.NotFound(
                                        Provider.NEON, "branch " + stack.neon().branch())));
    }

    /// Name of the branch that production was restored from and that keeps what was there before; empty
    /// when it hangs under none that a restore has named.
    public static Optional<String> keptBy(Branch production, List<Branch> branches) {
        return branches.stream()
                .filter(b -> production.parent().equals(Optional.of(b.id())))
                .map(Branch::name)
                .filter(name -> name.startsWith(production.name() + OLD))
                .findFirst();
    }

    /// The compute of a branch that looking into its database does not wake; empty while all sleep.
    public static Optional<Endpoint> awake(String branch, List<Endpoint> endpoints) {
        return endpoints.stream().filter(e -> e.branch().equals(branch) && e.awake()).findFirst();
    }

    /// The direct connection string of a branch.
    public Secret connection(String branch) {
        return neon.connection(branch, stack.neon().database(), stack.neon().role());
    }
}
