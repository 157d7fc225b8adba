package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores a network over the rows of a DataFrame in one pass, and writes several columns made from what it gives for a
 * row. For models that hold a network; what holds for {@link Layer#transform} holds here.
 */
public final class RowScorer {
    private final String who;
    private final Layer network;
    private final String handleInvalid;
    private final String[] columns;

    /**
     * A scorer.
     *
     * @param who asks, for errors
     * @param network a ready network
     * @param handleInvalid what becomes of invalid rows: {@code error}, {@code skip} or {@code keep}
     * @param columns one for each input of the network
     */
    public RowScorer(String who, Layer network, String handleInvalid, String... columns) {
        this.who = who;
        this.network = network;
        this.handleInvalid = handleInvalid;
        this.columns = columns.clone();
    }

    /** Makes the values of a row's new columns from the network's output. Sent to the executors. */
    @FunctionalInterface
    public interface Output extends Serializable {
        /**
         * Writes the values of the new columns.
         *
         * @param values outputs of the network, row after row; not to be changed
         * @param from where those of the row begin
         * @param width how many there are
         * @param row takes the new columns' values
         * @param at the place of the first
         */
        void write(float[] values, int from, int width, Object[] row, int at);
    }

    /**
     * Adds columns to a DataFrame. Lazily, but for a network that reduces over the rows.
     *
     * @param dataset has the input columns
     * @param output makes the new columns' values
     * @param fields the new columns
     * @return the dataset with the new columns behind the others; null in kept invalid rows
     */
    public Dataset<Row> transform(Dataset<?> dataset, Output output, StructField... fields) {
        Inputs inputs = Inputs.of(who, dataset.schema(), network, columns);
        return Scoring.transform(network, inputs, handleInvalid, dataset, output, shape -> fields);
    }

    /**
     * The shapes of the inputs as a schema and the network tell them, checked against the network if all are known.
     *
     * @param schema has the input columns
     * @return the output's shape, or unknown sizes
     * @throws IllegalArgumentException if the columns do not fit the network
     */
    public Shape outputShape(StructType schema) {
        return Scoring.outputShape(network, Inputs.of(who, schema, network, columns));
    }

    /**
     * Scores one row on the driver.
     *
     * @param input the shape of the network's only input
     * @param row its values
     * @return the output's values, the same bits that {@link #transform} gives
     * @throws IllegalArgumentException if the row has another width, or the network reduces over rows
     */
    public float[] score(Shape input, float... row) {
        Shape element = input.dropFirst(input.isRagged() ? 2 : 1);
        boolean fits = input.isRagged() ? row.length % element.size() == 0 : row.length == element.size();
        if (!fits) {
            throw new IllegalArgumentException(who + " expects vectors of " + (input.isRagged() ? "a multiple of " : "")
                    + element.size() + ", got " + row.length + "; give it rows of the width it was trained on");
        }
        int[] offsets = {0, row.length / element.size()};
        try (Pass pass = Pass.scoring(ScoringRows.of(List.of()))) {
            Shape one = input.with(0, 1);
            Tensor y = network.forward(input.isRagged() ? pass.block(row, offsets, one) : pass.block(row, one));
            return Arrays.copyOf(pass.values(y), pass.localShape(y).dropFirst(1).size());
        } catch (ScoringRows.Unresolved e) {
            throw new IllegalArgumentException(
                    who + " expects a network that treats each row by itself, got one that reduces over rows; use"
                            + " transform, where one DataFrame is one batch",
                    e);
        }
    }
}
