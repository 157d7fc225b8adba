package io.sparknn.nn;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What paragraphs need of Zeppelin's {@code z}: it prints a DataFrame as the table that Zeppelin makes charts of. */
public final class ZeppelinTables {
    private static final int MAX_ROWS = 1000;

    ZeppelinTables() {}

    /**
     * Prints the first rows, with tabs and newlines within values as blanks.
     *
     * @param rows any
     */
    public void show(Dataset<?> rows) {
        List<Row> shown = rows.toDF().takeAsList(MAX_ROWS);
        String lines = shown.stream().map(ZeppelinTables::line).collect(Collectors.joining("\n"));
        scala.Console.out().println("%table " + String.join("\t", rows.columns()) + "\n" + lines);
    }

    private static String line(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> String.valueOf(row.get(i)).replaceAll("[\t\n]", " "))
                .collect(Collectors.joining("\t"));
    }
}
