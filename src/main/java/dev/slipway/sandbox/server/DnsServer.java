package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.Faults;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The name servers of the zone, over UDP and TCP on one loopback port.
///
/// Faults of the service `dns` see the record type as method and the name as path. [Fault.Answer]'s
/// status is a response code (2 SERVFAIL, 3 NXDOMAIN), a lost request or answer is a timeout, a
/// truncated answer sends the client to TCP.
public final class DnsServer implements AutoCloseable {
    private static final int PLAIN = 512;
    private static final int MOST = 1_232;
    private static final int IDLE_MILLIS = 10_000;
    private static final int ATTEMPTS = 20;

    private final DnsAnswers answers;
    private final Faults faults;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger calls = new AtomicInteger();

    /// Starts answering for the zone of `world`.
    ///
    /// @param port a port of one's own, or 0 for a free one
    /// @throws UncheckedIOException when there is no port
    public DnsServer(CloudflareWorld world, Faults faults, int port) {
        this.answers = new DnsAnswers(world);
        this.faults = faults;
        var sockets = bind(port);
        udp = sockets.udp();
        tcp = sockets.tcp();
        threads.execute(this::datagrams);
        threads.execute(this::connections);
    }

    private record Sockets(DatagramSocket udp, ServerSocket tcp) {}

    /// Where to ask.
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort());
    }

    /// How many questions have arrived.
    public int calls() {
        return calls.get();
    }

    /// A UDP port that is free may be taken for TCP, so with a free choice it tries a few.
    private static Sockets bind(int port) {
        IOException last = new IOException("no port");
        for (int i = 0; i < (port == 0 ? ATTEMPTS : 1); i++) {
            DatagramSocket udp = null;
            try {
                udp = new DatagramSocket(port, InetAddress.getLoopbackAddress());
                return new Sockets(
                        udp,
                        new ServerSocket(udp.getLocalPort(), 50, InetAddress.getLoopbackAddress()));
            } catch (IOException e) {
                last = e;
                if (udp != null) {
                    udp.close();
                }
            }
        }
        throw new UncheckedIOException("no loopback port for dns: " + last.getMessage(), last);
    }

    private void datagrams() {
        while (!udp.isClosed()) {
            var packet = new DatagramPacket(new byte[4_096], 4_096);
            try {
                udp.receive(packet);
            } catch (IOException e) {
                continue;
            }
            var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            threads.execute(() -> reply(bytes, true).ifPresent(answer -> send(answer, packet)));
        }
    }

    private void send(byte[] answer, DatagramPacket to) {
        try {
            udp.send(new DatagramPacket(answer, answer.length, to.getSocketAddress()));
        } catch (IOException e) {
            // Whoever asked is gone, or we are closing; a lost datagram is what UDP promises.
        }
    }

    private void connections() {
        while (!tcp.isClosed()) {
            try {
                var socket = tcp.accept();
                threads.execute(() -> converse(socket));
            } catch (IOException e) {
                // Closing, or a client that gave up before it was accepted.
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                var question = in.readNBytes(in.readUnsignedShort());
                var answer = reply(question, false);
                if (answer.isEmpty()) {
                    return;
                }
                out.writeShort(answer.get().length);
                out.write(answer.get());
                out.flush();
            }
        } catch (EOFException e) {
            // The client has asked everything.
        } catch (IOException e) {
            // It went away or said nothing for long.
        }
    }

    private Optional<byte[]> reply(byte[] bytes, boolean overUdp) {
        calls.incrementAndGet();
        try {
            var query = new Message(bytes);
            var question = query.getQuestion();
            if (query.getHeader().getFlag(Flags.QR) || question == null) {
                return Optional.empty();
            }
            var fault =
                    faults.hit(
                            "dns",
                            Type.string(question.getType()),
                            question.getName().toString(true));
            var answer =
                    switch (fault.orElse(null)) {
                        case null -> answers.to(query);
                        case Fault.Answer fixed -> DnsAnswers.refuse(query, code(fixed.status()));
                        case Fault.Slow slow -> {
                            Thread.sleep(slow.by());
                            yield answers.to(query);
                        }
                        case Fault.Truncate _ -> overUdp ? shortened(query) : answers.to(query);
                        case Fault.LoseRequest _, Fault.LoseAnswer _, Fault.ApplyLate _ -> null;
                    };
            return Optional.ofNullable(answer).map(a -> a.toWire(overUdp ? room(query) : 65_535));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// A response code as it is; of an HTTP status what comes nearest.
    private static int code(int status) {
        return status < 16 ? status : status >= 500 ? Rcode.SERVFAIL : Rcode.REFUSED;
    }

    private Message shortened(Message query) {
        var answer = answers.to(query);
        answer.removeAllRecords(Section.ANSWER);
        answer.getHeader().setFlag(Flags.TC);
        return answer;
    }

    private static int room(Message query) {
        var options = query.getOPT();
        return options == null ? PLAIN : Math.clamp(options.getPayloadSize(), PLAIN, MOST);
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
