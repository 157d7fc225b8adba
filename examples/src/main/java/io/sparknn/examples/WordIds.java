package io.sparknn.examples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Numbers words in their order: 0 for those that the vocabulary lacks, from 1 on for those it has. */
final class WordIds implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Map<String, Integer> ids = new HashMap<>();

    WordIds(String... vocabulary) {
        for (String word : vocabulary) {
            ids.put(word, ids.size() + 1);
        }
    }

    /** Labels, and the ids of a column of arrays of words. */
    Dataset<Row> of(Dataset<Row> rows, String column) {
        StructType schema =
                new StructType().add("label", "double").add("ids", DataTypes.createArrayType(DataTypes.IntegerType));
        return rows.select("label", column).map(this, Encoders.row(schema));
    }

    @Override
    public Row call(Row row) {
        List<String> words = row.getList(1);
        return RowFactory.create(
                row.get(0),
                words.stream().map(word -> ids.getOrDefault(word, 0)).toArray());
    }
}
