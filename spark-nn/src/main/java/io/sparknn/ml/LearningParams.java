package io.sparknn.ml;

import io.sparknn.nn.ConfiguredParam;
import io.sparknn.nn.loss.Loss;
import io.sparknn.optim.FullBatchOptimizer;
import io.sparknn.optim.Optimizer;
import io.sparknn.optim.Schedule;
import io.sparknn.tensor.Configured;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;

/**
 * Params of what is learnt and in which steps.
 *
 * @param <S> the estimator itself, which setters return
 */
public interface LearningParams<S extends LearningParams<S>> extends LossParam {
    /**
     * Sets the loss.
     *
     * @param loss the loss
     * @return this
     */
    default S setLoss(Loss loss) {
        return Settable.set(this, loss(), loss);
    }

    /**
     * Sets the loss by name, with its initial settings.
     *
     * @param name such as {@code crossEntropy}, {@code mse}, {@code huber}
     * @return this
     * @throws IllegalArgumentException if there is no such loss, with those there are
     */
    default S setLoss(String name) {
        return setLoss(Named.LOSSES.get(Settable.who(this), name));
    }

    /**
     * Param: how weights move.
     *
     * @return the Param
     */
    default ConfiguredParam<Configured> optimizer() {
        return new ConfiguredParam<>(
                uid(),
                "optimizer",
                "how weights move: an Optimizer or a FullBatchOptimizer",
                Configured.class,
                name -> Named.OPTIMIZERS.get(Settable.who(this), name));
    }

    /**
     * How weights move.
     *
     * @return an {@link Optimizer} or a {@link FullBatchOptimizer}; Adam unless set
     */
    default Configured getOptimizer() {
        return getOrDefault(optimizer());
    }

    /**
     * Sets how weights move.
     *
     * @param optimizer the optimiser
     * @return this
     */
    default S setOptimizer(Optimizer optimizer) {
        return Settable.set(this, optimizer(), optimizer);
    }

    /**
     * Sets how weights move, all rows at each step.
     *
     * @param optimizer the optimiser, such as L-BFGS
     * @return this
     */
    default S setOptimizer(FullBatchOptimizer optimizer) {
        return Settable.set(this, optimizer(), optimizer);
    }

    /**
     * Sets how weights move by name, with initial settings.
     *
     * @param name such as {@code adam}, {@code sgd}, {@code lbfgs}
     * @return this
     * @throws IllegalArgumentException if there is no such optimiser, with those there are
     */
    default S setOptimizer(String name) {
        return Settable.set(this, optimizer(), Named.OPTIMIZERS.get(Settable.who(this), name));
    }

    /**
     * Param: the learning rate.
     *
     * @return the Param
     */
    default DoubleParam learningRate() {
        return Settable.number(
                this,
                "learningRate",
                "above 0",
                rate -> rate > 0 && Double.isFinite(rate),
                "how far a step goes; the optimizer's own unless set");
    }

    /**
     * The learning rate.
     *
     * @return what is set, else the optimiser's own
     */
    default double getLearningRate() {
        if (isSet(learningRate())) {
            return (Double) getOrDefault(learningRate());
        }
        Configured optimizer = getOptimizer();
        return optimizer instanceof Optimizer stepwise
                ? stepwise.defaultLearningRate()
                : ((FullBatchOptimizer) optimizer).defaultLearningRate();
    }

    /**
     * Sets the learning rate.
     *
     * @param rate above 0
     * @return this
     */
    default S setLearningRate(double rate) {
        return Settable.set(this, learningRate(), rate);
    }

    /**
     * Param: the learning rate of each epoch.
     *
     * @return the Param
     */
    default ConfiguredParam<Schedule> schedule() {
        return new ConfiguredParam<>(
                uid(), "schedule", "the learning rate of each epoch; constant unless set", Schedule.class);
    }

    /**
     * The learning rate of each epoch.
     *
     * @return the schedule, null for a constant rate
     */
    default Schedule getSchedule() {
        return isSet(schedule()) ? getOrDefault(schedule()) : null;
    }

    /**
     * Sets the learning rate of each epoch.
     *
     * @param schedule the schedule
     * @return this
     */
    default S setSchedule(Schedule schedule) {
        return Settable.set(this, schedule(), schedule);
    }

    /**
     * Param: epochs at most.
     *
     * @return the Param
     */
    default IntParam maxEpochs() {
        return Settable.atLeast(this, "maxEpochs", 1, "how often all rows are visited at most");
    }

    /**
     * Epochs at most.
     *
     * @return 10 unless set
     */
    default int getMaxEpochs() {
        return (Integer) getOrDefault(maxEpochs());
    }

    /**
     * Sets the epochs at most.
     *
     * @param epochs 1 or more
     * @return this
     */
    default S setMaxEpochs(int epochs) {
        return Settable.set(this, maxEpochs(), epochs);
    }

    /**
     * Param: rows of a step.
     *
     * @return the Param
     */
    default IntParam batchSize() {
        return Settable.atLeast(this, "batchSize", 1, "rows of a step, over all workers");
    }

    /**
     * Rows of a step, over all workers.
     *
     * @return 128 unless set
     */
    default int getBatchSize() {
        return (Integer) getOrDefault(batchSize());
    }

    /**
     * Sets the rows of a step.
     *
     * @param rows 1 or more, over all workers
     * @return this
     */
    default S setBatchSize(int rows) {
        return Settable.set(this, batchSize(), rows);
    }

    /**
     * Param: whether batches are drawn anew in each epoch.
     *
     * @return the Param
     */
    default BooleanParam shuffle() {
        return new BooleanParam(
                uid(), "shuffle", "whether batches are drawn anew in each epoch, or follow the order of the rows");
    }

    /**
     * Whether batches are drawn anew in each epoch.
     *
     * @return true unless set
     */
    default boolean getShuffle() {
        return (Boolean) getOrDefault(shuffle());
    }

    /**
     * Sets whether batches are drawn anew in each epoch.
     *
     * @param shuffle false to follow the order of the rows
     * @return this
     */
    default S setShuffle(boolean shuffle) {
        return Settable.set(this, shuffle(), shuffle);
    }

    /**
     * Param: the seed of all random numbers.
     *
     * @return the Param
     */
    default LongParam seed() {
        return new LongParam(uid(), "seed", "seed of first values, batches and what layers draw");
    }

    /**
     * The seed of all random numbers.
     *
     * @return the same for each estimator of a class unless set
     */
    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    /**
     * Sets the seed of all random numbers.
     *
     * @param seed the seed
     * @return this
     */
    default S setSeed(long seed) {
        return Settable.set(this, seed(), seed);
    }
}
