package io.sparknn.train.net;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/** Workers in executors of their own, in a JVM started for it; prints what {@link ExecutorsTest} expects. */
final class ClusterFit {
    private static final int FLOATS = 101_770;
    private static final Answers ECHO = (rank, question) -> question;

    private ClusterFit() {}

    /** The first argument lists what is done, the others are settings. */
    public static void main(String[] arguments) throws Exception {
        SparkConf conf = new SparkConf()
                .setMaster("local-cluster[2,1,1024]")
                .setAppName("spark-nn training")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.executor.memory", "600m")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.sparknn.timeout", "20s");
        for (int i = 1; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            conf.set(setting[0], setting[1]);
        }
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            waitForSlots(spark);
            for (String what : List.of(arguments[0].split(",", -1))) {
                switch (what) {
                    case "sums" -> sums(spark);
                    case "strangers" -> strangers();
                    case "kill" -> kill(spark);
                    case "figures" -> figures(spark);
                    default -> throw new IllegalArgumentException(what);
                }
            }
        }
        // Netty's timer for a stranger's connection would keep the JVM for another minute.
        System.exit(0);
    }

    private static void waitForSlots(JavaSparkContext spark) throws InterruptedException {
        while (spark.sc()
                        .maxNumConcurrentTasks(
                                spark.sc().resourceProfileManager().defaultResourceProfile())
                < 2) {
            Thread.sleep(50);
        }
    }

    /** What a worker does in its task. */
    interface Work extends Serializable {
        String with(Workers workers) throws Exception;
    }

    /** A task of the fit. */
    private static final class Task implements Function1<Iterator<Integer>, Iterator<String>>, Serializable {
        private static final long serialVersionUID = 1L;
        private final Address address;
        private final Work work;

        Task(Address address, Work work) {
            this.address = address;
            this.work = work;
        }

        @Override
        @SuppressWarnings("deprecation") // what replaces it is not in Scala 2.12
        public Iterator<String> apply(Iterator<Integer> rows) {
            String result;
            try (Workers workers = Workers.join(address, TaskContext.getPartitionId())) {
                result = work.with(workers);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return scala.collection.JavaConverters.asScalaIterator(
                    List.of(result).iterator());
        }
    }

    private static List<String> barrier(JavaSparkContext spark, Address address, Work work) {
        return spark.parallelize(List.of(0, 1), 2)
                .rdd()
                .barrier()
                .mapPartitions(new Task(address, work), false, ClassTag$.MODULE$.<String>apply(String.class))
                .toJavaRDD()
                .collect();
    }

    private static List<String> ordinary(JavaSparkContext spark, Address address, Work work) {
        return spark.parallelize(List.of(0, 1), 2)
                .rdd()
                .mapPartitions(new Task(address, work), false, ClassTag$.MODULE$.<String>apply(String.class))
                .toJavaRDD()
                .collect();
    }

    private static String executors(JavaSparkContext spark) {
        return spark.parallelize(List.of(0, 1), 2)
                .map(i -> {
                    Thread.sleep(300);
                    return Traces.threads().size() + " threads";
                })
                .collect()
                .toString();
    }

    private static void sums(JavaSparkContext spark) throws InterruptedException {
        try (Coordinator coordinator = Coordinator.open(ECHO)) {
            System.out.println(barrier(spark, coordinator.next(2), ClusterFit::sum));
            System.out.println(ordinary(spark, coordinator.next(2), ClusterFit::sum));
        }
        Thread.sleep(3_000);
        System.out.println("driver " + Traces.threads().size() + " threads, executors " + executors(spark));
    }

    private static void figures(JavaSparkContext spark) {
        try (Coordinator coordinator = Coordinator.open(ECHO)) {
            System.out.println(barrier(spark, coordinator.next(2), ClusterFit::manySums));
        }
    }

    private static String sum(Workers workers) {
        return sum(workers, 10);
    }

    /** Many steps, for figures. */
    private static String manySums(Workers workers) {
        sum(workers, 1_000);
        return sum(workers, 1_000);
    }

    private static String sum(Workers workers, int steps) {
        float[][] total = {new float[FLOATS]};
        float[][] mine = {new float[FLOATS]};
        Arrays.fill(mine[0], workers.rank() + 1);
        long[] nanos = new long[steps];
        for (int step = 0; step < nanos.length; step++) {
            long start = System.nanoTime();
            double[] numbers = {1, step};
            workers.sum(mine, total, numbers);
            workers.meet();
            nanos[step] = System.nanoTime() - start;
            if (total[0][0] != 3 || total[0][FLOATS - 1] != 3 || numbers[0] != 2 || numbers[1] != 2 * step) {
                throw new IllegalStateException("sums are wrong in step " + step);
            }
        }
        Arrays.sort(nanos);
        if (steps > 100) {
            return String.format(
                    "%d floats: median %.0f us, p90 %.0f us",
                    FLOATS, nanos[steps / 2] / 1e3, nanos[steps * 9 / 10] / 1e3);
        }
        long processes = Arrays.stream(
                        workers.gather(text("" + ProcessHandle.current().pid())))
                .map(ClusterFit::text)
                .distinct()
                .count();
        return workers.localSize() + " of " + workers.size() + ", " + processes + " processes, "
                + text(workers.ask(text("echo")));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Those who do not know the secret of the application, or the token of the fit, are not heard. */
    private static void strangers() {
        try (Coordinator coordinator = Coordinator.open(ECHO)) {
            Address address = coordinator.next(2);
            SparkConf open = new SparkConf(false).set("spark.sparknn.io.connectionTimeout", "5s");
            Site stranger = new Site(() -> new Wire(open, null, "stranger", "127.0.0.1"));
            System.out.println("without the secret: " + refusal(stranger, address));
            Site member = new Site(Wire::ofSpark);
            Ticket forged = new Ticket(address.ticket().high(), address.ticket().low() + 1, 1);
            System.out.println("without the token: "
                    + refusal(member, new Address(forged, 2, address.limits(), address.host(), address.port())));
            System.out.println("registered " + coordinator.registered());
        }
    }

    private static String refusal(Site site, Address address) {
        try (Workers workers = site.join(address, 0)) {
            return "joined as " + workers.rank();
        } catch (WorkerLostException | IllegalStateException e) {
            return e.getClass().getSimpleName() + " "
                    + e.getMessage().lines().findFirst().orElse("");
        }
    }

    /** The executor of worker 1 is killed while worker 0 waits for it. Spark starts the tasks anew, which comes too late. */
    private static void kill(JavaSparkContext spark) {
        AtomicLong killed = new AtomicLong();
        Answers killer = (rank, question) -> {
            if (rank == 1) {
                killed.set(System.nanoTime());
                ProcessHandle.of(Long.parseLong(text(question))).orElseThrow().destroyForcibly();
            } else {
                double seconds = (System.nanoTime() - killed.get()) / 1e9;
                System.out.println((seconds < 5 ? "within seconds: " : "after " + seconds + " s: ") + text(question));
            }
            return question;
        };
        try (Coordinator coordinator = Coordinator.open(killer)) {
            ordinary(spark, coordinator.next(2), ClusterFit::waitForTheOther);
            System.out.println("nobody noticed");
        } catch (Exception e) { // a SparkException, which Scala does not declare
            System.out.println(e.getMessage()
                    .lines()
                    .filter(line -> line.contains("IllegalStateException"))
                    .findFirst()
                    .orElse(e.getMessage()));
        }
    }

    private static String waitForTheOther(Workers workers) throws InterruptedException {
        if (workers.rank() == 1) {
            workers.ask(text("" + ProcessHandle.current().pid()));
            Thread.sleep(60_000);
        }
        try {
            return "" + workers.gather(new byte[1]).length;
        } catch (WorkerLostException e) {
            workers.ask(text(e.getMessage()));
            throw e;
        }
    }
}
