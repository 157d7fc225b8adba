package io.sparknn.train;

import io.sparknn.train.net.Address;
import io.sparknn.train.net.WorkerLostException;
import io.sparknn.train.net.Workers;
import io.sparknn.train.rows.WorkerRows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * A worker as Spark runs it. What throws is returned and not thrown: a barrier job whose task fails tells neither which
 * worker it was nor why.
 */
final class TrainTask implements FlatMapFunction<Iterator<WorkerRows>, TaskEnd> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrainingPlan> plan;
    private final Broadcast<byte[]> state;
    private final Address address;
    private final int seconds;

    TrainTask(Broadcast<TrainingPlan> plan, Broadcast<byte[]> state, Address address, int seconds) {
        this.plan = plan;
        this.state = state;
        this.address = address;
        this.seconds = seconds;
    }

    @Override
    public Iterator<TaskEnd> call(Iterator<WorkerRows> parts) {
        int rank = TaskContext.getPartitionId();
        return List.of(end(rank, parts)).iterator();
    }

    private TaskEnd end(int rank, Iterator<WorkerRows> parts) {
        try (Workers workers = Workers.join(address, rank)) {
            TrainingPlan told = plan.value();
            FitState from = FitState.decode(state.value(), told.network);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            new EpochLoop(told, workers, parts.next(), from, deadline).run();
            return new TaskEnd(TaskEnd.Kind.DONE, rank, host(), "", "");
        } catch (TaskKilledException e) {
            throw e;
        } catch (WorkerLostException e) {
            return new TaskEnd(TaskEnd.Kind.ABANDONED, rank, host(), e.getMessage(), stack(e));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return new TaskEnd(TaskEnd.Kind.FAILED, rank, host(), String.valueOf(e.getMessage()), stack(e));
        }
    }

    private static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
