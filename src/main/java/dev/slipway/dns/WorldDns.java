package dev.slipway.dns;

import dev.slipway.domain.World;
import dev.slipway.http.Addresses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks the resolver of a world over UDP, and over TCP when an answer does not fit.
///
/// Asks for IPv4 and IPv6 addresses and follows CNAME records itself where the resolver does not.
/// Remembers nothing: what a release manager sees is what the resolver says now.
public final class WorldDns implements Dns {
    private static final int LONGEST_CHAIN = 8;

    private final Resolver resolver;
    private final World.Transport policy;
    private final Duration patience;

    /// The resolver of `world`.
    public WorldDns(World world) {
        this.policy = world.transport();
        this.patience = world.bounds().connect();
        try {
            this.resolver =
                    world.dns().isPresent()
                            ? new SimpleResolver(world.dns().get())
                            : new SimpleResolver();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the system names no resolver", e);
        }
        resolver.setTimeout(patience);
    }

    /// What one question for one type brought.
    private record Found(List<InetAddress> addresses, SequencedSet<Name> chain, long ttl) {}

    /// A look-up that ends early.
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Resolution how;

        Ended(Resolution how) {
            this.how = how;
        }
    }

    @Override
    public Resolution resolve(String hostname) {
        Name name;
        try {
            name = Name.fromString(hostname, Name.root);
        } catch (TextParseException e) {
            return new Resolution.BadName("it is not a hostname");
        }
        try {
            var four = ask(name, Type.A);
            var six = ask(name, Type.AAAA);
            return together(four, six);
        } catch (Ended e) {
            return e.how;
        }
    }

    private Resolution together(Found four, Found six) {
        var addresses = new ArrayList<>(four.addresses());
        addresses.addAll(six.addresses());
        var chain = texts(four.chain().isEmpty() ? six.chain() : four.chain());
        if (addresses.isEmpty()) {
            return new Resolution.NoAddress(chain);
        }
        var allowed = addresses.stream().filter(a -> Addresses.allowed(policy, a)).toList();
        if (allowed.size() < addresses.size()) {
            return new Resolution.PrivateAddress(addresses);
        }
        return new Resolution.Resolved(
                addresses, chain, Duration.ofSeconds(Math.min(four.ttl(), six.ttl())));
    }

    /// Follows CNAME records from `name` to records of `type`, inside an answer and by asking again.
    private Found ask(Name name, int type) throws Ended {
        var chain = new LinkedHashSet<Name>();
        var at = name;
        long ttl = Long.MAX_VALUE;
        while (true) {
            var asked = at;
            var answer = send(asked, type).getSection(Section.ANSWER);
            for (var alias = alias(answer, at); alias.isPresent(); alias = alias(answer, at)) {
                at = alias.get().getTarget();
                ttl = Math.min(ttl, alias.get().getTTL());
                if (at.equals(name) || !chain.add(at) || chain.size() > LONGEST_CHAIN) {
                    throw new Ended(new Resolution.Loop(texts(chain)));
                }
            }
            var addresses = new ArrayList<InetAddress>();
            for (var record : answer) {
                if (record.getName().equals(at) && record.getType() == type) {
                    addresses.add(address(record));
                    ttl = Math.min(ttl, record.getTTL());
                }
            }
            if (!addresses.isEmpty() || at.equals(asked)) {
                return new Found(addresses, chain, ttl);
            }
        }
    }

    private static Optional<CNAMERecord> alias(List<Record> answer, Name name) {
        return answer.stream()
                .filter(r -> r.getName().equals(name) && r instanceof CNAMERecord)
                .map(CNAMERecord.class::cast)
                .findFirst();
    }

    private static InetAddress address(Record record) {
        return switch (record) {
            case ARecord a -> a.getAddress();
            case AAAARecord a -> a.getAddress();
            default -> throw new IllegalStateException("not an address record");
        };
    }

    private Message send(Name name, int type) throws Ended {
        Message answer;
        try {
            answer = resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
        } catch (InterruptedIOException e) {
            throw new Ended(new Resolution.Timeout(patience));
        } catch (IOException e) {
            var timedOut =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("timed out");
            throw new Ended(
                    timedOut
                            ? new Resolution.Timeout(patience)
                            : new Resolution.ServFail("its answer cannot be read"));
        }
        return switch (answer.getRcode()) {
            case Rcode.NOERROR -> answer;
            case Rcode.NXDOMAIN -> throw new Ended(new Resolution.NxDomain());
            default -> throw new Ended(new Resolution.ServFail(Rcode.string(answer.getRcode())));
        };
    }

    private static List<String> texts(SequencedSet<Name> chain) {
        return chain.stream().map(n -> n.toString(true)).toList();
    }
}
