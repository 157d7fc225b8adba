package io.sparknn.tensor;

import io.sparknn.tensor.OperationCase.Input;
import io.sparknn.tensor.OperationCase.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every operation, in every form that has rules of its own: the catalogue behind the tests of gradients and of the row
 * axis. A case is named by the method it calls, then a colon and what is special.
 */
final class OperationCases {
    private static final List<OperationCase> ALL = new ArrayList<>();
    private static final int[] LENGTHS = {3, 0, 1, 2};

    static {
        arithmetic();
        products();
        comparisons();
        activations();
        reductions();
        normalisations();
        shaping();
        lookUps();
        losses();
        WindowCases.add();
        sequences();
        recurrent();
    }

    private OperationCases() {}

    static Stream<OperationCase> all() {
        return ALL.stream();
    }

    private static void arithmetic() {
        within("add(Tensor)", t -> t[0].add(t[1]), rows(4, 3), rows(4, 3));
        within("add(Tensor): a row for all", t -> t[0].add(t[1]), rows(4, 3), fixed(3));
        within("add(Tensor): a column for all", t -> t[0].add(t[1]), rows(4, 3), rows(4, 1));
        within("add(Tensor): a scalar on the left", t -> t[1].add(t[0]), rows(4, 3), fixed());
        within("add(Tensor): a leading axis for all rows", t -> t[0].add(t[1]), rows(4, 3), fixed(2, 1, 3));
        within("add(Tensor): rows on the last axis", t -> t[0].transpose(0, 1).add(t[1]), rows(4, 3), fixed(3, 1));
        refused("add(Tensor): single rows", t -> t[0].add(t[1]), rows(4, 3), fixed(4, 1));
        refused("add(Tensor): rows on two axes", t -> t[0].add(t[0].transpose(0, 1)), rows(4, 4));
        within("add(double)", t -> t[0].add(0.1), rows(4, 3));
        within("sub(Tensor)", t -> t[0].sub(t[1]), rows(4, 3), fixed(1, 3));
        within("sub(double)", t -> t[0].sub(0.1), rows(4, 3));
        within("mul(Tensor)", t -> t[0].mul(t[1]), rows(4, 3), fixed(3));
        within("mul(Tensor): a tensor by itself", t -> t[0].mul(t[0]), rows(4, 3));
        within("mul(Tensor): both repeated", t -> t[0].mul(t[1]), rows(4, 1, 3), fixed(2, 1));
        within("mul(double)", t -> t[0].mul(-1.7), rows(4, 3));
        within("div(Tensor)", t -> t[0].div(t[1]), rows(4, 3), positive(false, 3));
        within("div(double)", t -> t[0].div(0.3), rows(4, 3));
        within("$plus(Tensor)", t -> t[0].$plus(t[1]), rows(4, 3), fixed(3));
        within("$minus(Tensor)", t -> t[0].$minus(t[1]), rows(4, 3), fixed(3));
        within("$times(Tensor)", t -> t[0].$times(t[1]), rows(4, 3), fixed(3));
        within("$div(Tensor)", t -> t[0].$div(t[1]), rows(4, 3), positive(false, 3));
        within("$plus(double)", t -> t[0].$plus(0.1), rows(4, 3));
        within("$minus(double)", t -> t[0].$minus(0.1), rows(4, 3));
        within("$times(double)", t -> t[0].$times(-1.7), rows(4, 3));
        within("$div(double)", t -> t[0].$div(0.3), rows(4, 3));
        within("unary_$minus()", t -> t[0].unary_$minus(), rows(4, 3));
        within("neg()", t -> t[0].neg(), rows(4, 3));
        for (double exponent : new double[] {0, 1, 2, 3, 4}) {
            within("pow(double): " + exponent, t -> t[0].pow(exponent), rows(4, 3));
        }
        for (double exponent : new double[] {-2, -1, -0.5, 0.5, 1.5, 2.7}) {
            within("pow(double): " + exponent, t -> t[0].pow(exponent), positive(true, 4, 3));
        }
        within("pow(Tensor)", t -> t[0].pow(t[1]), positive(true, 4, 3), fixed(3));
        within("exp()", t -> t[0].exp(), rows(4, 3));
        within("log()", t -> t[0].log(), positive(true, 4, 3));
        within("sqrt()", t -> t[0].sqrt(), positive(true, 4, 3));
        within("abs()", t -> t[0].abs(), rows(4, 3));
        within("erf()", t -> t[0].erf(), rows(4, 3));
    }

    private static void products() {
        within("matmul(Tensor)", t -> t[0].matmul(t[1]), rows(4, 3), fixed(3, 2));
        within("matmul(Tensor): rows in columns", t -> t[1].matmul(t[0].transpose(0, 1)), rows(4, 3), fixed(2, 3));
        within("matmul(Tensor): a vector on the right", t -> t[0].matmul(t[1]), rows(4, 3), fixed(3));
        within("matmul(Tensor): a vector on the left", t -> t[1].matmul(t[0]), rows(4, 3, 2), fixed(3));
        within("matmul(Tensor): batches", t -> t[0].matmul(t[1]), rows(4, 2, 3), rows(4, 3, 2));
        within("matmul(Tensor): batches on the left", t -> t[0].matmul(t[1]), rows(4, 2, 3), fixed(3, 2));
        within("matmul(Tensor): batches on the right", t -> t[1].matmul(t[0]), rows(4, 3, 2), fixed(2, 3));
        within("matmul(Tensor): batches repeated", t -> t[0].matmul(t[1]), rows(4, 1, 2, 3), fixed(1, 3, 3, 2));
        within("matmul(Tensor): rows within batches", t -> t[0].matmul(t[1]), rows(4, 3), fixed(2, 3, 2));
        refused("matmul(Tensor): pairs of rows", t -> t[0].matmul(t[0].transpose(0, 1)), rows(4, 3));
        refused("matmul(Tensor): single rows", t -> t[1].matmul(t[0]), rows(4, 3), fixed(2, 4));
        refused("matmul(Tensor): single batches", t -> t[0].matmul(t[1]), rows(4, 2, 3), fixed(4, 3, 2));
        reduced("matmul(Tensor): over rows", t -> t[0].transpose(0, 1).matmul(t[1]), rows(4, 3), rows(4, 2));
        within("linear(Tensor,Tensor)", t -> t[0].linear(t[1], t[2]), rows(4, 3), fixed(2, 3), fixed(2));
        within("linear(Tensor,Tensor): rank 3", t -> t[0].linear(t[1], null), rows(4, 2, 3), fixed(2, 3));
        refused("linear(Tensor,Tensor): rows last", t -> t[0].linear(t[1], t[2]), rows(4), fixed(2, 4), fixed(2));
        within(
                "bilinear(Tensor,Tensor,Tensor)",
                t -> t[0].bilinear(t[1], t[2], t[3]),
                rows(4, 3),
                rows(4, 2),
                fixed(2, 3, 2),
                fixed(2));
        within(
                "bilinear(Tensor,Tensor,Tensor): rank 3, no bias",
                t -> t[0].bilinear(t[1], t[2], null),
                rows(2, 2, 3),
                rows(2, 2, 2),
                fixed(1, 3, 2));
        refused(
                "bilinear(Tensor,Tensor,Tensor): single rows",
                t -> t[0].bilinear(t[1], t[2], null),
                rows(4, 3),
                fixed(4, 2),
                fixed(2, 3, 2));
    }

    private static void comparisons() {
        Input row = fixed(3);
        without("gt(Tensor)", Greater.class, t -> t[0].gt(t[1]), rows(4, 3), row);
        without("gt(double)", Greater.class, t -> t[0].gt(0.125), rows(4, 3));
        without("ge(Tensor)", GreaterOrEqual.class, t -> t[0].ge(t[1]), rows(4, 3), row);
        without("ge(double)", GreaterOrEqual.class, t -> t[0].ge(0.125), rows(4, 3));
        without("lt(Tensor)", Less.class, t -> t[0].lt(t[1]), rows(4, 3), row);
        without("lt(double)", Less.class, t -> t[0].lt(0.125), rows(4, 3));
        without("le(Tensor)", LessOrEqual.class, t -> t[0].le(t[1]), rows(4, 3), row);
        without("le(double)", LessOrEqual.class, t -> t[0].le(0.125), rows(4, 3));
        without("eq(Tensor)", Equal.class, t -> t[0].eq(t[1]), rows(4, 3), row);
        without("eq(double)", Equal.class, t -> t[0].eq(0.125), rows(4, 3));
        without("ne(Tensor)", NotEqual.class, t -> t[0].ne(t[1]), rows(4, 3), row);
        without("ne(double)", NotEqual.class, t -> t[0].ne(0.125), rows(4, 3));
        refused("gt(Tensor): single rows", t -> t[0].gt(t[1]).mul(t[0]), rows(4, 3), constant(shifted(4, 1)));
        within("maximum(Tensor)", t -> t[0].maximum(t[1]), rows(4, 3), shifted(3));
        within("minimum(Tensor)", t -> t[0].minimum(t[1]), rows(4, 3), shifted(3));
        within("clamp(double,double)", t -> t[0].clamp(-0.5, 0.75), rows(4, 3));
        within(
                "Tensor.where(Tensor,Tensor,Tensor)",
                t -> Tensor.where(t[0].gt(0), t[1], t[2]),
                constant(rows(4, 3)),
                rows(4, 1),
                fixed(3));
        refused(
                "Tensor.where(Tensor,Tensor,Tensor): single rows",
                t -> Tensor.where(t[0].gt(0), t[1], t[2]),
                constant(rows(4, 3)),
                fixed(4, 1),
                fixed(3));
    }

    private static void activations() {
        within("relu()", t -> t[0].relu(), rows(4, 3));
        within("leakyRelu()", t -> t[0].leakyRelu(), rows(4, 3));
        within("leakyRelu(double)", t -> t[0].leakyRelu(0.3), rows(4, 3));
        within("prelu(Tensor)", t -> t[0].prelu(t[1]), rows(4, 3), fixed(1));
        within("prelu(Tensor): a weight a channel", t -> t[0].prelu(t[1]), rows(2, 3, 2), fixed(3));
        within("elu()", t -> t[0].elu(), rows(4, 3));
        within("elu(double)", t -> t[0].elu(0.7), rows(4, 3));
        within("selu()", t -> t[0].selu(), rows(4, 3));
        within("gelu()", t -> t[0].gelu(), rows(4, 3));
        within("sigmoid()", t -> t[0].sigmoid(), rows(4, 3));
        within("logSigmoid()", t -> t[0].logSigmoid(), rows(4, 3));
        within("tanh()", t -> t[0].tanh(), rows(4, 3));
        within("silu()", t -> t[0].silu(), rows(4, 3));
        within("mish()", t -> t[0].mish(), rows(4, 3));
        within("softplus()", t -> t[0].softplus(), rows(4, 3));
        within("softplus(double,double)", t -> t[0].softplus(2, 1.5), linearFrom(0.75, 4, 3));
        within("softsign()", t -> t[0].softsign(), rows(4, 3));
        within("relu6()", t -> t[0].mul(5).relu6(), rows(4, 3));
        within("hardTanh()", t -> t[0].hardTanh(), rows(4, 3));
        within("hardTanh(double,double)", t -> t[0].hardTanh(-0.5, 0.75), rows(4, 3));
        within("hardSigmoid()", t -> t[0].mul(4).hardSigmoid(), rows(4, 3));
        within("hardSwish()", t -> t[0].mul(4).hardSwish(), rows(4, 3));
        within("softmax(int)", t -> t[0].softmax(-1), rows(4, 3));
        within("softmax(int): a middle axis", t -> t[0].softmax(1), rows(2, 3, 2));
        reduced("softmax(int): over rows", t -> t[0].softmax(0), rows(4, 3));
        within("logSoftmax(int)", t -> t[0].logSoftmax(1), rows(4, 3));
        within("logSoftmax(int): a middle axis", t -> t[0].logSoftmax(-2), rows(2, 3, 2));
        reduced("logSoftmax(int): over rows", t -> t[0].logSoftmax(0), rows(4, 3));
    }

    private static void reductions() {
        reduction("sum", (x, axes) -> x.sum(axes), (x, axes) -> x.sum(true, axes));
        reduction("mean", (x, axes) -> x.mean(axes), (x, axes) -> x.mean(true, axes));
        reduction("max", (x, axes) -> x.max(axes), (x, axes) -> x.max(true, axes));
        reduction("min", (x, axes) -> x.min(axes), (x, axes) -> x.min(true, axes));
        reduction("norm", (x, axes) -> x.norm(axes), (x, axes) -> x.norm(true, axes));
        reduction("logsumexp", (x, axes) -> x.logsumexp(axes), (x, axes) -> x.logsumexp(true, axes));
        reduction("var", (x, axes) -> x.var(axes), null);
        reduction("std", (x, axes) -> x.std(axes), null);
        within("var(int,boolean,int[])", t -> t[0].var(0, true, 1), rows(4, 3));
        reduced("var(int,boolean,int[]): over rows", t -> t[0].var(0, true, 0), rows(4, 3));
        within("std(int,boolean,int[])", t -> t[0].std(0, true, 1), rows(4, 3));
        reduced("std(int,boolean,int[]): over rows", t -> t[0].std(0, true, 0), rows(4, 3));
        without("argmax(int)", Argmax.class, t -> t[0].argmax(1), rows(4, 3));
        without(
                "argmax(int): axis before the rows",
                Argmax.class,
                t -> t[0].transpose(0, 1).argmax(0),
                rows(4, 3));
        refused("argmax(int): over rows", t -> t[0].mul(t[0].argmax(0)), rows(4, 3));
    }

    /** A reduction over axes. */
    private interface OverAxes {
        Tensor of(Tensor x, int... axes);
    }

    private static void reduction(String name, OverAxes dropping, OverAxes keeping) {
        within(name + "(int[])", t -> dropping.of(t[0], 1), rows(4, 3));
        within(name + "(int[]): apart", t -> dropping.of(t[0], 1, 3), rows(2, 2, 3, 2));
        within(name + "(int[]): before the rows", t -> dropping.of(t[0].transpose(0, 1), 0), rows(4, 3));
        reduced(name + "(int[]): over all", t -> dropping.of(t[0]), rows(4, 3));
        reduced(name + "(int[]): over rows", t -> dropping.of(t[0], 0), rows(4, 3));
        reduced(name + "(int[]): over rows on the last axis", t -> dropping.of(t[0].transpose(0, 1), 1), rows(4, 3));
        reduced(name + "(int[]): over rows and a later axis", t -> dropping.of(t[0], 0, 2), rows(4, 2, 3));
        if (keeping != null) {
            within(name + "(boolean,int[])", t -> keeping.of(t[0], -1), rows(4, 3));
            within(name + "(boolean,int[]): apart", t -> keeping.of(t[0], 3, 1), rows(2, 2, 3, 2));
            reduced(name + "(boolean,int[]): over rows", t -> keeping.of(t[0], 0), rows(4, 3));
            reduced(name + "(boolean,int[]): over rows and a later axis", t -> keeping.of(t[0], -1, 0), rows(4, 2, 3));
            reduced(name + "(boolean,int[]): over all", t -> keeping.of(t[0]), rows(4, 3));
        }
    }

    private static void normalisations() {
        String batch = "batchNorm(Tensor,Tensor,Tensor,Tensor,boolean,double,double)";
        Input mean = constant(fixed(3));
        Input variance = constant(positive(false, 3));
        Function<Tensor[], Tensor> ofBatch = t -> t[0].batchNorm(null, null, t[1], t[2], true, 0.1, 0.25);
        Function<Tensor[], Tensor> running = t -> t[0].batchNorm(t[1], t[2], t[3], t[4], false, 0.1, 0.25);
        reduced(batch, ofBatch, rows(4, 3), fixed(3), fixed(3));
        reduced(batch + ": places", ofBatch, rows(3, 2, 3, 2), fixed(2), fixed(2));
        reduced(batch + ": plain", t -> t[0].batchNorm(null, null, null, null, true, 0, 1e-2), rows(4, 3));
        reduced(batch + ": bias alone", t -> t[0].batchNorm(null, null, null, t[1], false, 0, 1), rows(4, 3), fixed(3));
        refused(
                batch + ": rows as channels",
                t -> t[0].transpose(0, 1).batchNorm(null, null, null, null, true, 0, 1),
                rows(4, 3));
        within(batch + ": running", running, rows(4, 3), mean, variance, fixed(3), fixed(3));
        within(batch + ": running, places", running, rows(4, 3, 5), mean, variance, fixed(3), fixed(3));
        within(
                batch + ": running, plain",
                t -> t[0].batchNorm(t[1], t[2], null, null, false, 0, 1),
                rows(4, 3),
                mean,
                variance);
        String instance = "instanceNorm(Tensor,Tensor,Tensor,Tensor,boolean,double,double)";
        within(
                instance,
                t -> t[0].instanceNorm(null, null, t[1], t[2], true, 0.1, 0.25),
                rows(4, 3, 5),
                fixed(3),
                fixed(3));
        within(instance + ": plain", t -> t[0].instanceNorm(null, null, null, null, true, 0, 0.25), rows(4, 3, 2, 2));
        within(
                instance + ": running",
                t -> t[0].instanceNorm(t[1], t[2], t[3], null, false, 0, 1),
                rows(4, 3, 2),
                mean,
                variance,
                fixed(3));
        String layer = "layerNorm(int[],Tensor,Tensor,double)";
        within(layer, t -> t[0].layerNorm(new int[] {5}, t[1], t[2], 0.25), rows(4, 5), fixed(5), fixed(5));
        within(
                layer + ": two axes",
                t -> t[0].layerNorm(new int[] {3, 2}, t[1], null, 0.25),
                rows(4, 2, 3, 2),
                fixed(3, 2));
        within(layer + ": plain", t -> t[0].layerNorm(new int[] {3}, null, null, 0.25), rows(4, 2, 3));
        refused(layer + ": over rows", t -> t[0].layerNorm(new int[] {4, 3}, null, null, 1), rows(4, 3));
        String group = "groupNorm(int,Tensor,Tensor,double)";
        within(group, t -> t[0].groupNorm(2, t[1], t[2], 0.25), rows(3, 4, 3), fixed(4), fixed(4));
        within(group + ": one place", t -> t[0].groupNorm(2, t[1], t[2], 0.25), rows(3, 6), fixed(6), fixed(6));
        within(group + ": plain", t -> t[0].groupNorm(1, null, null, 0.25), rows(3, 2, 2, 2));
        refused(group + ": rows as channels", t -> t[0].transpose(0, 1).groupNorm(2, null, null, 1), rows(4, 3));
        String root = "rmsNorm(int[],Tensor,double)";
        within(root, t -> t[0].rmsNorm(new int[] {5}, t[1], 0.25), rows(4, 5), fixed(5));
        within(root + ": plain", t -> t[0].rmsNorm(new int[] {2, 3}, null, 0.25), rows(4, 2, 3));
        refused(root + ": over rows", t -> t[0].transpose(0, 1).rmsNorm(new int[] {4}, null, 1), rows(4, 3));
    }

    private static void shaping() {
        within("reshape(int[])", t -> t[0].reshape(-1, 2, 3), rows(4, 6));
        within("reshape(int[]): one axis more", t -> t[0].reshape(-1, 1), rows(4));
        reduced("reshape(int[]): the number of rows", t -> t[0].reshape(t[0].size(0), -1), rows(4, 2, 3));
        reduced("reshape(int[]): the number of rows as it is", t -> t[0].reshape(4, 6), rows(4, 2, 3));
        refused("reshape(int[]): rows cut up", t -> t[0].reshape(-1, 2), rows(4, 3));
        refused("reshape(int[]): rows joined", t -> t[0].reshape(2, 6), rows(4, 3));
        refused("reshape(int[]): rows gone", t -> t[0].reshape(-1), rows(4, 3));
        within("flatten(int)", t -> t[0].flatten(1), rows(4, 2, 3));
        within("flatten(int): rows alone", t -> t[0].flatten(0), rows(4));
        refused("flatten(int): rows joined", t -> t[0].flatten(0), rows(4, 3));
        within("permute(int[])", t -> t[0].permute(2, 0, 1), rows(4, 2, 3));
        within("permute(int[]): to the end", t -> t[0].permute(1, -1, 0), rows(4, 2, 3));
        within("transpose(int,int)", t -> t[0].transpose(0, -1), rows(4, 3));
        within("unsqueeze(int)", t -> t[0].unsqueeze(0), rows(4, 3));
        within("unsqueeze(int): last", t -> t[0].unsqueeze(-1), rows(4, 3));
        within("squeeze(int)", t -> t[0].squeeze(1), rows(4, 1, 3));
        within("squeeze(int): before the rows", t -> t[0].permute(1, 0, 2).squeeze(0), rows(4, 1, 3));
        within("squeeze(int): another size", t -> t[0].squeeze(1).neg(), rows(4, 3));
        within("slice(int,int,int)", t -> t[0].slice(1, 1, 3), rows(4, 3, 2));
        refused("slice(int,int,int): rows", t -> t[0].slice(0, 1, 3), rows(4, 3));
        within("narrow(int,int,int)", t -> t[0].narrow(-1, 1, 2), rows(4, 3));
        refused("narrow(int,int,int): rows", t -> t[0].narrow(0, 0, 1), rows(4, 3));
        within("expand(int[])", t -> t[0].expand(2, -1, 3), rows(4, 1));
        reduced("expand(int[]): the number of rows", t -> t[0].expand(t[0].size(0), 3), rows(4, 1));
        refused("expand(int[]): rows repeated", t -> t[0].sum(true, 1).expand(8, 3), rows(1, 3));
        within("Tensor.cat(int,Tensor[])", t -> Tensor.cat(1, t), rows(4, 3), rows(4, 1), rows(4, 2));
        within("Tensor.cat(int,Tensor[]): a tensor twice", t -> Tensor.cat(-1, t[0], t[0]), rows(4, 3));
        refused("Tensor.cat(int,Tensor[]): rows", t -> Tensor.cat(0, t[0], t[0]), rows(4, 3));
        refused("Tensor.cat(int,Tensor[]): single rows", t -> Tensor.cat(1, t[0], t[1]), rows(4, 3), fixed(4, 1));
        within("Tensor.stack(int,Tensor[])", t -> Tensor.stack(1, t), rows(4, 3), rows(4, 3));
        within("Tensor.stack(int,Tensor[]): in front", t -> Tensor.stack(0, t), rows(4, 3), rows(4, 3));
    }

    private static void lookUps() {
        Input places = constant(new Input(Tensor.of(new float[][] {{2, 0}, {1, 1}, {0, 0}, {2, 1}}), true, false));
        Input classes = new Input(Tensor.of(2, 0, 1, 1), true, false);
        within("gather(int,Tensor)", t -> t[0].gather(1, t[1]), rows(4, 3), places);
        within("gather(int,Tensor): a middle axis", t -> t[0].gather(1, t[1].unsqueeze(2)), rows(4, 3, 2), places);
        refused("gather(int,Tensor): rows", t -> t[0].gather(0, t[1]), rows(4, 3), places);
        refused("gather(int,Tensor): the same rows for all", t -> t[0].gather(1, t[1]), fixed(4, 3), places);
        within("indexSelect(int,Tensor)", t -> t[0].indexSelect(0, t[1]), fixed(3, 2), classes);
        within("indexSelect(int,Tensor): a matrix of places", t -> t[0].indexSelect(0, t[1]), fixed(3, 2), places);
        within("indexSelect(int,Tensor): a later axis", t -> t[0].indexSelect(1, t[1]), fixed(2, 3, 2), places);
        Input columns = new Input(Tensor.of(2, 0, 2), false, false);
        within("indexSelect(int,Tensor): columns", t -> t[0].indexSelect(1, t[1]), rows(4, 3), columns);
        within(
                "indexSelect(int,Tensor): before the rows",
                t -> t[0].transpose(0, 1).indexSelect(0, t[1]),
                rows(4, 3),
                columns);
        refused("indexSelect(int,Tensor): rows", t -> t[0].indexSelect(0, t[1]), rows(4, 3), columns);
        refused("indexSelect(int,Tensor): rows by rows", t -> t[0].indexSelect(1, t[1]), rows(4, 3), classes);
        without("oneHot(int)", OneHot.class, t -> t[0].oneHot(3), places);
    }

    private static void losses() {
        Input classes = new Input(Tensor.of(2, 0, 1, 1), true, false);
        Input noRows = new Input(Tensor.of(2, 0, 1, 1), false, false);
        double[] weights = {0.5, 2, 1};
        within("crossEntropy(Tensor,double[],double)", t -> t[0].crossEntropy(t[1], null, 0), rows(4, 3), classes);
        within(
                "crossEntropy(Tensor,double[],double): weights and smoothing",
                t -> t[0].crossEntropy(t[1], weights, 0.2),
                rows(4, 3),
                classes);
        refused(
                "crossEntropy(Tensor,double[],double): labels of no rows",
                t -> t[0].crossEntropy(t[1], null, 0),
                rows(4, 3),
                noRows);
        within(
                "negativeLogLikelihood(Tensor,double[])",
                t -> t[0].negativeLogLikelihood(t[1], weights),
                rows(4, 3),
                classes);
        refused(
                "negativeLogLikelihood(Tensor,double[]): labels of no rows",
                t -> t[0].negativeLogLikelihood(t[1], weights),
                rows(4, 3),
                noRows);
        within("binaryCrossEntropy(Tensor,double)", t -> t[0].binaryCrossEntropy(t[1], 3), rows(4, 3), rows(4, 3));
    }

    /** Rows of different length. */
    private static void sequences() {
        String of = ": rows of different length";
        within("add(Tensor)" + of, t -> t[0].add(t[1]), ragged(3), ragged(3));
        within("mul(Tensor)" + of + ", a row for all", t -> t[0].mul(t[1]), ragged(3), fixed(3));
        within("mul(Tensor)" + of + ", a scalar on the left", t -> t[1].mul(t[0]), ragged(3), fixed());
        within("mul(Tensor)" + of + ", ones in front", t -> t[0].mul(t[1]), ragged(3), fixed(1, 1, 3));
        within("mul(Tensor)" + of + ", a value for each row", t -> t[0].mul(t[1]), ragged(3), rows(4, 1, 3));
        within("mul(Tensor)" + of + ", one number for each row", t -> t[0].mul(t[1]), ragged(3), rows(4, 1, 1));
        within("mul(Tensor)" + of + ", one number for each element", t -> t[0].mul(t[1]), ragged(3), ragged(1));
        within("exp()" + of, t -> t[0].exp(), ragged());
        within("relu()" + of, t -> t[0].relu(), ragged(2, 2));
        without("gt(Tensor)" + of, Greater.class, t -> t[0].gt(t[1]), ragged(3), fixed(3));
        within(
                "Tensor.where(Tensor,Tensor,Tensor)" + of,
                t -> Tensor.where(t[0].gt(0), t[1], t[2]),
                constant(ragged(3)),
                ragged(3),
                fixed(3));
        within("prelu(Tensor)" + of, t -> t[0].prelu(t[1]), ragged(3), fixed(1));
        refused("add(Tensor)" + of + ", single rows", t -> t[0].add(t[1]), ragged(3), fixed(4, 1, 3));
        within("matmul(Tensor)" + of, t -> t[0].matmul(t[1]), ragged(3), fixed(3, 2));
        within("matmul(Tensor)" + of + ", a vector on the right", t -> t[0].matmul(t[1]), ragged(3), fixed(3));
        within("linear(Tensor,Tensor)" + of, t -> t[0].linear(t[1], t[2]), ragged(3), fixed(2, 3), fixed(2));
        within(
                "bilinear(Tensor,Tensor,Tensor)" + of,
                t -> t[0].bilinear(t[1], t[2], null),
                ragged(3),
                ragged(2),
                fixed(2, 3, 2));
        within("softmax(int)" + of, t -> t[0].softmax(1), ragged(3));
        within("softmax(int)" + of + ", of an element", t -> t[0].softmax(-1), ragged(3));
        within("softmax(int)" + of + ", of numbers", t -> t[0].softmax(1), ragged());
        within("logSoftmax(int)" + of, t -> t[0].logSoftmax(1), ragged(3));
        within("logSoftmax(int)" + of + ", of an element", t -> t[0].logSoftmax(2), ragged(3));
        raggedReduction("sum", (x, axes) -> x.sum(axes), (x, axes) -> x.sum(true, axes));
        raggedReduction("mean", (x, axes) -> x.mean(axes), (x, axes) -> x.mean(true, axes));
        raggedReduction("max", (x, axes) -> x.max(axes), (x, axes) -> x.max(true, axes));
        raggedReduction("min", (x, axes) -> x.min(axes), (x, axes) -> x.min(true, axes));
        raggedReduction("norm", (x, axes) -> x.norm(axes), (x, axes) -> x.norm(true, axes));
        raggedReduction("var", (x, axes) -> x.var(axes), null);
        raggedReduction("std", (x, axes) -> x.std(axes), null);
        within(
                "logsumexp(int[])" + of,
                t -> t[0].exp().add(1).sum(1).add(t[0].logsumexp(2).sum(1).unsqueeze(1)),
                ragged(3));
        reduced("logsumexp(int[])" + of + ", over all", t -> t[0].logsumexp(), ragged(3));
        without("argmax(int)" + of, Argmax.class, t -> t[0].argmax(2), ragged(3));
        within("reshape(int[])" + of, t -> t[0].reshape(-1, Shape.RAGGED, 2, -1), ragged(6));
        within("flatten(int)" + of, t -> t[0].flatten(2), ragged(2, 3));
        within("permute(int[])" + of, t -> t[0].permute(0, 1, 3, 2), ragged(2, 3));
        within("transpose(int,int)" + of, t -> t[0].transpose(-1, 2), ragged(2, 3));
        within("unsqueeze(int)" + of, t -> t[0].unsqueeze(-1), ragged(3));
        within("unsqueeze(int)" + of + ", before", t -> t[0].unsqueeze(2), ragged(3));
        within("squeeze(int)" + of, t -> t[0].squeeze(2), ragged(1, 3));
        within("slice(int,int,int)" + of, t -> t[0].slice(2, 1, 3), ragged(3));
        within("narrow(int,int,int)" + of, t -> t[0].narrow(-1, 0, 2), ragged(3));
        within("Tensor.cat(int,Tensor[])" + of, t -> Tensor.cat(-1, t), ragged(3), ragged(2));
        within("Tensor.stack(int,Tensor[])" + of, t -> Tensor.stack(2, t), ragged(3), ragged(3));
        Input places = new Input(Tensor.ragged(Tensor.of(2, 0, 2, 1, 1, 2), LENGTHS), true, false);
        within("indexSelect(int,Tensor)" + of, t -> t[0].indexSelect(0, t[1]), fixed(3, 2), places);
        without("oneHot(int)" + of, OneHot.class, t -> t[0].oneHot(3), places);
        within("binaryCrossEntropy(Tensor,double)" + of, t -> t[0].binaryCrossEntropy(t[1], 3), ragged(3), ragged(3));
        within(
                "Tensor.ragged(Tensor,int[])",
                t -> t[0].mul(Tensor.ragged(t[1].reshape(3), 3).sum()),
                rows(4, 3),
                fixed(3));
        within(
                "Tensor.ragged(Tensor[])",
                t -> t[0].mul(
                        Tensor.ragged(t[1].reshape(3), t[2].reshape(2)).max(1).sum()),
                rows(4, 3),
                fixed(3),
                fixed(2));
    }

    private static void recurrent() {
        recurrent("rnn", 1, Tensor::rnn);
        recurrent("rnnRelu", 1, OperationCases::awayFromKinks);
        recurrent("gru", 3, Tensor::gru);
        recurrent("lstm", 4, Tensor::lstm);
        Input places = new Input(Tensor.ragged(Tensor.of(2, 0, 2, 1, 1, 2), LENGTHS), true, false);
        within("embedding(Tensor,int)", t -> t[1].embedding(t[0], -1), fixed(3, 2), places);
        for (Input x : new Input[] {ragged(4), rows(2, 3, 4)}) {
            String over = ": over " + x.tensor.shape();
            within("addPositions()" + over, t -> t[0].addPositions(), x);
            within(
                    "attention(Tensor,Tensor,int)" + over,
                    t -> t[0].mul(0.2).attention(t[1].mul(0.2), t[2], 2),
                    x,
                    x,
                    x);
        }
        Input keys = ragged(new int[] {1, 2, 2, 0}, 2);
        within(
                "attention(Tensor,Tensor,int): of other lengths",
                t -> t[0].mul(0.2).attention(t[1].mul(0.2), t[2], 1),
                ragged(2),
                keys,
                keys);
        refused("addPositions(): rows elsewhere", t -> t[0].transpose(0, 1).addPositions(), rows(4, 3, 2));
        refused(
                "attention(Tensor,Tensor,int): single rows",
                t -> t[0].attention(t[1], t[1], 1),
                rows(4, 3, 2),
                fixed(4, 3, 2));
        within(
                "layerNorm(int[],Tensor,Tensor,double): rows of different length",
                t -> t[0].layerNorm(new int[] {3}, t[1], t[2], 0.5),
                ragged(3),
                fixed(3),
                fixed(3));
        refused(
                "embedding(Tensor,int): rows",
                t -> t[1].embedding(t[0], -1),
                rows(4, 3),
                new Input(Tensor.of(2, 0, 2, 1), true, false));
    }

    /** A recurrent operation on a sequence. */
    private interface OverRows {
        Tensor of(Tensor x, Unroll unroll, Tensor... weights);
    }

    /** One state that always is above 0 and, with biases, one that never is: between lies a kink. */
    private static Tensor awayFromKinks(Tensor x, Unroll unroll, Tensor... weights) {
        Tensor[] moved = weights.clone();
        if (weights.length == 2) {
            moved[0] = weights[0].mul(weights[0]).add(0.25);
            moved[1] = weights[1].mul(weights[1]);
            return x.mul(x).add(0.25).rnnRelu(unroll, moved);
        }
        int size = weights[2].shape().last();
        moved[2] = weights[2].add(size == 2 ? Tensor.of(3, -3) : Tensor.of(3));
        return x.rnnRelu(unroll, moved);
    }

    private static void recurrent(String name, int gates, OverRows operation) {
        for (Unroll unroll : Unroll.values()) {
            for (Input x : new Input[] {ragged(2), rows(4, 3, 2)}) {
                within(
                        name + "(Unroll,Tensor[]): " + unroll + " over " + x.tensor.shape(),
                        // Small ones, for far out the functions bend too sharply for differences.
                        t -> operation.of(
                                t[0].mul(0.5), unroll, t[1].mul(0.125), t[2].mul(0.125), t[3].mul(0.25), t[4].mul(0.5)),
                        x,
                        fixed(2 * gates, 2),
                        fixed(2 * gates, 2),
                        fixed(2 * gates),
                        fixed(2 * gates));
            }
        }
        within(
                name + "(Unroll,Tensor[]): without biases",
                t -> operation.of(t[0].mul(0.5), Unroll.FORWARD, t[1].mul(0.125), t[2].mul(0.125)),
                ragged(2),
                fixed(2 * gates, 2),
                fixed(2 * gates, 2));
        refused(
                name + "(Unroll,Tensor[]): weights of rows",
                t -> operation.of(
                        t[0].mul(0.01), Unroll.FORWARD, t[1].mul(0.01), t[2].mul(0.01), t[3].mul(0.01), t[4].mul(0.01)),
                rows(gates, 2, 1),
                rows(gates, 1),
                fixed(gates, 1),
                fixed(gates),
                fixed(gates));
    }

    private static void raggedReduction(String name, OverAxes dropping, OverAxes keeping) {
        String of = ": rows of different length, ";
        within(name + "(int[])" + of + "each", t -> dropping.of(t[0], 1), longRows(3));
        within(name + "(int[])" + of + "of numbers", t -> dropping.of(t[0], 1), longRows());
        within(name + "(int[])" + of + "each element", t -> dropping.of(t[0], 2), longRows(3));
        within(name + "(int[])" + of + "each with its elements", t -> dropping.of(t[0], 1, -1), longRows(3));
        within(name + "(int[])" + of + "apart", t -> dropping.of(t[0], 3, 1), longRows(2, 3));
        reduced(name + "(int[])" + of + "all", t -> dropping.of(t[0]), longRows(3));
        reduced(name + "(int[])" + of + "all elements", t -> dropping.of(t[0], 0, 1), longRows(3));
        if (keeping != null) {
            within(name + "(boolean,int[])" + of + "each", t -> keeping.of(t[0], 1), longRows(3));
            within(name + "(boolean,int[])" + of + "each element", t -> keeping.of(t[0], 2), longRows(3));
            within(name + "(boolean,int[])" + of + "apart", t -> keeping.of(t[0], 1, 3), longRows(2, 3));
            reduced(name + "(boolean,int[])" + of + "all", t -> keeping.of(t[0]), longRows(3));
        }
    }

    static void within(String name, Function<Tensor[], Tensor> function, Input... inputs) {
        ALL.add(new OperationCase(name, Rows.WITHIN, null, function, inputs));
    }

    private static void reduced(String name, Function<Tensor[], Tensor> function, Input... inputs) {
        ALL.add(new OperationCase(name, Rows.REDUCED, null, function, inputs));
    }

    static void refused(String name, Function<Tensor[], Tensor> function, Input... inputs) {
        ALL.add(new OperationCase(name, Rows.REFUSED, null, function, inputs));
    }

    private static void without(
            String name, Class<? extends Operation> operation, Function<Tensor[], Tensor> function, Input... inputs) {
        ALL.add(new OperationCase(name, Rows.WITHIN, operation, function, inputs));
    }

    static Input rows(int... shape) {
        return new Input(Numbers.apart(0.125, shape), true, true);
    }

    static Input fixed(int... shape) {
        return new Input(Numbers.apart(0.125, shape), false, true);
    }

    /** Four rows, one without elements. */
    private static Input ragged(int... element) {
        return ragged(LENGTHS, element);
    }

    /** Four rows, of which none has one element, of which there is no variance. */
    private static Input longRows(int... element) {
        return ragged(new int[] {2, 4, 0, 3}, element);
    }

    private static Input ragged(int[] lengths, int... element) {
        int[] dims = new int[element.length + 1];
        System.arraycopy(element, 0, dims, 1, element.length);
        dims[0] = java.util.Arrays.stream(lengths).sum();
        return new Input(Tensor.ragged(Numbers.apart(0.125, dims), lengths), true, true);
    }

    /** Values that differ from those of other inputs too. */
    private static Input shifted(int... shape) {
        return new Input(Numbers.apart(0, shape), false, true);
    }

    private static Input positive(boolean rows, int... shape) {
        Tensor x = Numbers.apart(0.125, shape);
        return new Input(x.sub(x.min()).add(0.625), rows, true);
    }

    /** Values that stay clear of the given kink. */
    private static Input linearFrom(double kink, int... shape) {
        Tensor x = Numbers.apart(0.125, shape);
        return new Input(Tensor.where(x.sub(kink).abs().lt(0.07), x.add(0.25), x), true, true);
    }

    private static Input constant(Input input) {
        return new Input(input.tensor, input.rows, false);
    }
}
