package io.sparknn.train.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A worker as others know it.
 *
 * @param rank its number
 * @param site the JVM it runs in
 * @param executor Spark's name of that JVM
 * @param host where that is
 * @param port where that listens, 0 for nowhere
 */
record Member(int rank, long site, String executor, String host, int port) {
    void write(DataOutputStream out) throws IOException {
        out.writeInt(rank);
        out.writeLong(site);
        out.writeUTF(executor);
        out.writeUTF(host);
        out.writeInt(port);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Member of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a worker registers with its rank and place, got " + bytes.length + " bytes of something else", e);
        }
    }

    static Member read(DataInputStream in) throws IOException {
        return new Member(in.readInt(), in.readLong(), in.readUTF(), in.readUTF(), in.readInt());
    }

    @Override
    public String toString() {
        return "worker " + rank + " on " + host + " (executor " + executor + ")";
    }
}
