package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datasets with an operator of ours in their plan. */
public final class ScoredRows {
    private static final Logger LOG = LoggerFactory.getLogger(ScoredRows.class);
    private static Boolean works;

    private ScoredRows() {}

    /**
     * A dataset with new columns behind the others.
     *
     * @param dataset the rows
     * @param task what is computed of them
     * @param inputs places of the columns that the task reads
     * @param fields the new columns
     * @return the dataset; null if this Spark has not what the operator needs
     */
    public static Dataset<Row> of(Dataset<?> dataset, RowTask task, int[] inputs, StructField... fields) {
        if (!worksIn(dataset.sparkSession())) {
            return null;
        }
        SparkLine.teach(dataset.sparkSession());
        return scored(dataset, task, inputs, fields);
    }

    private static Dataset<Row> scored(Dataset<?> dataset, RowTask task, int[] inputs, StructField... fields) {
        LogicalPlan child = dataset.queryExecution().commandExecuted();
        List<Attribute> columns = SparkLine.output(child);
        List<Attribute> read = Arrays.stream(inputs).mapToObj(columns::get).toList();
        List<Attribute> outputs = new ArrayList<>();
        // Attributes of the node stay within: in a join with itself Spark gives new ids to an alias only.
        List<NamedExpression> list = new ArrayList<>(columns);
        for (StructField field : fields) {
            Attribute output = DataTypeUtils.toAttribute(field);
            outputs.add(output);
            list.add(SparkLine.alias(output));
        }
        LogicalPlan scored = new ScoreRows(Lists.of(read), Lists.of(outputs), task, child);
        return SparkLine.dataset(dataset.sparkSession(), SparkLine.project(list, scored));
    }

    /** Tried once on a plan that is never run: what a later Spark calls in another way shows when it is planned. */
    private static synchronized boolean worksIn(SparkSession session) {
        if (works == null) {
            try {
                SparkLine.teach(session);
                StructField field = new StructField("out", DataTypes.DoubleType, true, Metadata.empty());
                Dataset<Row> scored = scored(session.range(1), new NoTask(), new int[] {0}, field);
                scored.queryExecution().executedPlan().metrics();
                works = true;
            } catch (LinkageError | SparkLine.Missing e) {
                works = false;
                LOG.info(
                        "Rows are scored by mapPartitions, for this Spark has not what the operator needs: {}",
                        e.toString());
            }
        }
        return works;
    }

    /** For a plan that is never run. */
    private static final class NoTask implements RowTask {
        private static final long serialVersionUID = 1L;

        @Override
        public RowStep start(int[] ordinals, DataType... types) {
            throw new UnsupportedOperationException();
        }
    }
}
