package dev.slipway.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The records of the zone: what was ordered, and what the name servers answer already.
public final class DnsZone {
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}(?<!\\.)");

    private final String name;
    private final InstantSource clock;
    private final Duration delay;
    private final CloudflareAccount.Plan plan;
    private final Consumer<List<DnsRecord>> keep;
    private final TreeMap<Instant, List<DnsRecord>> published = new TreeMap<>();
    private List<DnsRecord> records;

    /// Changes that belong together.
    ///
    /// @param deletes ids
    /// @param patches records whose id says which one they replace; puts likewise
    /// @param posts new records
    public record Batch(
            List<String> deletes,
            List<DnsRecord> patches,
            List<DnsRecord> puts,
            List<DnsRecord> posts) {
        /// Only new records.
        public static Batch posts(List<DnsRecord> records) {
            return new Batch(List.of(), List.of(), List.of(), records);
        }
    }

    DnsZone(
            CloudflareAccount account,
            List<DnsRecord> records,
            InstantSource clock,
            Duration delay,
            Consumer<List<DnsRecord>> keep) {
        this.name = account.zoneName();
        this.plan = account.plan();
        this.clock = clock;
        this.delay = delay;
        this.keep = keep;
        this.records = List.copyOf(records);
        published.put(Instant.EPOCH, this.records);
    }

    /// The zone's name, for example `codex.test`.
    public String name() {
        return name;
    }

    /// All records, oldest first, as the API knows them.
    public synchronized List<DnsRecord> records() {
        return records;
    }

    /// The records the name servers answer now; changes arrive there later.
    public synchronized List<DnsRecord> answered() {
        var now = clock.instant();
        var entry = published.floorEntry(now);
        if (entry == null) {
            return records;
        }
        published.headMap(entry.getKey()).clear();
        return entry.getValue();
    }

    /// Creates a record and returns it with id and whole name.
    ///
    /// @throws CloudflareRefusal 81057, 81058, 81053 or a validation error
    public DnsRecord create(DnsRecord record) {
        return batch(Batch.posts(List.of(record))).posts().getFirst();
    }

    /// Replaces the record with the same id.
    ///
    /// @throws CloudflareRefusal 81044 when there is none
    public DnsRecord replace(DnsRecord record) {
        return batch(new Batch(List.of(), List.of(), List.of(record), List.of())).puts().getFirst();
    }

    /// Deletes the record with this id.
    ///
    /// @throws CloudflareRefusal 81044 when there is none
    public void delete(String id) {
        batch(new Batch(List.of(id), List.of(), List.of(), List.of()));
    }

    /// The record with this id.
    public Optional<DnsRecord> record(String id) {
        return records().stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /// Carries out all changes or none: deletes, then patches, then puts, then posts.
    ///
    /// @return the records as stored; the deletes as they were asked for
    public synchronized Batch batch(Batch batch) {
        var size =
                batch.deletes().size()
                        + batch.patches().size()
                        + batch.puts().size()
                        + batch.posts().size();
        if (size > plan.batch()) {
            throw new CloudflareRefusal(
                    400, 9302, "A batch may hold " + plan.batch() + " records, not " + size + ".");
        }
        var next = new ArrayList<>(records);
        for (var id : batch.deletes()) {
            next.remove(changeable(next, id));
        }
        var patches = batch.patches().stream().map(r -> exchange(next, r)).toList();
        var puts = batch.puts().stream().map(r -> exchange(next, r)).toList();
        var posts = batch.posts().stream().map(r -> add(next, r)).toList();
        settle(next);
        return new Batch(batch.deletes(), patches, puts, posts);
    }

    /// The record of a custom domain, made or taken away by the domain itself.
    synchronized void own(String hostname, Optional<String> script, boolean override) {
        var next = new ArrayList<>(records);
        var there = next.stream().filter(r -> r.name().equals(hostname) && r.address()).toList();
        if (script.isPresent() && !override && there.stream().anyMatch(r -> r.worker().isEmpty())) {
            throw new CloudflareRefusal(
                    409,
                    100117,
                    "Hostname '%s' already has externally managed DNS records (A, CNAME, etc)."
                            .formatted(hostname));
        }
        next.removeIf(r -> there.contains(r) && (script.isPresent() || r.worker().isPresent()));
        var now = clock.instant();
        script.ifPresent(s ->
                next.add(
                        new DnsRecord(
                                CloudflareAccount.hex(),
                                "AAAA",
                                hostname,
                                "100::",
                                true,
                                1,
                                "",
                                List.of(),
                                Optional.empty(),
                                Optional.of(s),
                                now,
                                now)));
        settle(next);
    }

    private void settle(List<DnsRecord> next) {
        records = List.copyOf(next);
        published.put(clock.instant().plus(delay), records);
        keep.accept(records);
    }

    private DnsRecord add(List<DnsRecord> to, DnsRecord record) {
        var now = clock.instant();
        var stored = record.stored(CloudflareAccount.hex(), whole(record.name()), now, now);
        check(to, stored);
        to.add(stored);
        return stored;
    }

    private DnsRecord exchange(List<DnsRecord> in, DnsRecord record) {
        var old = changeable(in, record.id());
        var stored =
                record.stored(old.id(), whole(record.name()), old.createdOn(), clock.instant());
        var at = in.indexOf(old);
        in.remove(at);
        check(in, stored);
        in.add(at, stored);
        return stored;
    }

    private static DnsRecord changeable(List<DnsRecord> in, String id) {
        var found =
                in.stream()
                        .filter(r -> r.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () -> new CloudflareRefusal(404, 81044, "Record does not exist."));
        if (found.worker().isPresent()) {
            throw new CloudflareRefusal(
                    400, 1043, "This record belongs to a Worker's custom domain; change that.");
        }
        return found;
    }

    private static void check(List<DnsRecord> others, DnsRecord record) {
        for (var other : others) {
            if (!other.name().equals(record.name())) {
                continue;
            }
            if (other.says(record)) {
                throw other.proxied() == record.proxied() && other.ttl() == record.ttl()
                        ? new CloudflareRefusal(400, 81058, "An identical record already exists.")
                        : new CloudflareRefusal(400, 81057, "The record already exists.");
            }
            if (other.address()
                    && record.address()
                    && (other.type().equals("CNAME") || record.type().equals("CNAME"))) {
                throw new CloudflareRefusal(
                        400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
            }
        }
        if (record.type().equals("A") && !IPV4.matcher(record.content()).matches()) {
            throw new CloudflareRefusal(
                    400, 9005, "Content for A record must be a valid IPv4 address.");
        }
        if (record.type().equals("AAAA") && !record.content().contains(":")) {
            throw new CloudflareRefusal(
                    400, 9006, "Content for AAAA record must be a valid IPv6 address.");
        }
        if (record.content().isBlank()) {
            throw new CloudflareRefusal(400, 9101, "Content is required.");
        }
        if (record.proxied() && !record.proxiable()) {
            throw new CloudflareRefusal(400, 9041, "This DNS record cannot be proxied.");
        }
        if (record.ttl() != 1 && (record.ttl() < 60 || record.ttl() > 86_400)) {
            throw new CloudflareRefusal(
                    400,
                    9021,
                    "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.");
        }
    }

    private String whole(String given) {
        var lower = given.toLowerCase(Locale.ROOT);
        if (lower.equals("@") || lower.equals(name)) {
            return name;
        }
        return lower.endsWith("." + name) ? lower : lower + "." + name;
    }
}
