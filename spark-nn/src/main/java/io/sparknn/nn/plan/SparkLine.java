package io.sparknn.nn.plan;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkPlanner;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.Option;

/**
 * Calls whose signatures differ between the lines of Spark and Scala, found by name: sequences are other classes in 2.12
 * than in 2.13, and sessions moved to a package of their own in Spark 4.
 */
final class SparkLine {
    private static final Method OUTPUT = method(QueryPlan.class, "output", 0);
    private static final Method ORDERING = method(QueryPlan.class, "outputOrdering", 0);
    private static final Method PROJECT_LIST = method(Project.class, "projectList", 0);
    private static final Method STRATEGIES = method(SparkPlanner.class, "strategies", 0);
    private static final Method EXTRA = method(ExperimentalMethods.class, "extraStrategies", 0);
    private static final Method SET_EXTRA = method(ExperimentalMethods.class, "extraStrategies_$eq", 1);
    private static final Method PROJECTION = projection();
    private static final Constructor<?> ALIAS = constructor(Alias.class, 6);
    private static final Constructor<?> PROJECT = constructor(Project.class, 2);
    private static final Constructor<?> PROJECT_EXEC = constructor(ProjectExec.class, 2);

    private SparkLine() {}

    static List<Attribute> output(QueryPlan<?> plan) {
        return Lists.toJava(call(OUTPUT, plan));
    }

    static List<SortOrder> ordering(QueryPlan<?> plan) {
        return Lists.toJava(call(ORDERING, plan));
    }

    static List<NamedExpression> list(Project project) {
        return Lists.toJava(call(PROJECT_LIST, project));
    }

    static LogicalPlan project(List<NamedExpression> list, LogicalPlan child) {
        return (LogicalPlan) make(PROJECT, Lists.of(list), child);
    }

    static SparkPlan project(List<NamedExpression> list, SparkPlan child) {
        return (SparkPlan) make(PROJECT_EXEC, Lists.of(list), child);
    }

    /** The attribute under an id of its own. */
    static NamedExpression alias(Attribute attribute) {
        return (NamedExpression) make(
                ALIAS,
                attribute,
                attribute.name(),
                NamedExpression.newExprId(),
                Lists.none(),
                Option.empty(),
                Lists.none());
    }

    static UnsafeProjection projection(List<Expression> expressions) {
        return (UnsafeProjection) call(PROJECTION, null, Lists.of(expressions));
    }

    /** The planner of a session knows the operator from here on. */
    static void teach(SparkSession session) {
        Object state = call(method(session.getClass(), "sessionState", 0), session);
        Object planner = call(method(state.getClass(), "planner", 0), state);
        List<SparkStrategy> known = Lists.toJava(call(STRATEGIES, planner));
        if (known.stream().noneMatch(strategy -> strategy instanceof ScoreRowsStrategy)) {
            List<SparkStrategy> extra = Lists.toJava(call(EXTRA, session.experimental()));
            extra.add(new ScoreRowsStrategy());
            call(SET_EXTRA, session.experimental(), Lists.of(extra));
        }
    }

    @SuppressWarnings("unchecked")
    static Dataset<Row> dataset(SparkSession session, LogicalPlan plan) {
        try {
            Object module = datasets().getField("MODULE$").get(null);
            return (Dataset<Row>) call(method(module.getClass(), "ofRows", 2, session), module, session, plan);
        } catch (ReflectiveOperationException e) {
            throw new Missing("Dataset.ofRows", e);
        }
    }

    private static Class<?> datasets() throws ClassNotFoundException {
        try {
            return Class.forName("org.apache.spark.sql.classic.Dataset$");
        } catch (ClassNotFoundException e) {
            return Class.forName("org.apache.spark.sql.Dataset$");
        }
    }

    private static Method projection() {
        return Arrays.stream(UnsafeProjection.class.getMethods())
                .filter(method -> method.getName().equals("create") && method.getParameterCount() == 1)
                .filter(method -> method.getParameterTypes()[0].isAssignableFrom(scala.collection.immutable.List.class))
                .findFirst()
                .orElseThrow(() -> missing(UnsafeProjection.class, "create"));
    }

    /** The method of a name that takes so many arguments, the first of which is given. */
    private static Method method(Class<?> type, String name, int arguments, Object... first) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == arguments)
                .filter(method -> first.length == 0 || method.getParameterTypes()[0].isInstance(first[0]))
                .findFirst()
                .orElseThrow(() -> missing(type, name));
    }

    private static Constructor<?> constructor(Class<?> type, int arguments) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.getParameterCount() == arguments)
                .findFirst()
                .orElseThrow(() -> missing(type, "<init>"));
    }

    private static Missing missing(Class<?> type, String name) {
        return new Missing(type.getName() + "." + name, null);
    }

    /** Something that this Spark has not, or not as it is called here. */
    static final class Missing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Missing(String what, Throwable cause) {
            super("this Spark has no " + what + " as spark-nn calls it", cause);
        }
    }

    private static Object call(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new Missing(method.toString(), e);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    private static Object make(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (IllegalAccessException | InstantiationException e) {
            throw new Missing(constructor.toString(), e);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    /** What Spark threw, checked or not: Scala declares none. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException unwrapped(InvocationTargetException e) throws E {
        throw (E) e.getCause();
    }
}
