package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Function1;
import scala.Option;
import scala.collection.IndexedSeq;

/**
 * The rows of its child with new columns behind the others, in a logical plan. The child's columns keep their ids and
 * metadata.
 *
 * <p>Public for Spark, which makes copies of nodes by their constructor.
 */
public final class ScoreRows extends LogicalPlan implements Tree<LogicalPlan> {
    private static final long serialVersionUID = 1L;

    private final scala.collection.immutable.List<Attribute> inputs;
    private final scala.collection.immutable.List<Attribute> outputs;
    private final transient RowTask task;
    private final LogicalPlan child;

    /**
     * A node. All arguments but the task may be rewritten by Spark.
     *
     * @param inputs the child's columns that the task reads
     * @param outputs the new columns
     * @param task what is computed
     * @param child the rows
     */
    public ScoreRows(
            scala.collection.immutable.List<Attribute> inputs,
            scala.collection.immutable.List<Attribute> outputs,
            RowTask task,
            LogicalPlan child) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.task = task;
        this.child = child;
    }

    List<Attribute> inputs() {
        return Lists.toJava(inputs);
    }

    List<Attribute> outputs() {
        return Lists.toJava(outputs);
    }

    RowTask task() {
        return task;
    }

    LogicalPlan child() {
        return child;
    }

    @Override
    public scala.collection.immutable.List<Attribute> output() {
        List<Attribute> all = new ArrayList<>(SparkLine.output(child));
        all.addAll(outputs());
        return Lists.of(all);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public AttributeSet producedAttributes() {
        return AttributeSet$.MODULE$.apply((scala.collection.Iterable<Expression>) (scala.collection.Iterable) outputs);
    }

    @Override
    public scala.collection.immutable.List<SortOrder> outputOrdering() {
        return Lists.of(SparkLine.ordering(child));
    }

    /** Skipped rows make fewer, never more. */
    @Override
    public Option<Object> maxRows() {
        return child.maxRows();
    }

    @Override
    public Option<Object> maxRowsPerPartition() {
        return child.maxRowsPerPartition();
    }

    @Override
    public scala.collection.immutable.List<LogicalPlan> children() {
        return Lists.one(child);
    }

    @Override
    public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> change) {
        return over(change.apply(child));
    }

    @Override
    public LogicalPlan withNewChildrenInternal(scala.collection.immutable.IndexedSeq<LogicalPlan> children) {
        return over(children.apply(0));
    }

    @Override
    public TreeNode<LogicalPlan> withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
        return over(children.apply(0));
    }

    private LogicalPlan over(LogicalPlan other) {
        return other == child ? this : new ScoreRows(inputs, outputs, task, other);
    }

    @Override
    public List<Object> parts() {
        return List.of(inputs, outputs, task, child);
    }

    /**
     * Nodes are compared by value, as Spark's own.
     *
     * @param other another object
     * @return whether it computes the same of the same
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreRows rows && parts().equals(rows.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }
}
