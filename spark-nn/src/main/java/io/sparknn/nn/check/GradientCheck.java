package io.sparknn.nn.check;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gradients against the five-point difference, entry by entry and along directions, in evaluation and in training.
 *
 * <p>The loss is a weighted sum of the outputs, added up in double, so that only the layer's own rounding counts. Where
 * the differences of a step and of smaller ones disagree, the function has a kink between: that place tells nothing and
 * another one is drawn. A wrong gradient disagrees at smooth places, of which there must be some.
 */
final class GradientCheck {
    private static final double STEP = 1.0 / 32;
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-3;
    /** Entries of each tensor checked by themselves, and directions through all of them. */
    private static final int PLACES = 6;

    private static final int ATTEMPTS = 40;

    private final Subject subject;
    private final boolean training;
    private final Layer layer;
    private final RandomStream random;

    private GradientCheck(Subject subject, boolean training) {
        this.subject = subject;
        this.training = training;
        this.layer = subject.layer();
        this.random = RandomStream.of(11, "places");
    }

    static void run(Subject subject) {
        new GradientCheck(subject, false).run();
        new GradientCheck(subject, true).run();
    }

    private void run() {
        int inputs = subject.shapes().length;
        int tensors = inputs + parameters().size();
        for (int tensor = 0; tensor < tensors; tensor++) {
            if (tensor < inputs && subject.isIds(tensor)) {
                continue;
            }
            for (int place = 0; place < PLACES; place++) {
                check(tensor, false);
            }
            check(tensor, true);
        }
    }

    /** Compares at a smooth place: along an entry of one tensor, or along a direction through it. */
    private void check(int tensor, boolean wholeTensor) {
        int wrong = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Tensor[] x = subject.inputs(1 + (int) random.uniform(0, 1000));
            float[] direction = direction(tensors(x).get(tensor).numel(), wholeTensor);
            double expected = dot(gradients(x).get(tensor).toArray(), direction);
            double slope = slope(x, tensor, direction, STEP);
            double tolerance = ABSOLUTE * scale(x) + RELATIVE * Math.max(Math.abs(slope), Math.abs(expected));
            if (!isSmooth(x, tensor, direction, slope, tolerance / 4)) {
                continue;
            }
            if (Math.abs(expected - slope) <= tolerance) {
                return;
            }
            // Once may be a kink so near that all steps cross it.
            if (++wrong == 2) {
                String where = name(tensor) + (wholeTensor ? " along a direction" : " along an entry");
                String mode = training ? ", in training" : ", in evaluation";
                throw Subject.broken(
                        layer,
                        "to have the gradient " + slope + " that differences show, by " + where + mode,
                        expected);
            }
        }
        throw Subject.broken(
                layer, "to be smooth by " + name(tensor) + " at some of " + ATTEMPTS + " random inputs", "kinks only");
    }

    /** Whether smaller steps show the same slope. */
    private boolean isSmooth(Tensor[] x, int tensor, float[] direction, double slope, double tolerance) {
        boolean smooth = true;
        for (int finer = 2; finer <= 8 && smooth; finer *= 2) {
            smooth = Math.abs(slope(x, tensor, direction, STEP / finer) - slope) <= tolerance;
        }
        return smooth;
    }

    private double scale(Tensor... x) {
        double largest = 1;
        for (float y : values(x)) {
            largest = Math.max(largest, Math.abs(y));
        }
        return largest;
    }

    private float[] direction(int n, boolean wholeTensor) {
        float[] direction = new float[n];
        if (wholeTensor) {
            for (int i = 0; i < n; i++) {
                direction[i] = (float) ((random.uniform() < 0.5f ? -1 : 1) / Math.sqrt(n));
            }
        } else {
            direction[Math.min(n - 1, (int) random.uniform(0, n))] = 1;
        }
        return direction;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Parameters that are trained. */
    private Map<String, Parameter> parameters() {
        Map<String, Parameter> trained = new java.util.LinkedHashMap<>(layer.parameters());
        trained.values().removeIf(parameter -> !parameter.requiresGrad());
        return trained;
    }

    private List<Tensor> tensors(Tensor... x) {
        List<Tensor> tensors = new ArrayList<>(List.of(x));
        tensors.addAll(parameters().values());
        return tensors;
    }

    private String name(int tensor) {
        int inputs = subject.shapes().length;
        return tensor < inputs
                ? "input " + tensor
                : new ArrayList<>(parameters().keySet()).get(tensor - inputs);
    }

    private Pass pass() {
        return training ? Pass.training(3) : Pass.recording();
    }

    @SuppressWarnings("try") // the pass is open while its block runs
    private List<Tensor> gradients(Tensor... x) {
        List<Tensor> tensors = tensors(x);
        tensors.forEach(Tensor::zeroGrad);
        for (int i = 0; i < x.length; i++) {
            x[i].requiresGrad(!subject.isIds(i));
        }
        try (Pass pass = pass()) {
            Tensor y = Subject.forward(layer, x);
            Tensor loss = y.mul(Tensor.of(weights(y.numel()), y.shape())).sum();
            if (loss.requiresGrad()) {
                loss.backward();
            }
        }
        List<Tensor> gradients = new ArrayList<>();
        for (Tensor tensor : tensors) {
            gradients.add(tensor.grad() == null ? Tensor.zeros(tensor.numel()) : tensor.grad());
        }
        return gradients;
    }

    private static float[] weights(int n) {
        RandomStream stream = RandomStream.of(13, "weights");
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            weights[i] = stream.normal();
        }
        return weights;
    }

    private double slope(Tensor[] x, int tensor, float[] direction, double step) {
        double near = loss(x, tensor, direction, step) - loss(x, tensor, direction, -step);
        double far = loss(x, tensor, direction, 2 * step) - loss(x, tensor, direction, -2 * step);
        return (8 * near - far) / (12 * step);
    }

    private double loss(Tensor[] x, int tensor, float[] direction, double step) {
        Tensor from = tensors(x).get(tensor);
        Tensor moved = moved(from, direction, (float) step);
        if (from instanceof Parameter parameter) {
            Tensor before = parameter.value();
            parameter.set(moved);
            double loss = loss(x);
            parameter.set(before);
            return loss;
        }
        Tensor[] inputs = x.clone();
        inputs[tensor] = moved;
        return loss(inputs);
    }

    private static Tensor moved(Tensor from, float[] direction, float step) {
        float[] values = from.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += step * direction[i];
        }
        return Tensor.of(values, from.shape());
    }

    private double loss(Tensor... x) {
        float[] y = values(x);
        return dot(y, weights(y.length));
    }

    private float[] values(Tensor... x) {
        return training
                ? Subject.trained(layer, 3, x)
                : Subject.forward(layer, x).toArray();
    }
}
