package dev.slipway.sandbox.postgres;

import dev.slipway.domain.InputException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The lasting address of a compute. Clients connect here; the cluster behind may sleep, wake on
/// another port or be exchanged for another one.
///
/// It reads the first packet only: answers a wish for encryption with no, and leaves out Neon's
/// own `endpoint=…` option, which tells a pooled connection from a direct one.
public final class Gateway implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket socket;
    private final Compute compute;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    /// What stands behind a gateway.
    public interface Compute {
        /// The port of the running cluster, which is woken when it sleeps.
        ///
        /// @throws RuntimeException when it cannot be; its message goes to the client
        int wake();

        /// The port of the cluster if it runs, else zero.
        int awake();

        /// Something was said on a connection.
        void busy();
    }

    /// Listens on `port`, or on a free one when it is zero.
    ///
    /// @throws InputException when the port is taken
    public Gateway(int port, Compute compute) {
        this.compute = compute;
        try {
            socket = port == 0 ? FreePort.listen() : FreePort.listen(port);
        } catch (IOException e) {
            throw new InputException(
                    "Port "
                            + port
                            + " on 127.0.0.1 belongs to a database of this sandbox, but another"
                            + " program uses it. Nothing was started. End that program, or begin a"
                            + " new world.");
        }
        Thread.ofVirtual().name("gateway " + port()).start(this::accept);
    }

    /// The port clients connect to.
    public int port() {
        return socket.getLocalPort();
    }

    /// How many clients are connected.
    public int clients() {
        return clients.size();
    }

    /// Ends every connection.
    public void dropClients() {
        clients.forEach(Gateway::end);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                clients.add(client);
                Thread.ofVirtual().name("client of " + port()).start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that left before it was taken.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new DataInputStream(client.getInputStream());
            var out = client.getOutputStream();
            var first = StartupPacket.read(in);
            while (first.code() == SSL_REQUEST || first.code() == GSS_REQUEST) {
                out.write('N');
                first = StartupPacket.read(in);
            }
            var port = first.code() == CANCEL_REQUEST ? compute.awake() : wake(out);
            if (port > 0) {
                join(client, port, first);
            }
        } catch (IOException e) {
            // Either side left; there is nobody to tell.
        } finally {
            clients.remove(client);
        }
    }

    private int wake(OutputStream out) throws IOException {
        try {
            return compute.wake();
        } catch (RuntimeException e) {
            StartupPacket.refuse(out, String.valueOf(e.getMessage()));
            return 0;
        }
    }

    private void join(Socket client, int port, StartupPacket first) throws IOException {
        try (var cluster = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            cluster.setTcpNoDelay(true);
            first.withoutEndpoint().write(new DataOutputStream(cluster.getOutputStream()));
            var back = Thread.ofVirtual().start(() -> pump(cluster, client));
            pump(client, cluster);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[16 << 10];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int length;
            while ((length = in.read(buffer)) >= 0) {
                compute.busy();
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // Closing both streams, which closes both sockets, is how the other side learns it.
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It listens no more either way.
        }
        dropClients();
    }
}
