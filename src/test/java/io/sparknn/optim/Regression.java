package io.sparknn.optim;

import io.sparknn.Golden;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Tensor;
import java.util.List;

/** The network of PyTorch's optimiser runs: Linear, Tanh, Linear under the mean squared error, its parameters flat. */
final class Regression {
    private final Golden golden;
    private final List<String> names;
    private final Layout layout;
    private final Tensor input;
    private final Tensor target;

    Regression(Golden golden) {
        this.golden = golden;
        this.input = golden.input();
        this.target = golden.tensor("target");
        this.names = golden.parameters();
        int[] sizes = names.stream().mapToInt(n -> golden.parameter(n).numel()).toArray();
        this.layout = new Layout(names.toArray(new String[0]), sizes);
    }

    Layout layout() {
        return layout;
    }

    /** The weights at the start. */
    float[] start() {
        float[] weights = new float[layout.length()];
        for (int i = 0; i < layout.count(); i++) {
            float[] values = golden.parameter(layout.name(i)).toArray();
            System.arraycopy(values, 0, weights, layout.offset(i), values.length);
        }
        return weights;
    }

    /** Fails unless the weights are PyTorch's after that step, where its figures have that step. */
    void check(int step, float[] weights, double relative, double absolute) {
        for (int i = 0; i < layout.count(); i++) {
            String name = "step" + step + "." + layout.name(i);
            if (golden.has(name)) {
                golden.check(name, part(weights, i), relative, absolute);
            }
        }
    }

    @SuppressWarnings("try")
    double evaluate(float[] weights, float[] gradients) {
        Tensor[] parameters = new Tensor[layout.count()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = part(weights, i).requiresGrad(true);
        }
        try (Pass pass = Pass.recording()) {
            Tensor hidden = input.linear(of(parameters, "0.weight"), of(parameters, "0.bias"))
                    .tanh();
            Tensor error = hidden.linear(of(parameters, "2.weight"), of(parameters, "2.bias"))
                    .sub(target);
            Tensor loss = error.mul(error).mean();
            loss.backward();
            for (int i = 0; i < parameters.length; i++) {
                float[] gradient = parameters[i].grad().toArray();
                System.arraycopy(gradient, 0, gradients, layout.offset(i), gradient.length);
            }
            return loss.item();
        }
    }

    private Tensor of(Tensor[] parameters, String name) {
        return parameters[names.indexOf(name)];
    }

    private Tensor part(float[] weights, int parameter) {
        float[] values = new float[layout.offset(parameter + 1) - layout.offset(parameter)];
        System.arraycopy(weights, layout.offset(parameter), values, 0, values.length);
        return Tensor.of(values, golden.parameter(layout.name(parameter)).shape());
    }
}
