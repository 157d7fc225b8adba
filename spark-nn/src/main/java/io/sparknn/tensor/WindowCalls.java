package io.sparknn.tensor;

/** Recorded operations of windows, and normalisations. */
final class WindowCalls {
    private WindowCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Attributes a, Tensor... in) {
        return switch (name) {
            case "conv" -> Conv.of(in[0], weight(in), bias(in), Window.again(a), a.integer("groups"));
            case "convTranspose" ->
                ConvTranspose.of(
                        in[0], weight(in), bias(in), Window.again(a), a.integer("groups"), a.integers("outputPadding"));
            case "maxPool" -> MaxPool.sliding(in[0], Window.again(a));
            case "avgPool" -> AvgPool.sliding(in[0], Window.again(a), a.flag("countPadding"));
            case "adaptiveMaxPool" -> MaxPool.adaptive(in[0], a.integers("outputSize"));
            case "adaptiveAvgPool" -> AvgPool.adaptive(in[0], a.integers("outputSize"));
            case "pad" -> Pad.of(in[0], PadMode.of(a.text("mode")), a.integers("before"), a.integers("after"));
            case "layerNorm", "groupNorm", "instanceNorm", "rmsNorm" -> LaneNormOp.again(name, a, in);
            case "normalisation" -> normalisation(a, in);
            default -> null;
        };
    }

    private static Tensor normalisation(Attributes a, Tensor... in) {
        boolean weighted = a.flag("weighted");
        boolean shifted = a.flag("shifted");
        int given = 1 + (weighted ? 1 : 0) + (shifted ? 1 : 0);
        if (in.length != given + 2) {
            throw new IllegalArgumentException("normalisation expects " + (given + 2) + " tensors, got " + in.length);
        }
        Tensor weight = weighted ? in[1] : null;
        Tensor bias = shifted ? in[given - 1] : null;
        return RunningNormOp.of(in[0], in[given], in[given + 1], weight, bias, a.number("eps"));
    }

    private static Tensor weight(Tensor... in) {
        if (in.length < 2) {
            throw new IllegalArgumentException("a convolution expects a weight, got none");
        }
        return in[1];
    }

    private static Tensor bias(Tensor... in) {
        return in.length > 2 ? in[2] : null;
    }
}
