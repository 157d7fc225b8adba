package io.sparknn.tensor;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What some rows contribute to a reduction over all rows; parts are merged in the order of the rows.
 *
 * <p>Sums are kept in two doubles a value (their rounded sum and the rounding error so far), and rounded to float once,
 * at the end: so the result does not depend on how the rows are cut into parts. A plain class of primitive arrays,
 * because it travels in results of tasks and Kryo cannot handle records.
 */
public final class RowPart implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How two parts become one. */
    enum Merge {
        SUM,
        MAX,
        MIN
    }

    private final String signature;
    private final Merge merge;
    private final double[] state;
    private long count;

    RowPart(String signature, Merge merge, double[] state, long count) {
        this.signature = signature;
        this.merge = merge;
        this.state = state;
        this.count = count;
    }

    /**
     * Names the reduction: operation, axes and shape without the rows. Every block of a DataFrame must meet the same
     * reductions in the same order, and this is what they are matched by.
     *
     * @return for example {@code mean over axes [0] of (rows, 128)}
     */
    public String signature() {
        return signature;
    }

    /** The accumulated values: pairs of doubles for sums, single ones else. */
    double[] state() {
        return state;
    }

    /**
     * The number of rows in this part.
     *
     * @return at least 0
     */
    public long count() {
        return count;
    }

    /**
     * This part as workers send it to each other.
     *
     * @return bytes that {@link #of} reads
     */
    public byte[] toBytes() {
        byte[] name = (merge.name() + " " + signature).getBytes(StandardCharsets.UTF_8);
        int size = Long.BYTES + 2 * Integer.BYTES + name.length + Double.BYTES * state.length;
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putLong(count).putInt(name.length).put(name).putInt(state.length);
        for (double value : state) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    /**
     * A part that was sent.
     *
     * @param sent what {@link #toBytes} gave
     * @return an equal part
     */
    public static RowPart of(byte[] sent) {
        ByteBuffer bytes = ByteBuffer.wrap(sent);
        long count = bytes.getLong();
        byte[] encoded = new byte[bytes.getInt()];
        bytes.get(encoded);
        double[] state = new double[bytes.getInt()];
        for (int i = 0; i < state.length; i++) {
            state[i] = bytes.getDouble();
        }
        String name = new String(encoded, StandardCharsets.UTF_8);
        int space = name.indexOf(' ');
        return new RowPart(name.substring(space + 1), Merge.valueOf(name.substring(0, space)), state, count);
    }

    /**
     * Adds the part of later rows to this one.
     *
     * @param later the part of the rows that follow; not changed
     * @throws IllegalStateException if it belongs to another reduction
     */
    public void add(RowPart later) {
        if (!signature.equals(later.signature)) {
            throw new IllegalStateException(
                    "a forward pass over all rows expects every block to meet the same reductions"
                            + " in the same order, got " + signature + " in one block and " + later.signature
                            + " in another; let no control flow depend on single rows");
        }
        count += later.count;
        if (merge == Merge.SUM) {
            for (int i = 0; i < state.length; i += 2) {
                TwoSum.add(state, i, later.state[i]);
                TwoSum.add(state, i, later.state[i + 1]);
            }
            return;
        }
        for (int i = 0; i < state.length; i++) {
            state[i] = merge == Merge.MAX ? Math.max(state[i], later.state[i]) : Math.min(state[i], later.state[i]);
        }
    }
}
