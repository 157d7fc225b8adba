package io.sparknn.tensor;

/** Floats that are meant as places: whole numbers from 0 on. */
final class Indices {
    private Indices() {}

    /** The n places in the tensor, each from 0 to limit - 1. */
    static int[] of(String name, Tensor index, int limit) {
        return into(new int[index.localSize()], name, index, limit);
    }

    /** The places, in the array given if it has room for exactly these. */
    static int[] into(int[] known, String name, Tensor index, int limit) {
        float[] values = index.values();
        int[] places = known.length == index.localSize() ? known : new int[index.localSize()];
        for (int i = 0; i < places.length; i++) {
            int place = (int) values[i];
            if (place != values[i] || place < 0 || place >= limit) {
                throw new IllegalArgumentException(name + " expects whole numbers from 0 to " + (limit - 1) + ", got "
                        + values[i] + " at place " + i + "; count from 0 on, within the size of what they choose from");
            }
            places[i] = place;
        }
        return places;
    }
}
