package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Function1;
import scala.collection.IndexedSeq;
import scala.collection.immutable.Map;

/**
 * Runs a {@link RowTask} over the rows of its child, as Spark stores them; of the child's columns those pass that are
 * needed further up, and of the new ones those are written.
 *
 * <p>Public for Spark, which makes copies of nodes by their constructor.
 */
public final class ScoreRowsExec extends SparkPlan implements Tree<SparkPlan> {
    private static final long serialVersionUID = 1L;

    private final scala.collection.immutable.List<Attribute> inputs;
    private final scala.collection.immutable.List<Attribute> passing;
    private final scala.collection.immutable.List<Attribute> outputs;
    private final scala.collection.immutable.List<Attribute> written;
    private final transient RowTask task;
    private final SparkPlan child;
    private transient RowMetrics metrics;

    /**
     * A node. All arguments but the task may be rewritten by Spark.
     *
     * @param inputs the child's columns that the task reads
     * @param passing the child's columns that are in the output
     * @param outputs the new columns
     * @param written those of them that are in the output
     * @param task what is computed
     * @param child the rows
     */
    public ScoreRowsExec(
            scala.collection.immutable.List<Attribute> inputs,
            scala.collection.immutable.List<Attribute> passing,
            scala.collection.immutable.List<Attribute> outputs,
            scala.collection.immutable.List<Attribute> written,
            RowTask task,
            SparkPlan child) {
        this.inputs = inputs;
        this.passing = passing;
        this.outputs = outputs;
        this.written = written;
        this.task = task;
        this.child = child;
    }

    @Override
    public scala.collection.immutable.List<Attribute> output() {
        List<Attribute> all = new ArrayList<>(Lists.toJava(passing));
        all.addAll(Lists.toJava(written));
        return Lists.of(all);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public AttributeSet producedAttributes() {
        return AttributeSet$.MODULE$.apply((scala.collection.Iterable<Expression>) (scala.collection.Iterable) outputs);
    }

    @Override
    public Partitioning outputPartitioning() {
        return child.outputPartitioning();
    }

    @Override
    public scala.collection.immutable.List<SortOrder> outputOrdering() {
        return Lists.of(SparkLine.ordering(child));
    }

    @Override
    public Map<String, SQLMetric> metrics() {
        return rowMetrics().byName();
    }

    private synchronized RowMetrics rowMetrics() {
        if (metrics == null) {
            metrics = new RowMetrics(sparkContext());
        }
        return metrics;
    }

    @Override
    public RDD<InternalRow> doExecute() {
        RowLayout layout = new RowLayout(
                SparkLine.output(child),
                Lists.toJava(inputs),
                Lists.toJava(passing),
                Lists.toJava(outputs),
                Lists.toJava(written));
        return child.execute()
                .toJavaRDD()
                .mapPartitionsWithIndex(new Run(task, layout, rowMetrics()), true)
                .rdd();
    }

    /** What is sent to the executors. */
    private static final class Run implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {
        private static final long serialVersionUID = 1L;

        private final RowTask task;
        private final RowLayout layout;
        private final RowMetrics metrics;

        Run(RowTask task, RowLayout layout, RowMetrics metrics) {
            this.task = task;
            this.layout = layout;
            this.metrics = metrics;
        }

        @Override
        public Iterator<InternalRow> call(Integer partition, Iterator<InternalRow> rows) {
            return task.apply(rows, layout, metrics);
        }
    }

    @Override
    public scala.collection.immutable.List<SparkPlan> children() {
        return Lists.of(child);
    }

    @Override
    public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> change) {
        return over(change.apply(child));
    }

    @Override
    public SparkPlan withNewChildrenInternal(scala.collection.immutable.IndexedSeq<SparkPlan> children) {
        return over((SparkPlan) children.apply(0));
    }

    @Override
    public TreeNode<SparkPlan> withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
        return over((SparkPlan) children.apply(0));
    }

    private SparkPlan over(SparkPlan other) {
        return other == child ? this : new ScoreRowsExec(inputs, passing, outputs, written, task, other);
    }

    @Override
    public int productArity() {
        return 6;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> inputs;
            case 1 -> passing;
            case 2 -> outputs;
            case 3 -> written;
            case 4 -> task;
            case 5 -> child;
            default -> throw new IndexOutOfBoundsException(String.valueOf(n));
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ScoreRowsExec;
    }

    /**
     * Nodes are compared by value, as Spark's own.
     *
     * @param other another object
     * @return whether it computes the same of the same
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreRowsExec rows
                && inputs.equals(rows.inputs)
                && passing.equals(rows.passing)
                && outputs.equals(rows.outputs)
                && written.equals(rows.written)
                && task.equals(rows.task)
                && child.equals(rows.child);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, passing, outputs, written, task, child);
    }
}
