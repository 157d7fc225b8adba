package io.sparknn.nn.check;

import io.sparknn.nn.Layer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Copies and serialised travel: equal bits, uid and Params. */
final class CopyChecks {
    private CopyChecks() {}

    static void run(Subject subject) {
        Layer undrawn = subject.layer().setOutputCol("elsewhere");
        Layer early = undrawn.copy(ParamMap.empty());
        same("in a copy made before values were drawn", subject, undrawn, early);
        same("in a copy made after values were drawn", subject, undrawn, undrawn.copy(ParamMap.empty()));
        same("after Java serialisation", subject, undrawn, java(undrawn));
        same("after Kryo serialisation", subject, undrawn, kryo(undrawn));
        Layer moved = given(subject);
        same("in a copy of given values", subject, moved, moved.copy(ParamMap.empty()));
    }

    /** A layer whose parameters have values that no initialiser drew. */
    static Layer given(Subject subject) {
        Layer layer = subject.layer();
        layer.parameters()
                .values()
                .forEach(parameter -> parameter.set(parameter.value().mul(0.75).add(0.125)));
        return layer;
    }

    static void same(String when, Subject subject, Layer expected, Layer actual) {
        if (actual == expected || actual.getClass() != expected.getClass()) {
            throw Subject.broken(expected, "to be another object of its class " + when, actual);
        }
        if (!actual.uid().equals(expected.uid())) {
            throw Subject.broken(expected, "to keep its uid " + when, actual.uid());
        }
        if (!params(actual).equals(params(expected))) {
            throw Subject.broken(expected, "to keep its Params " + params(expected) + " " + when, params(actual));
        }
        if (!actual.toString().equals(expected.toString())) {
            throw Subject.broken(expected, "to keep its constructor arguments " + when, actual);
        }
        Subject.requireEqual(
                when,
                expected,
                subject.output(expected).toArray(),
                subject.output(actual).toArray());
    }

    private static Map<String, String> params(Layer layer) {
        Map<String, String> params = new TreeMap<>();
        for (Param<?> param : layer.params()) {
            put(layer, param, params);
        }
        return params;
    }

    private static <T> void put(Layer layer, Param<T> param, Map<String, String> params) {
        if (layer.isSet(param)) {
            params.put(param.name(), param.jsonEncode(layer.getOrDefault(param)));
        }
    }

    private static Layer java(Layer layer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(layer);
            out.flush();
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (Layer) in.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(layer + " cannot be sent to an executor", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(layer + " cannot be read by an executor", e);
        }
    }

    private static Layer kryo(Layer layer) {
        ClassTag<Layer> tag = ClassTag$.MODULE$.apply(Layer.class);
        SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
        return kryo.deserialize(kryo.serialize(layer, tag), tag);
    }
}
