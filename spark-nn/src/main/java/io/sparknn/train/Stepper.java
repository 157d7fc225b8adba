package io.sparknn.train;

import io.sparknn.optim.GradientClipping;
import io.sparknn.optim.Optimizer;
import io.sparknn.optim.Step;
import io.sparknn.train.net.Workers;

/**
 * Moves the weights by gradients that are added up: each worker of a JVM its own slice. Elements do not depend on each
 * other but for the norm that clips them, which is added up in pieces of fixed size, so that every JVM gets the same bits
 * however many workers it has.
 */
final class Stepper {
    private static final int PIECE = 1024;

    private final TrainingOptions options;
    private final Optimizer optimizer;
    private final Replica replica;
    private final Workers workers;
    private final double[] squares;

    Stepper(TrainingOptions options, Replica replica, Workers workers) {
        this.options = options;
        this.optimizer = (Optimizer) options.optimizer();
        this.replica = replica;
        this.workers = workers;
        int pieces = replica.length / PIECE + replica.weights.length + 1;
        this.squares = workers.shared("squares of gradients", () -> new double[pieces]);
    }

    /** One step of all workers of the JVM: the total is divided by the weight of the batch, clipped and applied. */
    void step(double weight, double learningRate, long number) {
        int from = workers.from(replica.length);
        int to = workers.to(replica.length);
        scale(from, to, (float) (1 / weight));
        if (options.clipNorm() > 0) {
            double sum = sumOfSquares(from, to);
            replica.forEachRun(
                    from, to, (p, a, b) -> GradientClipping.byNorm(replica.total[p], a, b, options.clipNorm(), sum));
        }
        replica.forEachRun(
                from,
                to,
                (p, a, b) -> optimizer.step(
                        replica.weights[p],
                        replica.total[p],
                        replica.slots[p],
                        a,
                        b,
                        new Step(learningRate, number, replica.names[p])));
    }

    private void scale(int from, int to, float factor) {
        replica.forEachRun(from, to, (p, a, b) -> {
            float[] gradients = replica.total[p];
            for (int i = a; i < b; i++) {
                gradients[i] *= factor;
            }
            if (options.clipValue() > 0) {
                GradientClipping.byValue(gradients, a, b, options.clipValue());
            }
        });
    }

    /** Of all gradients: each worker adds up the pieces that begin in its slice, which ends where a piece ends. */
    private double sumOfSquares(int from, int to) {
        for (int at = from; at < to; at += PIECE) {
            squares[at / PIECE] = squares(at, Math.min(to, at + PIECE));
        }
        workers.meet();
        double sum = 0;
        for (int at = 0; at < replica.length; at += PIECE) {
            sum += squares[at / PIECE];
        }
        return sum;
    }

    private double squares(int from, int to) {
        double[] sum = new double[1];
        replica.forEachRun(from, to, (p, a, b) -> sum[0] += GradientClipping.sumOfSquares(replica.total[p], a, b));
        return sum[0];
    }
}
