package io.sparknn.train.net;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.ConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this JVM speaks over the network: the settings and secrets of its Spark application. */
final class Wire {
    /** Spark's network layer reads its settings as {@code spark.sparknn.io.…}. */
    private static final String MODULE = "sparknn";

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final SparkConf conf;
    private final SecurityManager security;
    private final String executor;
    private final String host;

    /** Without security when there is no manager of it. */
    Wire(SparkConf conf, SecurityManager security, String executor, String host) {
        this.conf = conf.clone();
        this.conf.setIfMissing("spark." + MODULE + ".io.serverThreads", "2");
        this.conf.setIfMissing("spark." + MODULE + ".io.clientThreads", "2");
        this.security = security;
        this.executor = executor;
        this.host = host;
    }

    /** Of the Spark application that runs in this JVM. */
    static Wire ofSpark() {
        SparkEnv env = SparkEnv.get();
        String host = env.blockManager().blockManagerId().host();
        return new Wire(env.conf(), env.securityManager(), env.executorId(), host);
    }

    String application() {
        return conf.get("spark.app.id", "");
    }

    String executor() {
        return executor;
    }

    /** Where others reach this JVM. */
    String host() {
        return host;
    }

    /** The interface to listen on: the driver may have one of its own, behind the address it is known by. */
    String bindHost() {
        return executor.equals("driver") ? conf.get("spark.driver.bindAddress", host) : host;
    }

    int port() {
        return conf.getInt("spark.sparknn.port", 0);
    }

    int maxRetries() {
        return conf.getInt("spark.port.maxRetries", 16);
    }

    long idleMillis() {
        return conf.getTimeAsMs("spark.sparknn.idleTimeout", "60s");
    }

    TransportConf transport() {
        ConfigProvider secured = sslProvider();
        return new TransportConf(MODULE, secured != null ? secured : new Settings(conf));
    }

    List<TransportServerBootstrap> serverBootstraps(TransportConf transport) {
        return authenticated() ? List.of(new AuthServerBootstrap(transport, security)) : List.of();
    }

    List<TransportClientBootstrap> clientBootstraps(TransportConf transport) {
        return authenticated() ? List.of(new AuthClientBootstrap(transport, application(), security)) : List.of();
    }

    private boolean authenticated() {
        return security != null && security.isAuthenticationEnabled();
    }

    /** With certificates and keys of {@code spark.ssl.rpc}, which Spark knows from 4.0 on; null without. */
    private ConfigProvider sslProvider() {
        if (security == null || !conf.getBoolean("spark.ssl.rpc.enabled", false)) {
            return null;
        }
        try {
            Object options = SecurityManager.class.getMethod("getRpcSSLOptions").invoke(security);
            return (ConfigProvider) options.getClass()
                    .getMethod("createConfigProvider", SparkConf.class)
                    .invoke(options, conf);
        } catch (NoSuchMethodException e) {
            if (WARNED.compareAndSet(false, true)) {
                LOG.warn("spark.ssl.rpc.enabled does nothing on Spark before 4.0: training sends gradients as plain "
                        + "text; use spark.authenticate with spark.network.crypto.enabled");
            }
            return null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("spark.ssl.rpc.enabled is set, but its settings cannot be read", e);
        }
    }

    /** What Spark's own bridge does, whose signature differs between versions. */
    private static final class Settings extends ConfigProvider {
        private final SparkConf conf;

        Settings(SparkConf conf) {
            this.conf = conf;
        }

        @Override
        public String get(String name) {
            String value = conf.get(name, null);
            if (value == null) {
                throw new NoSuchElementException(name);
            }
            return value;
        }

        @Override
        public String get(String name, String defaultValue) {
            return conf.get(name, defaultValue);
        }

        @Override
        public Iterable<Map.Entry<String, String>> getAll() {
            Map<String, String> all = new HashMap<>();
            for (scala.Tuple2<String, String> entry : conf.getAll()) {
                all.put(entry._1(), entry._2());
            }
            return all.entrySet();
        }
    }
}
