package io.sparknn;

import java.lang.reflect.Method;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.immutable.$colon$colon;
import scala.collection.immutable.List;
import scala.collection.immutable.Nil$;

/** Spark's memory stream, a source of rows that a test gives bit by bit; by reflection, for 4.1 moved it. */
public final class MemoryRows<T> {
    private static final String SINCE_4_1 = "org.apache.spark.sql.execution.streaming.runtime.MemoryStream";
    private static final String BEFORE = "org.apache.spark.sql.execution.streaming.MemoryStream";

    private final Object stream;

    /** A stream without rows. */
    public MemoryRows(SparkSession spark, Encoder<T> encoder) throws ReflectiveOperationException {
        Object companion = companion().getField("MODULE$").get(null);
        stream = companion
                .getClass()
                .getMethod("apply", Encoder.class, org.apache.spark.sql.SQLContext.class)
                .invoke(companion, encoder, spark.sqlContext());
    }

    private static Class<?> companion() throws ClassNotFoundException {
        try {
            return Class.forName(SINCE_4_1 + "$");
        } catch (ClassNotFoundException e) {
            return Class.forName(BEFORE + "$");
        }
    }

    /** The rows to come. */
    @SuppressWarnings("unchecked")
    public Dataset<Row> frame() throws ReflectiveOperationException {
        return ((Dataset<T>) stream.getClass().getMethod("toDS").invoke(stream)).toDF();
    }

    /** Gives rows to the queries over the stream. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final void add(T... rows) throws ReflectiveOperationException {
        List<T> list = empty();
        for (int i = rows.length - 1; i >= 0; i--) {
            list = new $colon$colon<>(rows[i], list);
        }
        for (Method method : stream.getClass().getMethods()) {
            if (method.getName().equals("addData")
                    && method.getParameterTypes()[0].getSimpleName().endsWith("Once")) {
                method.invoke(stream, list);
                return;
            }
        }
        throw new NoSuchMethodException("addData");
    }

    @SuppressWarnings("unchecked") // the empty list is one of anything
    private static <T> List<T> empty() {
        return (List<T>) (List<?>) Nil$.MODULE$;
    }
}
