package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;

/** A Param of several sizes. Spark's own asks its stage for the uid, which a Scala subclass does not have yet. */
final class SizesParam extends Param<int[]> {
    private static final long serialVersionUID = 1L;

    SizesParam(String parent, String name, String doc) {
        super(parent, name, doc);
    }

    @Override
    public String jsonEncode(int[] sizes) {
        return Json.write(Arrays.stream(sizes).asLongStream().boxed().collect(Collectors.toList()));
    }

    @Override
    public int[] jsonDecode(String json) {
        try {
            return JsonValues.list(Json.parse(json)).stream()
                    .mapToInt(size -> Math.toIntExact((Long) size))
                    .toArray();
        } catch (FormatException e) {
            throw new IllegalArgumentException(name() + " expects a JSON array of sizes, got " + json, e);
        }
    }
}
