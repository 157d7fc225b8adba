package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.Arrays;
import org.apache.spark.ml.param.Param;

/** A Param of several names. Spark's own asks its stage for the uid, which a Scala subclass does not have yet. */
final class NamesParam extends Param<String[]> {
    private static final long serialVersionUID = 1L;

    NamesParam(String parent, String name, String doc) {
        super(parent, name, doc);
    }

    @Override
    public String jsonEncode(String[] names) {
        return Json.write(Arrays.asList(names));
    }

    @Override
    public String[] jsonDecode(String json) {
        try {
            return JsonValues.list(Json.parse(json)).toArray(String[]::new);
        } catch (FormatException e) {
            throw new IllegalArgumentException(name() + " expects a JSON array of names, got " + json, e);
        }
    }
}
