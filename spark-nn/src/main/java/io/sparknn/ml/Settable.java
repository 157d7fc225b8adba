package io.sparknn.ml;

import io.sparknn.optim.Adam;
import java.io.Serializable;
import java.util.function.DoublePredicate;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/**
 * Params of this package: made anew whenever they are asked for, since Spark tells Params apart by parent and name. So
 * interfaces can declare them, and no class repeats them.
 */
final class Settable {
    private Settable() {}

    /** Numbers that a Param takes. Travels with the Param, as an estimator may be captured by a task. */
    interface Range extends DoublePredicate, Serializable {}

    /** Sets a Param and gives its holder back. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // each interface is implemented by its own S
    static <S, T> S set(Params holder, Param<T> param, T value) {
        holder.set(param, value);
        return (S) holder;
    }

    /** A whole number with a least value. */
    static IntParam atLeast(Params holder, String name, int least, String doc) {
        return new IntParam(
                holder.uid(), name, doc, check(holder, name, "of " + least + " or more", value -> value >= least));
    }

    /** A number in a range. */
    static DoubleParam number(Params holder, String name, String range, Range inRange, String doc) {
        return new DoubleParam(holder.uid(), name, doc, check(holder, name, range, inRange));
    }

    /** A number of 0 or more. */
    static DoubleParam notNegative(Params holder, String name, String doc) {
        return number(holder, name, "of 0 or more", value -> value >= 0 && Double.isFinite(value), doc);
    }

    private static Function1<Object, Object> check(Params holder, String name, String range, Range inRange) {
        String who = who(holder);
        return (Function1<Object, Object> & Serializable) value -> {
            if (!inRange.test(((Number) value).doubleValue())) {
                throw new IllegalArgumentException(
                        who + " expects " + name + " " + range + ", got " + value + "; give it such a number");
            }
            return true;
        };
    }

    /** Sets the defaults of an estimator's Params. */
    static void defaults(NeuralNetworkParams<?> estimator) {
        estimator.setDefault(estimator.featuresCols(), new String[0]);
        estimator.setDefault(estimator.handleInvalid(), "error");
        estimator.setDefault(estimator.optimizer(), new Adam());
        estimator.setDefault(estimator.maxEpochs(), 10);
        estimator.setDefault(estimator.batchSize(), 128);
        estimator.setDefault(estimator.shuffle(), true);
        estimator.setDefault(
                estimator.seed(), (long) estimator.getClass().getName().hashCode());
        estimator.setDefault(estimator.clipNorm(), 0.0);
        estimator.setDefault(estimator.clipValue(), 0.0);
        estimator.setDefault(estimator.patience(), 0);
        estimator.setDefault(estimator.minDelta(), 0.0);
        estimator.setDefault(estimator.restoreBest(), true);
        estimator.setDefault(estimator.numWorkers(), 0);
        estimator.setDefault(estimator.syncEvery(), 1);
        estimator.setDefault(estimator.checkpointInterval(), 1);
        estimator.setDefault(estimator.verbose(), true);
    }

    /** Class and uid, as errors name a stage. */
    static String who(Params stage) {
        return stage.getClass().getSimpleName() + "(" + stage.uid() + ")";
    }
}
