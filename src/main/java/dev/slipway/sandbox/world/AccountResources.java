package dev.slipway.sandbox.world;

import dev.slipway.sandbox.world.AccountResource.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the account has for Workers to be bound to: namespaces, buckets, databases, queues. Nothing is stored in
/// them; what counts is whether they are there. One that an upload names for the first time is there from then
/// on, since a world made from a repository has the account its files were written for. One that was deleted
/// stays away.
public final class AccountResources {
    private final CloudflareStore store;
    private List<AccountResource> all;

    private record Kept(List<AccountResource> resources) {}

    AccountResources(CloudflareStore store) {
        this.store = store;
        all = store.read("resources.json", Kept.class).map(Kept::resources).orElse(List.of());
    }

    /// Those of a kind that are there, oldest first.
    public synchronized List<AccountResource> of(Kind kind) {
        return all.stream().filter(r -> r.kind() == kind && !r.deleted()).toList();
    }

    /// The one of that id, when it is there.
    public Optional<AccountResource> find(Kind kind, String id) {
        return of(kind).stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /// Makes one, also in place of a deleted one of the same id.
    public synchronized AccountResource create(Kind kind, String id, String name) {
        var made = new AccountResource(kind, id, name, false);
        var others = new ArrayList<>(all);
        others.removeIf(r -> r.kind() == kind && r.id().equals(id));
        others.add(made);
        keep(others);
        return made;
    }

    /// Deletes one. What is bound to it stays as it is.
    ///
    /// @return whether it was there
    public synchronized boolean delete(Kind kind, String id) {
        var found = find(kind, id);
        found.ifPresent(one -> keep(all.stream().map(r -> r.equals(one) ? r.gone() : r).toList()));
        return found.isPresent();
    }

    /// Makes what these bindings name for the first time.
    ///
    /// @throws CloudflareRefusal when one names what was deleted
    synchronized void named(List<WorkerBinding> bindings) {
        require(bindings);
        for (var binding : bindings) {
            for (var kind : Kind.values()) {
                kind.namedBy(binding)
                        .filter(id -> find(kind, id).isEmpty())
                        .ifPresent(id -> create(kind, id, id));
            }
        }
    }

    /// @throws CloudflareRefusal when one of these bindings names what was deleted
    synchronized void require(List<WorkerBinding> bindings) {
        for (var binding : bindings) {
            for (var kind : Kind.values()) {
                kind.namedBy(binding)
                        .filter(id -> deleted(kind, id))
                        .ifPresent(id -> {
                            throw kind.missing(binding, id);
                        });
            }
        }
    }

    private boolean deleted(Kind kind, String id) {
        return all.stream().anyMatch(r -> r.kind() == kind && r.id().equals(id) && r.deleted());
    }

    private void keep(List<AccountResource> resources) {
        all = List.copyOf(resources);
        store.write("resources.json", new Kept(all));
    }
}
