package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datasets with an operator of ours in their plan. */
public final class ScoredRows {
    private static final Logger LOG = LoggerFactory.getLogger(ScoredRows.class);
    private static volatile boolean missing;

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
        if (missing) {
            return null;
        }
        try {
            SparkLine.teach(dataset.sparkSession());
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
        } catch (LinkageError | SparkLine.Missing e) {
            missing = true;
            LOG.info(
                    "Rows are scored by mapPartitions, for this Spark has not what the operator needs: {}",
                    e.toString());
            return null;
        }
    }
}
