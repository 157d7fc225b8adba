package io.sparknn.nn.plan;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Lets every session plan scoring. Spark finds it by its name among the services of the jar. */
public final class ScoringExtension implements SparkSessionExtensionsProvider {
    /** For Spark. */
    public ScoringExtension() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectPlannerStrategy(new OfSession<>());
        return BoxedUnit.UNIT;
    }

    /** Of a session, whatever its class is called in this line of Spark. */
    private static final class OfSession<S> extends AbstractFunction1<S, org.apache.spark.sql.execution.SparkStrategy> {
        @Override
        public ScoreRowsStrategy apply(S session) {
            return new ScoreRowsStrategy();
        }
    }
}
