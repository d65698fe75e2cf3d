package dev.slipway.sandbox.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// The first packet of a Postgres client (protocol 3, "Message Formats").
///
/// @param code protocol version, or the number of a special request
/// @param body what follows
record StartupPacket(int code, byte[] body) {
    private static final int LONGEST = 10_000;
    private static final int PROTOCOL_3 = 3 << 16;

    static StartupPacket read(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 8 || length > LONGEST) {
            throw new IOException("not a Postgres client");
        }
        var code = in.readInt();
        return new StartupPacket(code, in.readNBytes(length - 8));
    }

    void write(DataOutputStream out) throws IOException {
        var whole = new ByteArrayOutputStream();
        var packet = new DataOutputStream(whole);
        packet.writeInt(body.length + 8);
        packet.writeInt(code);
        packet.write(body);
        out.write(whole.toByteArray());
        out.flush();
    }

    /// The same without Neon's `endpoint=…` among the options, which Postgres does not know.
    StartupPacket withoutEndpoint() {
        if (code >>> 16 != PROTOCOL_3 >>> 16) {
            return this;
        }
        var fields = new String(body, StandardCharsets.UTF_8).split("\0", -1);
        var kept = new ArrayList<String>();
        for (int i = 0; i + 1 < fields.length && !fields[i].isEmpty(); i += 2) {
            var value = fields[i + 1];
            if (fields[i].equals("options")) {
                value = value.replaceAll("(?:^|\\s)endpoint=\\S*", "").strip();
                if (value.isEmpty()) {
                    continue;
                }
            }
            kept.add(fields[i]);
            kept.add(value);
        }
        var text = String.join("\0", kept) + "\0\0";
        return new StartupPacket(code, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Tells a client that it cannot connect (SQLSTATE 57P03, cannot connect now).
    static void refuse(OutputStream out, String message) throws IOException {
        var fields = "SFATAL\0VFATAL\0C57P03\0M" + message + "\0\0";
        var bytes = fields.getBytes(StandardCharsets.UTF_8);
        var packet = new DataOutputStream(out);
        packet.writeByte('E');
        packet.writeInt(bytes.length + 4);
        packet.write(bytes);
        packet.flush();
    }
}
