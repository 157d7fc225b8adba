package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.nn.StandardLazyLayer;
import io.sparknn.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the lazy twins of batch and instance normalisation share: they find the number of channels on axis 1.
 *
 * @param <L> the layer it builds
 * @param <S> the lazy layer itself
 */
abstract class LazyRunningNorm<L extends RunningNorm<L>, S extends LazyRunningNorm<L, S>>
        extends StandardLazyLayer<L, S> {
    private static final long serialVersionUID = 1L;

    private final ChannelShape expected;
    private final boolean affine;
    private final String text;

    LazyRunningNorm(ChannelShape expected, double eps, Double momentum, boolean affine, boolean trackRunningStats) {
        super(eps, momentum, affine, trackRunningStats);
        String name = getClass().getSimpleName();
        NormArguments.check(name, eps, momentum);
        this.expected = expected;
        this.affine = affine;
        this.text = BatchNorm.isDefault(eps, momentum, affine, trackRunningStats)
                ? name + "()"
                : name + NormArguments.text("(", eps, momentum, affine, trackRunningStats);
    }

    /** The layer for a number of channels. */
    abstract L of(int numFeatures);

    /** Rows of one size, also in arrays of arrays: the channels are an axis that all rows share. */
    @Override
    public final Reading reading(int input, int count) {
        return Reading.grid();
    }

    @Override
    protected final L create(Shape... inputs) {
        expected.requireRank(who(), "C", inputs[0]);
        if (inputs[0].dim(1) < 1) {
            throw new IllegalArgumentException(
                    who() + " expects 1 channel or more on axis 1, got shape " + inputs[0] + "; name another column");
        }
        return of(inputs[0].dim(1));
    }

    /** The same shape, also where little of it is known. */
    @Override
    public final Shape outputShape(Shape input) {
        boolean known = input.rank() > 1 && input.dropFirst(1).isKnown();
        return known || !expected.isPossible(input) ? super.outputShape(input) : input;
    }

    @Override
    protected final Map<String, Shape> parameterShapes(Shape input) {
        int channels = input.rank() > 1 ? input.dim(1) : Shape.UNKNOWN;
        Map<String, Shape> shapes = new LinkedHashMap<>();
        if (affine) {
            shapes.put("weight", Shape.of(channels));
            shapes.put("bias", Shape.of(channels));
        }
        return shapes;
    }

    @Override
    protected final Shape inputShape(Map<String, Shape> weights) {
        Shape each = weights.getOrDefault("weight", weights.get("running_mean"));
        if (each == null || each.rank() != 1) {
            throw new IllegalArgumentException(who() + " expects a weight or running_mean of rank 1, got the weights "
                    + weights + "; build(shape) it first");
        }
        return expected.of(each.dim(0));
    }

    @Override
    public final String toString() {
        return text;
    }
}
