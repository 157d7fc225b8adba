package io.sparknn.nn.plan;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.Seq;

/** The method of a strategy as Scala 2.12 calls it. */
interface Planned {
    Seq<SparkPlan> apply(LogicalPlan plan);
}
