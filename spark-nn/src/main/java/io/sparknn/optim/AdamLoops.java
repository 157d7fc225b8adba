package io.sparknn.optim;

/**
 * The loops that Adam and AdamW share. The decay enters the gradient, the shrinking acts on the weights themselves.
 *
 * <p>All arrays share one index and all factors are locals: only so the loops become vector code.
 */
final class AdamLoops {
    private final float keepMean;
    private final float takeMean;
    private final float keepSquare;
    private final float takeSquare;
    private final float epsilon;
    private final float decay;
    private final float shrink;
    private final float size;
    private final float scale;

    /** Loops for one step, of the given number and learning rate. */
    AdamLoops(double beta1, double beta2, double epsilon, double decay, double shrink, double rate, long number) {
        keepMean = (float) beta1;
        takeMean = (float) (1 - beta1);
        keepSquare = (float) beta2;
        takeSquare = (float) (1 - beta2);
        this.epsilon = (float) epsilon;
        this.decay = (float) decay;
        this.shrink = (float) shrink;
        // averages that begin at 0 are too small at first: by these factors
        size = (float) (rate / (1 - Math.pow(beta1, (double) number)));
        scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) number)));
    }

    void step(float[] weights, float[] gradients, float[][] state, int from, int to) {
        float[] means = state[0];
        float[] squares = state[1];
        float k1 = keepMean;
        float t1 = takeMean;
        float k2 = keepSquare;
        float t2 = takeSquare;
        float e = epsilon;
        float d = decay;
        float s = shrink;
        float r = size;
        float c = scale;
        for (int i = from; i < to; i++) {
            float weight = weights[i];
            float gradient = gradients[i] + d * weight;
            float mean = k1 * means[i] + t1 * gradient;
            float square = k2 * squares[i] + t2 * gradient * gradient;
            means[i] = mean;
            squares[i] = square;
            weights[i] = s * weight - r * mean / (c * (float) Math.sqrt(square) + e);
        }
    }

    /** The same with the largest square so far instead of the present one. */
    void stepLargest(float[] weights, float[] gradients, float[][] state, int from, int to) {
        float[] means = state[0];
        float[] squares = state[1];
        float[] largest = state[2];
        float k1 = keepMean;
        float t1 = takeMean;
        float k2 = keepSquare;
        float t2 = takeSquare;
        float e = epsilon;
        float d = decay;
        float s = shrink;
        float r = size;
        float c = scale;
        for (int i = from; i < to; i++) {
            float weight = weights[i];
            float gradient = gradients[i] + d * weight;
            float mean = k1 * means[i] + t1 * gradient;
            float square = k2 * squares[i] + t2 * gradient * gradient;
            float most = Math.max(largest[i], square);
            means[i] = mean;
            squares[i] = square;
            largest[i] = most;
            weights[i] = s * weight - r * mean / (c * (float) Math.sqrt(most) + e);
        }
    }
}
