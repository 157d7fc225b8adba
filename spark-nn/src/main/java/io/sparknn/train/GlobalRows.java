package io.sparknn.train;

import io.sparknn.tensor.RowPart;
import io.sparknn.tensor.RowResolver;
import io.sparknn.train.net.Workers;
import java.nio.ByteBuffer;

/** Completes reductions over the rows of a batch by the parts of all workers, forward and backward, in order of rank. */
final class GlobalRows implements RowResolver {
    private final Workers workers;

    GlobalRows(Workers workers) {
        this.workers = workers;
    }

    @Override
    public RowPart resolve(RowPart part) {
        RowPart all = null;
        for (byte[] bytes : workers.gather(part.toBytes())) {
            RowPart other = RowPart.of(bytes);
            if (all == null) {
                all = other;
            } else {
                all.add(other);
            }
        }
        return all;
    }

    @Override
    public void sumGradient(String signature, float[] gradient, int length) {
        ByteBuffer mine = ByteBuffer.allocate(4 * length);
        mine.asFloatBuffer().put(gradient, 0, length);
        double[] sum = new double[length];
        for (byte[] part : workers.gather(mine.array())) {
            if (part.length != mine.capacity()) {
                throw new IllegalStateException("workers expect the same gradient of " + signature + ", got "
                        + part.length / 4 + " values beside " + length
                        + "; let no control flow depend on single rows");
            }
            ByteBuffer other = ByteBuffer.wrap(part);
            for (int i = 0; i < length; i++) {
                sum[i] += other.getFloat();
            }
        }
        for (int i = 0; i < length; i++) {
            gradient[i] = (float) sum[i];
        }
    }
}
