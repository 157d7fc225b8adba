package io.sparknn.optim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What L-BFGS remembers between evaluations: the last moves with the changes of the gradient along them, which stand for
 * the second derivatives; the last direction, step length and gradient.
 */
final class Curvature {
    private static final double SMALLEST = 1e-10;

    private final int history;
    private final ArrayDeque<float[]> moves = new ArrayDeque<>();
    private final ArrayDeque<float[]> changes = new ArrayDeque<>();
    private float[] direction;
    private float[] gradient;
    private float length;
    private float scale = 1;

    /** Takes over what {@link #save} wrote. */
    Curvature(int history, List<float[]> state) {
        this.history = history;
        if (state.isEmpty()) {
            return;
        }
        Iterator<float[]> arrays = state.iterator();
        float[] numbers = arrays.next();
        length = numbers[0];
        scale = numbers[1];
        direction = arrays.next();
        gradient = arrays.next();
        while (arrays.hasNext()) {
            moves.add(arrays.next());
            changes.add(arrays.next());
        }
    }

    void save(List<float[]> state) {
        state.clear();
        if (direction == null) {
            return;
        }
        state.add(new float[] {length, scale});
        state.add(direction);
        state.add(gradient);
        Iterator<float[]> change = changes.iterator();
        for (float[] move : moves) {
            state.add(move);
            state.add(change.next());
        }
    }

    boolean isFirst() {
        return direction == null;
    }

    /** The direction to search in from a point with this gradient. */
    float[] next(float... at) {
        if (isFirst()) {
            direction = Vectors.scaled(at, -1);
        } else {
            remember(at);
            direction = newton(at);
        }
        gradient = at.clone();
        return direction;
    }

    /** Notes how far along the direction the weights were moved. */
    float moved(double by) {
        length = (float) by;
        return length;
    }

    private void remember(float... at) {
        float[] change = at.clone();
        Vectors.add(change, -1, gradient);
        float[] move = Vectors.scaled(direction, length);
        double bend = Vectors.dot(change, move);
        if (bend > SMALLEST) {
            if (moves.size() == history) {
                moves.removeFirst();
                changes.removeFirst();
            }
            moves.add(move);
            changes.add(change);
            scale = (float) (bend / Vectors.dot(change, change));
        }
    }

    /** The two loops of L-BFGS: minus the gradient times the approximate inverse of the second derivatives. */
    private float[] newton(float... at) {
        List<float[]> s = new ArrayList<>(moves);
        List<float[]> y = new ArrayList<>(changes);
        double[] shares = new double[s.size()];
        double[] inverse = new double[s.size()];
        Arrays.setAll(inverse, i -> 1 / Vectors.dot(y.get(i), s.get(i)));
        float[] q = Vectors.scaled(at, -1);
        for (int i = s.size() - 1; i >= 0; i--) {
            shares[i] = Vectors.dot(s.get(i), q) * inverse[i];
            Vectors.add(q, -shares[i], y.get(i));
        }
        float[] r = Vectors.scaled(q, scale);
        for (int i = 0; i < s.size(); i++) {
            Vectors.add(r, shares[i] - Vectors.dot(y.get(i), r) * inverse[i], s.get(i));
        }
        return r;
    }
}
