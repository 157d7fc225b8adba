package io.sparknn.optim;

import java.util.List;

/**
 * Newton's method with second derivatives guessed from the last moves: few steps, each over all of the data.
 *
 * <p>{@code w = w + t · d}, where d is minus the gradient times the approximate inverse of the second derivatives; t is the
 * learning rate, in the first step at most over the sum of the gradient's sizes, or what a line search finds from there.
 * One step repeats this up to {@code maxIterations} times.
 *
 * <p>State: two arrays as long as the weights for each remembered move, and two more. Initially 20 iterations with 25
 * evaluations, 100 moves remembered, no line search, learning rate 1; it ends early where no gradient is above 1e-7, or
 * loss or weights change less than 1e-9. Errors: counts below 1. Cost: 4 · history operations a weight and iteration.
 * Source: PyTorch's {@code LBFGS}; Nocedal, Updating quasi-Newton matrices with limited storage.
 *
 * <pre>{@code
 * new Lbfgs().withMaxIterations(4).withLineSearch();
 * }</pre>
 */
public final class Lbfgs extends FullBatchOptimizer {
    private static final long serialVersionUID = 1L;

    private static final double SMALLEST_GRADIENT = 1e-7;
    private static final double SMALLEST_CHANGE = 1e-9;

    private final int maxIterations;
    private final int history;
    private final boolean lineSearch;

    /** The optimiser with its initial settings. */
    public Lbfgs() {
        this(20, 100, false);
    }

    private Lbfgs(int maxIterations, int history, boolean lineSearch) {
        super(maxIterations, history, lineSearch);
        this.maxIterations = Ranges.positive("Lbfgs", "maxIterations", maxIterations);
        this.history = Ranges.positive("Lbfgs", "history", history);
        this.lineSearch = lineSearch;
    }

    /**
     * Sets how often one step moves the weights; the loss is evaluated at most 5/4 times as often.
     *
     * @param value 1 or more
     * @return a new optimiser
     */
    public Lbfgs withMaxIterations(int value) {
        return new Lbfgs(value, history, lineSearch);
    }

    /**
     * Sets how many moves are remembered.
     *
     * @param value 1 or more
     * @return a new optimiser
     */
    public Lbfgs withHistory(int value) {
        return new Lbfgs(maxIterations, value, lineSearch);
    }

    /**
     * Searches along each direction for a step that meets the strong Wolfe conditions: more evaluations, none wasted on a
     * learning rate that does not fit.
     *
     * @return a new optimiser
     */
    public Lbfgs withLineSearch() {
        return new Lbfgs(maxIterations, history, true);
    }

    @Override
    public double step(float[] weights, List<float[]> state, double learningRate, Objective objective) {
        Run run = new Run(weights, objective);
        double first = run.loss;
        if (!run.isFlat()) {
            Curvature curvature = new Curvature(history, state);
            for (int i = 1; i <= maxIterations && run.move(curvature, learningRate, i == maxIterations); i++) {
                // each round is one move
            }
            curvature.save(state);
        }
        return first;
    }

    /** One step in progress. */
    private final class Run {
        private final float[] weights;
        private final Objective objective;
        private float[] gradient;
        private double loss;
        private int evaluations;

        Run(float[] weights, Objective objective) {
            this.weights = weights;
            this.objective = objective;
            gradient = new float[weights.length];
            evaluate();
        }

        private void evaluate() {
            loss = objective.evaluate(weights, gradient);
            evaluations++;
        }

        boolean isFlat() {
            return Vectors.largest(gradient) <= SMALLEST_GRADIENT;
        }

        /** Moves once; tells whether to go on. */
        boolean move(Curvature curvature, double rate, boolean last) {
            double length = curvature.isFirst() ? Math.min(1, 1 / Vectors.sumOfSizes(gradient)) * rate : rate;
            float[] direction = curvature.next(gradient);
            double slope = Vectors.dot(gradient, direction);
            curvature.moved(length);
            if (slope > -SMALLEST_CHANGE) {
                return false;
            }
            double before = loss;
            float moved =
                    lineSearch ? search(curvature, direction, length, slope) : go(curvature, direction, length, last);
            return !last
                    && evaluations < maxIterations * 5 / 4
                    && !isFlat()
                    && Vectors.largest(direction) * moved > SMALLEST_CHANGE
                    && Math.abs(loss - before) >= SMALLEST_CHANGE;
        }

        private float go(Curvature curvature, float[] direction, double length, boolean last) {
            float moved = curvature.moved(length);
            Vectors.add(weights, moved, direction);
            if (!last) {
                evaluate();
            }
            return moved;
        }

        private float search(Curvature curvature, float[] direction, double length, double slope) {
            float[] start = weights.clone();
            StrongWolfe.Line line = at -> {
                float[] there = start.clone();
                Vectors.add(there, at, direction);
                float[] found = new float[there.length];
                double value = objective.evaluate(there, found);
                return new StrongWolfe.Point(at, value, found, Vectors.dot(found, direction));
            };
            StrongWolfe.Point from = new StrongWolfe.Point(0, loss, gradient.clone(), slope);
            StrongWolfe wolfe = new StrongWolfe(line, from, SMALLEST_CHANGE / Vectors.largest(direction));
            StrongWolfe.Point found = wolfe.search(length);
            evaluations += wolfe.evaluations();
            loss = found.loss;
            gradient = found.gradient;
            float moved = curvature.moved(found.length);
            Vectors.add(weights, moved, direction);
            return moved;
        }
    }
}
