package dev.slipway.sandbox.world;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The sandbox's Workers in memory, for a simulation: the same rules, nothing kept.
public final class MemoryWorkers implements CloudflareStore {
    private static final CloudflareAccount ACCOUNT =
            new CloudflareAccount(
                    "a".repeat(32),
                    "codex",
                    "b".repeat(32),
                    "release@codex.test",
                    "codex",
                    CloudflareAccount.Plan.PAID,
                    "c".repeat(32),
                    "codex.test",
                    CloudflareAccount.Delays.NONE);

    private final Map<String, byte[]> modules = new HashMap<>();

    private MemoryWorkers() {}

    /// Workers of a new account.
    ///
    /// @param ids names versions and deployments
    public static CloudflareWorkers of(InstantSource clock, Supplier<String> ids) {
        var store = new MemoryWorkers();
        var pace = new Pace(1);
        var zone = new DnsZone(ACCOUNT, List.of(), clock, Duration.ZERO, _ -> {});
        var domains = new CloudflareDomains(ACCOUNT, zone, store);
        return new CloudflareWorkers(
                ACCOUNT, domains, new AccountResources(store), store, pace, clock, ids);
    }

    @Override
    public <T> Optional<T> read(String name, Class<T> type) {
        return Optional.empty();
    }

    @Override
    public List<WorkerScript> scripts() {
        return List.of();
    }

    @Override
    public void write(WorkerScript script) {}

    @Override
    public void remove(WorkerScript script) {}

    @Override
    public void write(String name, Object value) {}

    @Override
    public WorkerModule keep(WorkerUpload.File file) {
        modules.put(file.name(), file.content());
        return new WorkerModule(file.name(), file.contentType(), "", file.content().length);
    }

    @Override
    public byte[] content(WorkerModule module) {
        return modules.getOrDefault(module.name(), new byte[0]);
    }
}
