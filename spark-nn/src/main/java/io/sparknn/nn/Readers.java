package io.sparknn.nn;

/** How a container reads its columns: as those of its modules do that are fed by them. */
final class Readers {
    private Readers() {}

    static Reading reading(int input, int count, Module... readers) {
        if (readers.length == 1) {
            return readers[0].reading(input, count);
        }
        if (count == readers.length) {
            return readers[input].reading(0, 1);
        }
        Reading[] readings = new Reading[readers.length];
        for (int i = 0; i < readings.length; i++) {
            readings[i] = readers[i].reading(input, count);
        }
        return Reading.common(readings);
    }
}
