package io.sparknn.nn;

import java.lang.reflect.Method;
import org.apache.spark.sql.catalyst.encoders.OuterScopes;
import scala.Function0;

/** The object around a class that was defined in a cell of a notebook or in spark-shell. */
final class NotebookCell {
    /** What Scala's shell calls the object of a line, {@code $line12.$read}, and what it calls the objects in it. */
    private static final String LINE = "$line";

    private static final String READ = ".$read";
    private static final String WITHIN = "$iw";

    private NotebookCell() {}

    /**
     * Finds the object around an inner class.
     *
     * @return that object, or null if the class was not defined in this session
     */
    static Object around(Class<?> inner) {
        Function0<Object> scope = OuterScopes.getOuterScope(inner);
        if (scope != null) {
            return scope.apply();
        }
        // Scala 2.12 puts a checksum in the middle of long names, as classes get after many imports, and Spark, which
        // goes by the name, does not know them then.
        Class<?> outer = inner.getEnclosingClass();
        int read = outer == null ? -1 : outer.getName().indexOf(READ);
        if (read < 0 || !outer.getName().startsWith(LINE)) {
            return null;
        }
        try {
            return within(line(outer, outer.getName().substring(0, read + READ.length())), outer);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Object line(Class<?> outer, String name) throws ReflectiveOperationException {
        Class<?> holder = Class.forName(name + "$", true, outer.getClassLoader());
        Object shell = holder.getField("MODULE$").get(null);
        return holder.getMethod("INSTANCE").invoke(shell);
    }

    /** Goes inwards: each import of an earlier cell makes one more object around the next. */
    private static Object within(Object line, Class<?> type) throws ReflectiveOperationException {
        Object at = line;
        while (at != null && !type.isInstance(at)) {
            Method inwards = at.getClass().getMethod(WITHIN);
            at = inwards.invoke(at);
        }
        return at;
    }
}
