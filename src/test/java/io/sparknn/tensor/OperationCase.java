package io.sparknn.tensor;

import java.util.Arrays;
import java.util.function.Function;

/** One use of an operation, from small inputs, with what must hold for it. */
final class OperationCase {
    /** What happens to the rows of a DataFrame that lie on axis 0 of some inputs. */
    enum Rows {
        /** Each row of the result comes from the same row of the inputs. */
        WITHIN,
        /** All rows go into one result. */
        REDUCED,
        /** Single rows would be mixed, which is an error. */
        REFUSED
    }

    /** An input: whether it carries rows, and whether there is a gradient by it. */
    static final class Input {
        final Tensor tensor;
        final boolean rows;
        final boolean differentiable;

        Input(Tensor tensor, boolean rows, boolean differentiable) {
            this.tensor = tensor;
            this.rows = rows;
            this.differentiable = differentiable;
        }
    }

    final String name;
    final Rows rows;
    final Class<? extends Operation> withoutGradient;
    final Function<Tensor[], Tensor> function;
    final Input[] inputs;

    OperationCase(
            String name,
            Rows rows,
            Class<? extends Operation> withoutGradient,
            Function<Tensor[], Tensor> function,
            Input... inputs) {
        this.name = name;
        this.rows = rows;
        this.withoutGradient = withoutGradient;
        this.function = function;
        this.inputs = inputs;
    }

    /** The method that is called, such as {@code add(Tensor)}. */
    String method() {
        return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    }

    /** Fresh tensors of the inputs' values, which ask for gradients where there are some. */
    Tensor[] tensors() {
        return Arrays.stream(inputs)
                .map(input -> Tensor.of(input.tensor.toArray(), input.tensor.shape())
                        .requiresGrad(input.differentiable && withoutGradient == null))
                .toArray(Tensor[]::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
