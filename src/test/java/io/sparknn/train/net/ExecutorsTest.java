package io.sparknn.train.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers in executors of their own, over Spark's network layer with the security of the cluster. */
@Tag("cluster")
@Timeout(300)
final class ExecutorsTest {
    private static final String SECRET = "spark.authenticate=true spark.authenticate.secret=a-secret-for-tests ";
    private static final String SUMS = "[1 of 2, 2 processes, echo, 1 of 2, 2 processes, echo]";

    private static final String NOTHING = "driver 0 threads, executors [0 threads, 0 threads]";
    private static final String SPARK_VERSION = org.apache.spark.package$.MODULE$.SPARK_VERSION();

    @TempDir
    Path directory;

    private List<String> run(String what, String settings) {
        String[] arguments = Stream.concat(
                        Stream.of(what), Stream.of(settings.trim().split(" ")))
                .toArray(String[]::new);
        return ChildJvm.run(directory.resolve("log").toFile(), ClusterFit.class, arguments)
                .lines()
                .toList();
    }

    @Test
    void executorsAddUpAndAKilledOneIsNamed() {
        List<String> printed = run("sums,kill", "spark.authenticate=false");
        assertThat(printed.subList(0, 3)).containsExactly(SUMS, SUMS, NOTHING);
        assertThat(printed.get(3))
                .matches("within seconds: worker 0 cannot go on with gather: worker 1 on 127.0.0.1 "
                        + "\\(executor [01]\\) is lost: .*closed");
        assertThat(printed.get(4)).contains("attempt 1 takes no workers any more: worker 1 on 127.0.0.1 (executor ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark.authenticate.enableSaslEncryption=true", "spark.network.crypto.enabled=true"})
    void withAuthenticationStrangersAreRefused(String encryption) {
        List<String> printed = run("sums,strangers", SECRET + encryption);
        assertThat(printed.subList(0, 3)).containsExactly(SUMS, SUMS, NOTHING);
        assertThat(printed.get(3)).startsWith("without the secret: WorkerLostException worker 0 failed in registering");
        assertThat(printed.get(4))
                .isEqualTo("without the token: IllegalStateException the driver refuses worker 0: "
                        + "no fit with this token is open here; it may be over");
        assertThat(printed.get(5)).isEqualTo("registered 0");
    }

    /** On Spark before 4.0 the settings are there and do nothing, of which a warning tells. */
    @Test
    void certificatesOfTheClusterAreUsedFrom40On() throws Exception {
        Path store = directory.resolve("store.jks");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "cluster",
                        "-dname",
                        "CN=127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password",
                        "-keypass",
                        "password")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        boolean known = SPARK_VERSION.compareTo("4") >= 0;
        List<String> printed = run(
                "sums" + (known ? ",strangers" : ""),
                String.join(
                        " ",
                        "spark.ssl.rpc.enabled=true",
                        "spark.ssl.rpc.protocol=TLSv1.3",
                        "spark.ssl.rpc.keyStore=" + store,
                        "spark.ssl.rpc.keyStorePassword=password",
                        "spark.ssl.rpc.keyPassword=password",
                        "spark.ssl.rpc.trustStore=" + store,
                        "spark.ssl.rpc.trustStorePassword=password"));
        assertThat(printed.subList(0, 3)).containsExactly(SUMS, SUMS, NOTHING);
        if (known) {
            assertThat(printed.get(3)).startsWith("without the secret: WorkerLostException");
            assertThat(printed.get(5)).isEqualTo("registered 0");
        } else {
            assertThat(Files.readString(directory.resolve("log")))
                    .containsOnlyOnce("spark.ssl.rpc.enabled does nothing on Spark before 4.0");
        }
    }
}
