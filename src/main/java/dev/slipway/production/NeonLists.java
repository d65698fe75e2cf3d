package dev.slipway.production;

import dev.slipway.neon.Branch;
import dev.slipway.neon.Endpoint;
import java.util.List;

/// What Neon says about the branches of a project and their computes, in one look.
public record NeonLists(List<Branch> branches, List<Endpoint> endpoints) {
    public NeonLists {
        branches = List.copyOf(branches);
        endpoints = List.copyOf(endpoints);
    }
}
