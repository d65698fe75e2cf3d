package dev.slipway.neon;

import java.util.List;

/// What a request for a branch brought about. Its connection string is asked for separately.
public record CreatedBranch(Branch branch, List<Endpoint> endpoints, List<Operation> operations) {
    public CreatedBranch {
        endpoints = List.copyOf(endpoints);
        operations = List.copyOf(operations);
    }
}
