package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.DnsRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What the name servers say: the zone's published records, the edge's address for proxied ones, a
/// wildcard for the account's workers.dev name, REFUSED for everything else.
final class DnsAnswers {
    private static final int TTL = 300;
    private static final int NEGATIVE_TTL = 60;
    private static final int CHAIN = 8;
    private static final int PAYLOAD = 1_232;

    private final CloudflareWorld world;
    private final String zone;
    private final String workersDev;

    DnsAnswers(CloudflareWorld world) {
        this.world = world;
        zone = world.account().zoneName();
        workersDev = world.account().workersDev("").substring(1);
    }

    static Message refuse(Message query, int rcode) {
        var answer = begin(query);
        answer.getHeader().setRcode(rcode);
        return answer;
    }

    Message to(Message query) {
        var question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return refuse(query, Rcode.NOTIMP);
        }
        var origin = origin(text(question.getName()));
        if (origin.isEmpty() || question.getDClass() != DClass.IN) {
            return refuse(query, Rcode.REFUSED);
        }
        var answer = begin(query);
        answer.getHeader().setFlag(Flags.AA);
        var found = follow(question.getName(), question.getType());
        found.records().forEach(r -> answer.addRecord(r, Section.ANSWER));
        if (!found.complete()) {
            answer.addRecord(soa(name(found.origin())), Section.AUTHORITY);
            if (!found.exists()) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
        }
        return answer;
    }

    /// What a chain of names led to.
    ///
    /// @param complete whether something of the asked type was at its end, or it left our zones
    private record Found(List<Record> records, boolean complete, boolean exists, String origin) {}

    private Found follow(Name asked, int type) {
        var records = new ArrayList<Record>();
        var published = world.zone().answered();
        var owner = asked;
        var origin = zone;
        for (int i = 0; i < CHAIN; i++) {
            var at = origin(text(owner));
            if (at.isEmpty()) {
                return new Found(records, true, true, origin);
            }
            origin = at.get();
            if (origin.equals(workersDev)) {
                var edge = edge(owner, type);
                records.addAll(edge);
                var exists =
                        text(owner).chars().filter(c -> c == '.').count() <= dots(workersDev) + 1;
                return new Found(records, exists && !edge.isEmpty(), exists, origin);
            }
            var there = at(published, text(owner));
            if (there.stream().anyMatch(DnsRecord::proxied)) {
                var edge = edge(owner, type);
                records.addAll(edge);
                return new Found(records, !edge.isEmpty(), true, origin);
            }
            var alias = there.stream().filter(r -> r.type().equals("CNAME")).findFirst();
            if (alias.isPresent() && type != Type.CNAME) {
                var target = name(alias.get().content());
                records.add(new CNAMERecord(owner, DClass.IN, ttl(alias.get()), target));
                owner = target;
                continue;
            }
            var own = new ArrayList<Record>();
            for (var record : there) {
                if (type == Type.ANY || Type.value(record.type()) == type) {
                    wire(owner, record).ifPresent(own::add);
                }
            }
            if (text(owner).equals(zone)) {
                own.addAll(apex(owner, type));
            }
            records.addAll(own);
            return new Found(
                    records, !own.isEmpty(), exists(published, text(owner), there), origin);
        }
        return new Found(records, true, true, origin);
    }

    private Optional<String> origin(String name) {
        return List.of(zone, workersDev).stream()
                .filter(o -> name.equals(o) || name.endsWith("." + o))
                .findFirst();
    }

    /// The records at a name, else those of the nearest wildcard above it.
    private List<DnsRecord> at(List<DnsRecord> published, String name) {
        var exact = published.stream().filter(r -> r.name().equals(name)).toList();
        var above = name;
        while (exact.isEmpty() && !above.equals(zone) && above.contains(".")) {
            above = above.substring(above.indexOf('.') + 1);
            var wildcard = "*." + above;
            exact = published.stream().filter(r -> r.name().equals(wildcard)).toList();
        }
        return exact;
    }

    private boolean exists(List<DnsRecord> published, String name, List<DnsRecord> there) {
        return !there.isEmpty()
                || name.equals(zone)
                || published.stream().anyMatch(r -> r.name().endsWith("." + name));
    }

    /// Every proxied name answers with the address of the edge, as with anycast: all with the same.
    private static List<Record> edge(Name owner, int type) {
        return switch (type) {
            case Type.A -> List.of(new ARecord(owner, DClass.IN, TTL, address("127.0.0.1")));
            case Type.AAAA -> List.of(new AAAARecord(owner, DClass.IN, TTL, address("::1")));
            default -> List.of();
        };
    }

    private static List<Record> apex(Name owner, int type) {
        return switch (type) {
            case Type.SOA -> List.of(soa(owner));
            case Type.NS ->
                    List.of(
                            new NSRecord(owner, DClass.IN, 86_400, name("ada.ns.cloudflare.com")),
                            new NSRecord(owner, DClass.IN, 86_400, name("bob.ns.cloudflare.com")));
            default -> List.of();
        };
    }

    private static SOARecord soa(Name origin) {
        return new SOARecord(
                origin,
                DClass.IN,
                NEGATIVE_TTL,
                name("ada.ns.cloudflare.com"),
                name("dns.cloudflare.com"),
                1,
                10_000,
                2_400,
                604_800,
                NEGATIVE_TTL);
    }

    /// A record that is not written as its type wants is not answered.
    private static Optional<Record> wire(Name owner, DnsRecord record) {
        var content =
                switch (record.type()) {
                    case "TXT" ->
                            record.content().startsWith("\"")
                                    ? record.content()
                                    : "\"" + record.content().replace("\"", "\\\"") + "\"";
                    case "MX" -> record.priority().orElse(10) + " " + dotted(record.content());
                    case "NS", "CNAME", "PTR" -> dotted(record.content());
                    default -> record.content();
                };
        try {
            return Optional.of(
                    Record.fromString(
                            owner,
                            Type.value(record.type()),
                            DClass.IN,
                            ttl(record),
                            content,
                            Name.root));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Message begin(Message query) {
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        return answer;
    }

    private static long ttl(DnsRecord record) {
        return record.ttl() == 1 ? TTL : record.ttl();
    }

    private static long dots(String name) {
        return name.chars().filter(c -> c == '.').count();
    }

    private static String dotted(String name) {
        return name.endsWith(".") ? name : name + ".";
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    private static Name name(String text) {
        try {
            return Name.fromString(dotted(text));
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a name: " + text, e);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
