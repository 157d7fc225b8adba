package io.sparknn.optim;

/**
 * Searches along a line for a step that lowers the loss enough and leaves little slope: the strong Wolfe conditions, by
 * bracketing and cubic interpolation.
 *
 * <p>Source: PyTorch's {@code torch/optim/lbfgs.py}; Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6.
 */
final class StrongWolfe {
    private static final double ENOUGH_DESCENT = 1e-4;
    private static final double LITTLE_SLOPE = 0.9;
    private static final int MOST_TRIALS = 25;

    private final Line line;
    private final double loss;
    private final double slope;
    private final double smallestMove;

    private int trials;
    private Point low;
    private Point high;

    /** The loss along the line. */
    interface Line {
        Point at(double length);
    }

    /** Loss and gradient at one length of the step. */
    static final class Point {
        final double length;
        final double loss;
        final float[] gradient;
        final double slope;

        Point(double length, double loss, float[] gradient, double slope) {
            this.length = length;
            this.loss = loss;
            this.gradient = gradient;
            this.slope = slope;
        }
    }

    /** A search from a start; a bracket that is shorter than the smallest move is good enough. */
    StrongWolfe(Line line, Point start, double smallestMove) {
        this.line = line;
        this.loss = start.loss;
        this.slope = start.slope;
        this.smallestMove = smallestMove;
        this.low = start;
    }

    /** The point found; its evaluations are counted in {@link #evaluations}. */
    Point search(double first) {
        return bracket(first) ? low : zoom();
    }

    int evaluations() {
        return trials + 1;
    }

    /** Finds two points with a good one between them, true if it meets a good one itself. */
    private boolean bracket(double first) {
        Point start = low;
        Point before = low;
        Point point = line.at(first);
        while (trials < MOST_TRIALS) {
            if (tooHigh(point) || (trials > 1 && point.loss >= before.loss)) {
                order(before, point);
                return false;
            }
            if (flat(point)) {
                low = point;
                return true;
            }
            if (point.slope >= 0) {
                order(before, point);
                return false;
            }
            double least = point.length + 0.01 * (point.length - before.length);
            double next = lowest(before, point, least, point.length * 10);
            before = point;
            point = line.at(next);
            trials++;
        }
        order(start, point);
        return false;
    }

    private void order(Point a, Point b) {
        boolean ascending = a.loss <= b.loss;
        low = ascending ? a : b;
        high = ascending ? b : a;
    }

    private boolean tooHigh(Point point) {
        return point.loss > loss + ENOUGH_DESCENT * point.length * slope;
    }

    private boolean flat(Point point) {
        return Math.abs(point.slope) <= -LITTLE_SLOPE * slope;
    }

    /** Narrows the bracket down. */
    private Point zoom() {
        boolean stalled = false;
        while (trials < MOST_TRIALS && Math.abs(high.length - low.length) >= smallestMove) {
            double min = Math.min(low.length, high.length);
            double max = Math.max(low.length, high.length);
            double next = lowest(low, high, min, max);
            double margin = 0.1 * (max - min);
            boolean close = Math.min(max - next, next - min) < margin;
            if (close && (stalled || next >= max || next <= min)) {
                next = Math.abs(next - max) < Math.abs(next - min) ? max - margin : min + margin;
                close = false;
            }
            stalled = close;
            Point point = line.at(next);
            trials++;
            if (tooHigh(point) || point.loss >= low.loss) {
                order(low, point);
            } else {
                if (flat(point)) {
                    return point;
                }
                if (point.slope * (high.length - low.length) >= 0) {
                    high = low;
                }
                low = point;
            }
        }
        return low;
    }

    /** Where the cubic through both points with their slopes is lowest, within bounds. */
    private static double lowest(Point a, Point b, double min, double max) {
        double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.length - b.length);
        double square = d1 * d1 - a.slope * b.slope;
        if (!(square >= 0)) {
            return (min + max) / 2;
        }
        Point left = a.length <= b.length ? a : b;
        Point right = left == a ? b : a;
        double d2 = Math.sqrt(square);
        double at = right.length
                - (right.length - left.length) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
        return Math.min(Math.max(at, min), max);
    }
}
