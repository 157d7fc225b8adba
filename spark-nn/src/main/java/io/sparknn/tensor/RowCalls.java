package io.sparknn.tensor;

import java.util.Arrays;

/** Recorded operations that know how long each row is. */
final class RowCalls {
    private RowCalls() {}

    /** The result; null if the operation is none of these. */
    static Tensor apply(String name, Attributes a, Lengths[] lengths, Tensor... in) {
        return switch (name) {
            case "rnn", "rnnRelu" -> {
                Recurrent.Maker maker = (unroll, of) -> new RnnOp(name.equals("rnnRelu"), unroll, of);
                yield Recurrent.again(maker, a, of("lengths", a, lengths), recurrent(in));
            }
            case "gru" -> Recurrent.again(GruOp::new, a, of("lengths", a, lengths), recurrent(in));
            case "lstm" -> Recurrent.again(LstmOp::new, a, of("lengths", a, lengths), recurrent(in));
            case "attention" ->
                Attention.again(a.integer("heads"), of("queries", a, lengths), of("keys", a, lengths), sequence(3, in));
            case "addPositions" -> Positions.again(of("lengths", a, lengths), in[0]);
            case "repeating rows" -> new RepeatRows(needed(a, lengths)).apply(in[0]);
            case "sameLengths" -> same(a, lengths, in[0]);
            case "rowLengths" -> rowLengths(a, lengths, in[0]);
            case "softmax" -> new RaggedSoftmax(needed(a, lengths), false).apply(in[0]);
            case "logSoftmax" -> new RaggedSoftmax(needed(a, lengths), true).apply(in[0]);
            case "sum", "mean", "max", "min", "var", "std", "norm" ->
                RaggedReduction.again(name, a, needed(a, lengths), in[0]);
            default -> null;
        };
    }

    /** With biases or without. */
    private static Tensor[] recurrent(Tensor... in) {
        return in.length == 3 ? in : sequence(5, in);
    }

    private static Tensor[] sequence(int count, Tensor... in) {
        if (in.length != count) {
            throw new IllegalArgumentException("a sequence operation expects " + count + " tensors, got " + in.length);
        }
        return in;
    }

    private static Lengths needed(Attributes a, Lengths... lengths) {
        Lengths found = of("lengths", a, lengths);
        if (found == null) {
            throw new IllegalArgumentException("a recorded operation expects rows of different length, got " + a);
        }
        return found;
    }

    private static Lengths of(String name, Attributes a, Lengths... lengths) {
        if (!a.has(name)) {
            return null;
        }
        int input = a.integer(name);
        if (input < 0 || input >= lengths.length || lengths[input] == null) {
            throw new IllegalArgumentException(
                    "a recorded operation expects rows of different length in input " + input + ", got none");
        }
        return lengths[input];
    }

    private static Tensor same(Attributes a, Lengths[] lengths, Tensor x) {
        if (!needed(a, lengths).sameAs(of("others", a, lengths))) {
            throw new IllegalArgumentException("the network expects rows of the same lengths in its inputs "
                    + a.integer("lengths") + " and " + a.integer("others") + ", got others");
        }
        return x;
    }

    private static Tensor rowLengths(Attributes a, Lengths[] lengths, Tensor x) {
        if (a.has("lengths")) {
            return new Tensor(x, needed(a, lengths)).rowLengths();
        }
        float[] counts = new float[x.localShape().dim(0)];
        Arrays.fill(counts, a.integer("length"));
        return new Tensor(Shape.of(counts.length), counts, x.rowAxis(), x.owner());
    }
}
