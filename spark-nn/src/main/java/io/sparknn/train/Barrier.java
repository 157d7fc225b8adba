package io.sparknn.train;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.reflect.ClassTag;

/** Makes what follows a barrier stage: all its tasks start together, or none does. */
final class Barrier<T> implements Function1<Iterator<T>, Iterator<T>>, Serializable {
    private static final long serialVersionUID = 1L;

    private Barrier() {}

    /** The rows as they are, in a barrier stage. Spark has no such method for Java. */
    static <T> JavaRDD<T> of(JavaRDD<T> rows) {
        ClassTag<T> tag = rows.classTag();
        return JavaRDD.fromRDD(rows.rdd().barrier().mapPartitions(new Barrier<>(), false, tag), tag);
    }

    @Override
    public Iterator<T> apply(Iterator<T> rows) {
        return rows;
    }
}
