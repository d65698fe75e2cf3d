package dev.slipway.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dns.Resolution.Resolved;
import dev.slipway.domain.World;
import dev.slipway.http.Worlds;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class WorldDnsTest {
    private static final World.Transport PUBLIC_ONLY = World.Transport.LIVE;

    @Test
    void addressesAreFoundThroughTheirAliases() {
        try (var server =
                new Server((name, type) ->
                        switch (name) {
                            case "www.test." -> answer(alias("www.test.", "web.test.", 300));
                            case "web.test." ->
                                    type == Type.A
                                            ? answer(a("web.test.", "1.1.1.1", 60))
                                            : answer(aaaa("web.test.", "2606:4700::1", 90));
                            default -> code(Rcode.NXDOMAIN);
                        })) {
            assertThat(dns(server, PUBLIC_ONLY).resolve("www.test"))
                    .isInstanceOfSatisfying(
                            Resolved.class,
                            r -> {
                                assertThat(r.addresses())
                                        .extracting(InetAddress::getHostAddress)
                                        .containsExactly("1.1.1.1", "2606:4700:0:0:0:0:0:1");
                                assertThat(r.chain()).containsExactly("web.test");
                                assertThat(r.ttl()).isEqualTo(Duration.ofSeconds(60));
                            });
        }
    }

    @Test
    void everyWayItCanEndHasItsAnswer() {
        try (var server =
                new Server((name, type) ->
                        switch (name) {
                            case "a.loop." -> answer(alias("a.loop.", "b.loop.", 1));
                            case "b.loop." -> answer(alias("b.loop.", "a.loop.", 1));
                            case "self.test." -> answer(alias("self.test.", "self.test.", 1));
                            case "broken.test." -> code(Rcode.SERVFAIL);
                            case "shut.test." -> code(Rcode.REFUSED);
                            case "empty.test." -> answer();
                            case "six.test." ->
                                    type == Type.A
                                            ? answer()
                                            : answer(aaaa("six.test.", "2606:4700::1", 0));
                            case "dangling.test." ->
                                    answer(alias("dangling.test.", "gone.test.", 1));
                            case "inside.test." -> answer(a("inside.test.", "10.0.0.7", 1));
                            default -> code(Rcode.NXDOMAIN);
                        })) {
            var dns = dns(server, PUBLIC_ONLY);

            assertThat(dns.resolve("gone.test")).isEqualTo(new Resolution.NxDomain());
            assertThat(dns.resolve("dangling.test")).isEqualTo(new Resolution.NxDomain());
            assertThat(dns.resolve("a.loop")).isInstanceOf(Resolution.Loop.class);
            assertThat(dns.resolve("self.test")).isInstanceOf(Resolution.Loop.class);
            assertThat(dns.resolve("broken.test")).isEqualTo(new Resolution.ServFail("SERVFAIL"));
            assertThat(dns.resolve("shut.test")).isEqualTo(new Resolution.ServFail("REFUSED"));
            assertThat(dns.resolve("empty.test")).isInstanceOf(Resolution.NoAddress.class);
            assertThat(dns.resolve("six.test").resolved()).isTrue();
            assertThat(dns.resolve("inside.test")).isInstanceOf(Resolution.PrivateAddress.class);
            assertThat(dns(server, Worlds.LOOPBACK).resolve("inside.test").resolved()).isTrue();
            assertThat(dns.resolve("not a..name")).isInstanceOf(Resolution.BadName.class);
            assertThat(dns.resolve("x".repeat(64) + ".test"))
                    .isInstanceOf(Resolution.BadName.class);
        }
    }

    @Test
    void aResolverThatIsSilentIsATimeout() throws IOException {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var at = new InetSocketAddress(silent.getLocalAddress(), silent.getLocalPort());

            assertThat(new WorldDns(Worlds.dns(at, PUBLIC_ONLY)).resolve("web.test"))
                    .isEqualTo(new Resolution.Timeout(Worlds.QUICK.connect()));
        }
    }

    @Test
    void anAnswerTooLongForUdpIsAskedForOverTcp() {
        var overTcp = new AtomicInteger();
        try (var server =
                new Server((name, type) -> truncated()) {
                    @Override
                    Message overTcp(Message query) {
                        overTcp.incrementAndGet();
                        var name = query.getQuestion().getName().toString();
                        return query.getQuestion().getType() == Type.A
                                ? answer(a(name, "1.1.1.1", 60))
                                : answer();
                    }
                }) {
            assertThat(dns(server, PUBLIC_ONLY).resolve("long.test").resolved()).isTrue();
            assertThat(overTcp).hasValue(2);
        }
    }

    private static WorldDns dns(Server server, World.Transport policy) {
        return new WorldDns(Worlds.dns(server.address(), policy));
    }

    private static Message answer(Record... records) {
        var message = new Message();
        for (var record : records) {
            message.addRecord(record, Section.ANSWER);
        }
        return message;
    }

    private static Message code(int rcode) {
        var message = new Message();
        message.getHeader().setRcode(rcode);
        return message;
    }

    private static Message truncated() {
        var message = new Message();
        message.getHeader().setFlag(Flags.TC);
        return message;
    }

    private static Record a(String name, String address, long ttl) {
        return new ARecord(
                Name.fromConstantString(name), DClass.IN, ttl, InetAddress.ofLiteral(address));
    }

    private static Record aaaa(String name, String address, long ttl) {
        return new AAAARecord(
                Name.fromConstantString(name), DClass.IN, ttl, InetAddress.ofLiteral(address));
    }

    private static Record alias(String name, String target, long ttl) {
        return new CNAMERecord(
                Name.fromConstantString(name), DClass.IN, ttl, Name.fromConstantString(target));
    }

    /// Answers real packets by a rule.
    private static class Server implements AutoCloseable {
        private final DatagramSocket udp;
        private final ServerSocket tcp;
        private final BiFunction<String, Integer, Message> rule;

        Server(BiFunction<String, Integer, Message> rule) {
            this.rule = rule;
            try {
                var loopback = InetAddress.getLoopbackAddress();
                var both = new DatagramSocket(0, loopback);
                var listening = listens(both);
                while (listening.isEmpty()) {
                    // What is free for UDP is taken for TCP by somebody else.
                    both.close();
                    both = new DatagramSocket(0, loopback);
                    listening = listens(both);
                }
                udp = both;
                tcp = listening.get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.startVirtualThread(this::udp);
            Thread.startVirtualThread(this::tcp);
        }

        private static Optional<ServerSocket> listens(DatagramSocket udp) throws IOException {
            try {
                return Optional.of(
                        new ServerSocket(udp.getLocalPort(), 5, InetAddress.getLoopbackAddress()));
            } catch (BindException e) {
                return Optional.empty();
            }
        }

        InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort());
        }

        Message overTcp(Message query) {
            return code(Rcode.REFUSED);
        }

        private void udp() {
            var packet = new DatagramPacket(new byte[1_500], 1_500);
            while (true) {
                try {
                    udp.receive(packet);
                    var query =
                            new Message(
                                    java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                    var question = query.getQuestion();
                    var bytes =
                            to(
                                    query,
                                    rule.apply(question.getName().toString(), question.getType()));
                    udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void tcp() {
            while (true) {
                try {
                    var connection = tcp.accept();
                    Thread.startVirtualThread(() -> serve(connection));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket connection) {
            try (connection) {
                var in = new DataInputStream(connection.getInputStream());
                var out = new DataOutputStream(connection.getOutputStream());
                while (true) {
                    var query = new Message(in.readNBytes(in.readUnsignedShort()));
                    var bytes = to(query, overTcp(query));
                    out.writeShort(bytes.length);
                    out.write(bytes);
                    out.flush();
                }
            } catch (IOException e) {
                // The client has what it wanted.
            }
        }

        private static byte[] to(Message query, Message answer) {
            answer.getHeader().setID(query.getHeader().getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.addRecord(query.getQuestion(), Section.QUESTION);
            return answer.toWire();
        }

        @Override
        public void close() {
            udp.close();
            try {
                tcp.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
