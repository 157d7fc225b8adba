package io.sparknn.train.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open port of this JVM, and the connections to those of others. */
final class Endpoint implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    private final String application;
    private final String host;
    private final TransportContext context;
    private final TransportServer server;
    private final TransportClientFactory clients;

    Endpoint(Wire wire, RpcHandler handler) {
        TransportConf transport = wire.transport();
        this.application = wire.application();
        this.host = wire.host();
        this.context = new TransportContext(transport, handler);
        this.server = listen(wire, transport);
        this.clients = context.createClientFactory(new ArrayList<>(wire.clientBootstraps(transport)));
        LOG.debug("listens on {}:{}", host, port());
    }

    /** On the port that is set, or one of the next; on any if none is set. */
    private TransportServer listen(Wire wire, TransportConf transport) {
        String bind = localOrAny(wire.bindHost());
        for (int attempt = 0; ; attempt++) {
            int port = wire.port() == 0 ? 0 : wire.port() + attempt;
            try {
                return context.createServer(bind, port, new ArrayList<>(wire.serverBootstraps(transport)));
            } catch (Exception e) { // thrown past the compiler by Netty
                if (!(e instanceof IOException) || attempt >= wire.maxRetries()) {
                    context.close();
                    throw new IllegalStateException(
                            "training needs a port on " + wire.host() + ", and " + port + " cannot be had ("
                                    + e.getMessage() + "); set spark.sparknn.port or spark.port.maxRetries",
                            e);
                }
            }
        }
    }

    /** Null, for all interfaces, where this machine is known by an address that is not its own. */
    private static String localOrAny(String host) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(host)) != null ? host : null;
        } catch (IOException e) {
            return null;
        }
    }

    String application() {
        return application;
    }

    String host() {
        return host;
    }

    int port() {
        return server.getPort();
    }

    /** The connection to another JVM; blocks, for as long as Spark's settings allow, when there is none yet. */
    TransportClient connect(String otherHost, int otherPort) throws IOException, InterruptedException {
        return clients.createClient(otherHost, otherPort);
    }

    @Override
    public void close() {
        clients.close();
        server.close();
        context.close();
        LOG.debug("listens on {} no more", host);
    }
}
