package io.sparknn.nn.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;

/**
 * Plans {@link ScoreRows}, with the projection above it if there is one, for what that drops is never copied; and with
 * those below it, for rows are then read and copied once.
 */
final class ScoreRowsStrategy extends SparkStrategy implements Planned {
    ScoreRowsStrategy() {}

    @Override
    public scala.collection.immutable.List<SparkPlan> apply(LogicalPlan plan) {
        if (plan instanceof ScoreRows rows) {
            return Lists.one(exec(new ArrayList<>(SparkLine.output(rows)), rows));
        }
        if (plan instanceof Project project && project.child() instanceof ScoreRows rows) {
            return Lists.one(exec(SparkLine.list(project), rows));
        }
        return Lists.none();
    }

    private SparkPlan exec(List<NamedExpression> list, ScoreRows top) {
        List<ScoreRows> steps = steps(top);
        LogicalPlan child = steps.get(0).child();
        List<Attribute> passing = new ArrayList<>(SparkLine.output(child));
        List<Attribute> written = new ArrayList<>();
        steps.forEach(step -> written.addAll(step.outputs()));
        passing.removeIf(attribute -> !isNeeded(attribute, list, steps));
        written.removeIf(attribute -> !isNeeded(attribute, list, steps));
        List<Attribute> between = new ArrayList<>(written);
        between.removeIf(attribute -> isShown(attribute, list) || readers(attribute, steps) > 1);
        SparkPlan exec = new ScoreRowsExec(
                lists(steps, ScoreRows::inputs),
                lists(steps, ScoreRows::outputs),
                Lists.of(passing),
                Lists.of(written),
                Lists.of(between),
                Lists.of(steps.stream().map(ScoreRows::task).toList()),
                planLater(child));
        passing.addAll(written);
        return isSame(list, passing) ? exec : SparkLine.project(list, exec);
    }

    /** The node and those right below it, the lowest first. */
    private static List<ScoreRows> steps(ScoreRows top) {
        List<ScoreRows> steps = new ArrayList<>();
        LogicalPlan below = top;
        while (below instanceof ScoreRows step) {
            steps.add(0, step);
            below = step.child();
            if (below instanceof Project project
                    && project.child() instanceof ScoreRows
                    && SparkLine.list(project).stream().allMatch(Attribute.class::isInstance)) {
                below = project.child();
            }
        }
        return steps;
    }

    private static boolean isNeeded(Attribute attribute, List<NamedExpression> list, List<ScoreRows> steps) {
        return isShown(attribute, list) || readers(attribute, steps) > 0;
    }

    private static boolean isShown(Attribute attribute, List<NamedExpression> list) {
        return list.stream()
                .anyMatch(expression -> ((Expression) expression).references().contains(attribute));
    }

    /** How many steps behind the first read a column. */
    private static long readers(Attribute attribute, List<ScoreRows> steps) {
        return steps.stream()
                .skip(1)
                .filter(step -> step.inputs().stream().anyMatch(input -> isSame(input, attribute)))
                .count();
    }

    private static boolean isSame(NamedExpression one, NamedExpression other) {
        return one instanceof Attribute && one.exprId().equals(other.exprId());
    }

    private static boolean isSame(List<NamedExpression> list, List<Attribute> columns) {
        boolean same = list.size() == columns.size();
        for (int i = 0; same && i < columns.size(); i++) {
            same = isSame(list.get(i), columns.get(i));
        }
        return same;
    }

    private static scala.collection.immutable.List<scala.collection.immutable.List<Attribute>> lists(
            List<ScoreRows> steps, Function<ScoreRows, List<Attribute>> columns) {
        List<scala.collection.immutable.List<Attribute>> lists = new ArrayList<>();
        steps.forEach(step -> lists.add(Lists.of(columns.apply(step))));
        return Lists.of(lists);
    }
}
