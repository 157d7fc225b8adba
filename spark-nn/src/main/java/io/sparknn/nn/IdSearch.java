package io.sparknn.nn;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the first row of a column of ids that holds what is none: for an error that is already known to be due. */
final class IdSearch implements Function2<Integer, Iterator<Row>, Iterator<String>> {
    private static final long serialVersionUID = 1L;

    private final InputColumn column;

    private IdSearch(InputColumn column) {
        this.column = column;
    }

    /** What is wrong in which row; by a job over a dataset of that column alone. */
    static String complaint(InputColumn column, Dataset<Row> ids) {
        List<String> complaints = ids.javaRDD()
                .mapPartitionsWithIndex(new IdSearch(column.at(0)), true)
                .collect();
        // A plan that is not deterministic may give other rows this time.
        return complaints.isEmpty() ? "expects ids in column \"" + column.name() + "\", got others" : complaints.get(0);
    }

    @Override
    public Iterator<String> call(Integer partition, Iterator<Row> rows) {
        for (long number = 0; rows.hasNext(); number++) {
            Row row = rows.next();
            if (!row.isNullAt(0)) {
                InputColumn.Problem problem = column.read(row, new float[column.floats(row)], 0);
                if (problem == InputColumn.Problem.NO_ID) {
                    return List.of(column.complaint(row, problem) + " in row " + number + " of partition " + partition)
                            .iterator();
                }
            }
        }
        return List.<String>of().iterator();
    }
}
