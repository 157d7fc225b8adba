package io.sparknn.nn.layers;

import io.sparknn.tensor.Shape;

/**
 * Dropout of whole channels, whatever the number of axes behind them.
 *
 * @param <S> the layer itself
 */
abstract class ChannelDropout<S extends ChannelDropout<S>> extends DropoutLayer<S> {
    private static final long serialVersionUID = 1L;

    private final int axes;

    ChannelDropout(int axes, double p) {
        super(p);
        this.axes = axes;
    }

    @Override
    final Shape numbers(Shape x) {
        if (x.isRagged()) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " expects channels on axis 1, got shape "
                    + x + ", whose rows differ in length there; use Dropout for sequences");
        }
        Images.check(getClass().getSimpleName(), axes, Shape.UNKNOWN, x);
        Shape numbers = x;
        for (int axis = 2; axis < x.rank(); axis++) {
            numbers = numbers.with(axis, 1);
        }
        return numbers;
    }
}
