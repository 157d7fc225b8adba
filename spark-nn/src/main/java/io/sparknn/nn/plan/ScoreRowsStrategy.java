package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;

/** Plans {@link ScoreRows}, with the projection above it if there is one: what that drops is never copied. */
final class ScoreRowsStrategy extends SparkStrategy implements Planned {
    @Override
    public scala.collection.immutable.List<SparkPlan> apply(LogicalPlan plan) {
        if (plan instanceof ScoreRows rows) {
            return Lists.of(exec(rows, SparkLine.output(rows.child()), rows.outputs()));
        }
        if (plan instanceof Project project && project.child() instanceof ScoreRows rows) {
            return Lists.of(exec(SparkLine.list(project), project, rows));
        }
        return Lists.of();
    }

    private SparkPlan exec(List<NamedExpression> list, Project project, ScoreRows rows) {
        List<Attribute> passing = new ArrayList<>(SparkLine.output(rows.child()));
        List<Attribute> written = new ArrayList<>(rows.outputs());
        passing.removeIf(attribute -> !project.references().contains(attribute));
        written.removeIf(attribute -> !project.references().contains(attribute));
        SparkPlan exec = exec(rows, passing, written);
        List<Attribute> all = new ArrayList<>(passing);
        all.addAll(written);
        return list.equals(all) ? exec : SparkLine.project(list, exec);
    }

    private SparkPlan exec(ScoreRows rows, List<Attribute> passing, List<Attribute> written) {
        return new ScoreRowsExec(
                Lists.of(rows.inputs()),
                Lists.of(passing),
                Lists.of(rows.outputs()),
                Lists.of(written),
                rows.task(),
                planLater(rows.child()));
    }
}
