package io.sparknn.train;

import java.util.Locale;

/** An epoch in a line of text. */
final class EpochText {
    private EpochText() {}

    /** Such as {@code epoch 3/20, loss 0.1934, validation loss 0.2101, accuracy 0.941, 98,000 rows/s, 0.81 s}. */
    static String of(EpochRecord epoch, int maxEpochs) {
        StringBuilder text = new StringBuilder("epoch ").append(epoch.epoch());
        if (maxEpochs > 0) {
            text.append('/').append(maxEpochs);
        }
        text.append(", loss ").append(number(epoch.loss()));
        if (!Double.isNaN(epoch.validationLoss())) {
            text.append(", validation loss ").append(number(epoch.validationLoss()));
        }
        epoch.metrics()
                .forEach((name, value) ->
                        text.append(", ").append(name).append(' ').append(number(value)));
        text.append(", learning rate ").append(number(epoch.learningRate()));
        text.append(String.format(Locale.ROOT, ", %,.0f rows/s, %.2f s", epoch.rowsPerSecond(), epoch.seconds()));
        return text.toString();
    }

    /** Four digits, whatever the size. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
