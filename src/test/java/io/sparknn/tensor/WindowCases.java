package io.sparknn.tensor;

import static io.sparknn.tensor.OperationCases.fixed;
import static io.sparknn.tensor.OperationCases.refused;
import static io.sparknn.tensor.OperationCases.rows;
import static io.sparknn.tensor.OperationCases.within;

/** Convolutions, pooling and padding: the part of {@link OperationCases} about windows. */
final class WindowCases {
    private static final String CONV = "conv(Tensor,Tensor,Window,int)";
    private static final String TRANSPOSE = "convTranspose(Tensor,Tensor,Window,int,int[])";
    private static final String MAX = "maxPool(Window)";
    private static final String AVG = "avgPool(Window,boolean)";
    private static final String PAD = "pad(PadMode,int[],int[])";

    private WindowCases() {}

    static void add() {
        convolutions();
        transposes();
        pools();
        pads();
    }

    private static void convolutions() {
        Window two = Window.of(2, 2);
        Window three = Window.of(3);
        within(CONV, t -> t[0].conv(t[1], t[2], three, 1), rows(2, 2, 5), fixed(2, 2, 3), fixed(2));
        within(CONV + ": no bias", t -> t[0].conv(t[1], null, three, 1), rows(2, 2, 5), fixed(2, 2, 3));
        within(CONV + ": padded", t -> t[0].conv(t[1], null, three.padding(2), 1), rows(2, 1, 4), fixed(2, 1, 3));
        within(CONV + ": strided", t -> t[0].conv(t[1], null, three.stride(2), 1), rows(2, 1, 8), fixed(2, 1, 3));
        Window wide = three.dilation(2).stride(3).padding(1);
        within(CONV + ": all settings", t -> t[0].conv(t[1], t[2], wide, 1), rows(2, 1, 10), fixed(2, 1, 3), fixed(2));
        within(CONV + ": 2 axes", t -> t[0].conv(t[1], t[2], two, 1), rows(2, 1, 3, 4), fixed(2, 1, 2, 2), fixed(2));
        Window skewed =
                two.stride(1, 2).padding(new int[] {0, 1}, new int[] {1, 0}).dilation(2, 1);
        within(CONV + ": skewed", t -> t[0].conv(t[1], null, skewed, 1), rows(2, 1, 3, 4), fixed(2, 1, 2, 2));
        within(CONV + ": groups", t -> t[0].conv(t[1], t[2], three, 2), rows(2, 4, 4), fixed(4, 2, 3), fixed(4));
        within(CONV + ": a group a channel", t -> t[0].conv(t[1], null, three, 3), rows(2, 3, 4), fixed(3, 1, 3));
        within(CONV + ": one place", t -> t[0].conv(t[1], null, Window.of(4), 1), rows(3, 2, 4), fixed(2, 2, 4));
        Window box = Window.of(2, 1, 2).padding(0, 0, 1);
        within(
                CONV + ": 3 axes",
                t -> t[0].conv(t[1], t[2], box, 1),
                rows(2, 1, 2, 2, 3),
                fixed(2, 1, 2, 1, 2),
                fixed(2));
        refused(
                CONV + ": rows as channels",
                t -> t[0].transpose(0, 1).conv(t[1], null, three, 1),
                rows(2, 2, 5),
                fixed(2, 2, 3));
        refused(CONV + ": rows in the weight", t -> t[1].conv(t[0], null, three, 1), rows(2, 2, 3), fixed(2, 2, 5));
    }

    private static void transposes() {
        Window three = Window.of(3);
        within(TRANSPOSE, t -> t[0].convTranspose(t[1], t[2], three, 1, 0), rows(2, 2, 3), fixed(2, 2, 3), fixed(2));
        within(
                TRANSPOSE + ": no bias",
                t -> t[0].convTranspose(t[1], null, three, 1, 0),
                rows(2, 2, 3),
                fixed(2, 1, 3));
        Window strided = three.stride(2).padding(1);
        within(
                TRANSPOSE + ": strided",
                t -> t[0].convTranspose(t[1], t[2], strided, 1, 1),
                rows(2, 1, 4),
                fixed(1, 2, 3),
                fixed(2));
        Window wide = Window.of(2).dilation(3).padding(1);
        within(TRANSPOSE + ": dilated", t -> t[0].convTranspose(t[1], null, wide, 1, 2), rows(2, 1, 4), fixed(1, 2, 2));
        within(
                TRANSPOSE + ": groups",
                t -> t[0].convTranspose(t[1], t[2], three, 2, 0),
                rows(2, 4, 2),
                fixed(4, 1, 3),
                fixed(2));
        Window flat = Window.of(2, 2).stride(2, 1);
        within(
                TRANSPOSE + ": 2 axes",
                t -> t[0].convTranspose(t[1], t[2], flat, 1, 1, 0),
                rows(2, 1, 2, 3),
                fixed(1, 2, 2, 2),
                fixed(2));
        Window box = Window.of(2, 1, 2);
        within(
                TRANSPOSE + ": 3 axes",
                t -> t[0].convTranspose(t[1], null, box, 1, 0),
                rows(2, 1, 1, 2, 2),
                fixed(1, 2, 2, 1, 2));
        refused(
                TRANSPOSE + ": rows in the weight",
                t -> t[1].convTranspose(t[0], null, three, 1, 0),
                rows(2, 2, 3),
                fixed(2, 2, 5));
    }

    private static void pools() {
        within(MAX, t -> t[0].maxPool(Window.of(2).stride(2)), rows(2, 2, 5));
        within(MAX + ": padded", t -> t[0].maxPool(Window.of(3).stride(2).padding(1)), rows(2, 2, 6));
        within(MAX + ": dilated", t -> t[0].maxPool(Window.of(3).dilation(2).padding(2)), rows(2, 1, 7));
        within(MAX + ": up", t -> t[0].maxPool(Window.of(2).stride(2).ceil(true)), rows(2, 1, 5));
        within(MAX + ": 2 axes", t -> t[0].maxPool(Window.of(2, 3).stride(2, 1)), rows(2, 2, 4, 4));
        within(MAX + ": 3 axes", t -> t[0].maxPool(Window.of(2, 2, 2).stride(1, 2, 1)), rows(2, 1, 2, 4, 3));
        refused(MAX + ": rows as channels", t -> t[0].transpose(0, 1).maxPool(Window.of(2)), rows(2, 2, 5));
        within(AVG, t -> t[0].avgPool(Window.of(2).stride(2), true), rows(2, 2, 5));
        within(AVG + ": padded", t -> t[0].avgPool(Window.of(3).stride(2).padding(1), true), rows(2, 2, 6));
        within(
                AVG + ": padding left out",
                t -> t[0].avgPool(Window.of(3).stride(2).padding(1), false),
                rows(2, 2, 6));
        within(AVG + ": up", t -> t[0].avgPool(Window.of(3).stride(2).padding(1).ceil(true), true), rows(2, 1, 6));
        within(AVG + ": 2 axes", t -> t[0].avgPool(Window.of(2, 3).padding(1, 0), false), rows(2, 2, 3, 4));
        within(AVG + ": 3 axes", t -> t[0].avgPool(Window.of(2, 2, 2).stride(1, 2, 1), true), rows(2, 1, 2, 4, 3));
        within("adaptiveMaxPool(int[])", t -> t[0].adaptiveMaxPool(3), rows(2, 2, 5));
        within("adaptiveMaxPool(int[]): 2 axes", t -> t[0].adaptiveMaxPool(2, -1), rows(2, 2, 3, 2));
        within("adaptiveAvgPool(int[])", t -> t[0].adaptiveAvgPool(3), rows(2, 2, 5));
        within("adaptiveAvgPool(int[]): more than there are", t -> t[0].adaptiveAvgPool(5), rows(2, 2, 3));
        within("adaptiveAvgPool(int[]): 3 axes", t -> t[0].adaptiveAvgPool(1, 2, -1), rows(2, 1, 2, 3, 2));
    }

    private static void pads() {
        int[] one = {1};
        int[] two = {2};
        for (PadMode mode : PadMode.values()) {
            within(PAD + ": " + mode, t -> t[0].pad(mode, one, two), rows(2, 2, 3));
            within(
                    PAD + ": " + mode + ", 2 axes",
                    t -> t[0].pad(mode, new int[] {1, 0}, new int[] {0, 2}),
                    rows(2, 1, 2, 3));
        }
        within(PAD, t -> t[0].pad(PadMode.ZEROS, new int[] {1, 0, 2}, new int[] {0, 1, 0}), rows(2, 1, 2, 1, 2));
        refused(PAD + ": rows as channels", t -> t[0].transpose(0, 1).pad(PadMode.ZEROS, one, two), rows(2, 2, 3));
    }
}
