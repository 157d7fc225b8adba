package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Function1;
import scala.collection.IndexedSeq;
import scala.collection.immutable.Map;

/**
 * Runs tasks over the rows of its child, as Spark stores them, one after another: a task may read what those before it
 * wrote. Of the child's columns those pass that are needed further up or by a later task; so are new ones written.
 *
 * <p>Public for Spark, which makes copies of nodes by their constructor.
 */
public final class ScoreRowsExec extends SparkPlan implements Tree<SparkPlan> {
    private static final long serialVersionUID = 1L;

    private final scala.collection.immutable.List<scala.collection.immutable.List<Attribute>> inputs;
    private final scala.collection.immutable.List<scala.collection.immutable.List<Attribute>> outputs;
    private final scala.collection.immutable.List<Attribute> passing;
    private final scala.collection.immutable.List<Attribute> written;
    private final scala.collection.immutable.List<Attribute> between;
    private final transient scala.collection.immutable.List<RowTask> tasks;
    private final SparkPlan child;
    private transient RowMetrics metrics;

    /**
     * A node. All arguments but the tasks may be rewritten by Spark.
     *
     * @param inputs for each task the columns that it reads
     * @param outputs for each task its new columns
     * @param passing the child's columns that are in the output
     * @param written the new columns that are in the output
     * @param between those of them that only the task behind reads: where it was handed their values they are null
     * @param tasks what is computed
     * @param child the rows
     */
    public ScoreRowsExec(
            scala.collection.immutable.List<scala.collection.immutable.List<Attribute>> inputs,
            scala.collection.immutable.List<scala.collection.immutable.List<Attribute>> outputs,
            scala.collection.immutable.List<Attribute> passing,
            scala.collection.immutable.List<Attribute> written,
            scala.collection.immutable.List<Attribute> between,
            scala.collection.immutable.List<RowTask> tasks,
            SparkPlan child) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.passing = passing;
        this.written = written;
        this.between = between;
        this.tasks = tasks;
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
        List<Attribute> produced = new ArrayList<>();
        attributes(outputs).forEach(produced::addAll);
        return AttributeSet$.MODULE$.apply((scala.collection.Iterable) Lists.of(produced));
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
                Lists.toJava(passing),
                attributes(inputs),
                attributes(outputs),
                Lists.toJava(written),
                Lists.toJava(between));
        return child.execute()
                .toJavaRDD()
                .mapPartitionsWithIndex(new Run(Lists.toJava(tasks), layout, rowMetrics()), true)
                .rdd();
    }

    private static List<List<Attribute>> attributes(
            scala.collection.immutable.List<scala.collection.immutable.List<Attribute>> lists) {
        List<List<Attribute>> all = new ArrayList<>();
        Lists.<scala.collection.immutable.List<Attribute>>toJava(lists).forEach(list -> all.add(Lists.toJava(list)));
        return all;
    }

    /** What is sent to the executors. */
    private static final class Run implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {
        private static final long serialVersionUID = 1L;

        private final List<RowTask> tasks;
        private final RowLayout layout;
        private final RowMetrics metrics;

        Run(List<RowTask> tasks, RowLayout layout, RowMetrics metrics) {
            this.tasks = tasks;
            this.layout = layout;
            this.metrics = metrics;
        }

        @Override
        public Iterator<InternalRow> call(Integer partition, Iterator<InternalRow> rows) {
            return new ScoredBlocks(rows, layout, tasks, metrics);
        }
    }

    @Override
    public scala.collection.immutable.List<SparkPlan> children() {
        return Lists.one(child);
    }

    @Override
    public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> change) {
        return over(change.apply(child));
    }

    @Override
    public SparkPlan withNewChildrenInternal(scala.collection.immutable.IndexedSeq<SparkPlan> children) {
        return over(children.apply(0));
    }

    @Override
    public TreeNode<SparkPlan> withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
        return over(children.apply(0));
    }

    private SparkPlan over(SparkPlan other) {
        return other == child ? this : new ScoreRowsExec(inputs, outputs, passing, written, between, tasks, other);
    }

    @Override
    public List<Object> parts() {
        return List.of(inputs, outputs, passing, written, between, tasks, child);
    }

    /**
     * Nodes are compared by value, as Spark's own.
     *
     * @param other another object
     * @return whether it computes the same of the same
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreRowsExec rows && parts().equals(rows.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }
}
