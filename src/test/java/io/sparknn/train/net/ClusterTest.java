package io.sparknn.train.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.ChildJvm;
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
final class ClusterTest {
    private static final String SECRET = "spark.authenticate=true spark.authenticate.secret=a-secret-for-tests ";
    private static final String SUMS = "[1 of 2, 2 processes, echo, 1 of 2, 2 processes, echo]";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.authenticate=false",
                SECRET,
                SECRET + "spark.authenticate.enableSaslEncryption=true",
                SECRET + "spark.network.crypto.enabled=true"
            })
    void executorsAddUpAndLeaveNothingBehind(String settings) {
        assertThat(run("sums", settings))
                .containsExactly(SUMS, SUMS, "driver 0 threads, executors [0 threads, 0 threads]");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, SECRET + "spark.network.crypto.enabled=true"})
    void strangersAreRefused(String settings) {
        List<String> printed = run("strangers", settings);
        assertThat(printed).hasSize(4);
        assertThat(printed.get(0)).startsWith("without the secret: WorkerLostException worker 0 failed in registering");
        assertThat(printed.get(1))
                .isEqualTo("without the token: IllegalStateException the driver refuses worker 0: "
                        + "no fit with this token is open here; it may be over");
        assertThat(printed.get(2)).isEqualTo("registered 0");
        assertThat(printed.get(3)).isEqualTo(SUMS);
    }

    @Test
    void aKilledExecutorIsNamed() {
        List<String> printed = run("kill", "spark.authenticate=false");
        assertThat(printed).hasSize(2);
        assertThat(printed.get(0))
                .matches("within seconds: worker 0 cannot go on with gather: worker 1 on 127.0.0.1 "
                        + "\\(executor [01]\\) is lost: .*closed");
        assertThat(printed.get(1)).contains("attempt 1 takes no workers any more: worker 1 on 127.0.0.1 (executor ");
    }
}
