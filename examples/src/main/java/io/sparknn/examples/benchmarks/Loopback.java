package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * How fast two threads of this machine talk over TCP: a message goes there and comes back. Plain sockets and floats copied
 * on both sides, the least that any network layer does.
 */
final class Loopback {
    private static final int SHORT = 64;
    private static final int LONG = 1 << 22;

    private Loopback() {}

    /** Half of a round trip of a short message, and the bandwidth of long ones. */
    static ScalingModel.Network measure() throws IOException {
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread echo = new Thread(() -> echo(server), "echo");
            echo.setDaemon(true);
            echo.start();
            try (SocketChannel socket = SocketChannel.open(server.getLocalAddress())) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                double latency = seconds(socket, SHORT, 2000) / 2;
                double bandwidth = LONG / (seconds(socket, LONG, 40) / 2);
                return new ScalingModel.Network("loopback", latency, latency / 2, bandwidth);
            }
        }
    }

    private static double seconds(SocketChannel socket, int bytes, int rounds) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        float[] floats = new float[bytes / Float.BYTES];
        double[] seconds = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            long began = System.nanoTime();
            send(socket, buffer, floats, bytes);
            receive(socket, buffer, floats);
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - began) / 1e9;
            }
        }
        return Spread.of(seconds).median();
    }

    private static void send(SocketChannel socket, ByteBuffer buffer, float[] floats, int bytes) throws IOException {
        buffer.clear();
        buffer.asFloatBuffer().put(floats);
        buffer.putInt(0, bytes).limit(bytes);
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
    }

    private static void receive(SocketChannel socket, ByteBuffer buffer, float... floats) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            read(socket, buffer);
        }
        buffer.flip().asFloatBuffer().get(floats);
    }

    private static void read(SocketChannel socket, ByteBuffer buffer) throws IOException {
        if (socket.read(buffer) < 0) {
            throw new IOException("the other end has gone");
        }
    }

    /** Sends back what comes once all of it is there; a message begins with its length. */
    private static void echo(ServerSocketChannel server) {
        try (SocketChannel socket = server.accept()) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer buffer = ByteBuffer.allocateDirect(LONG);
            float[] floats = new float[LONG / Float.BYTES];
            while (true) {
                buffer.clear();
                while (buffer.position() < Integer.BYTES || buffer.position() < buffer.getInt(0)) {
                    if (socket.read(buffer) < 0) {
                        return;
                    }
                }
                int bytes = buffer.getInt(0);
                buffer.flip().asFloatBuffer().get(floats, 0, bytes / Float.BYTES);
                send(socket, buffer, java.util.Arrays.copyOf(floats, bytes / Float.BYTES), bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
