package io.sparknn.nn;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;

/**
 * The broadcast of a layer: made once per Spark context and state of the layer, so that scoring again ships nothing and
 * a changed value never meets a stale copy.
 *
 * <p>What is broadcast is a copy, which shares the arrays of values with the layer: on the driver and in local mode
 * there is one array of weights. The layer and the plans made with it hold the broadcast; Spark removes it when
 * the last of them is gone.
 */
final class Shipment {
    private WeakReference<SparkContext> context = new WeakReference<>(null);
    private String definition;
    private List<float[]> values = List.of();
    private Broadcast<Layer> broadcast;

    /** Whether the layer was never shipped. */
    synchronized boolean isFirst() {
        return definition == null;
    }

    synchronized Broadcast<Layer> of(Layer layer, SparkContext current) {
        String text = Definition.encode(layer);
        List<float[]> arrays = new ArrayList<>();
        ModuleState.of(layer).values().forEach(parameter -> arrays.add(parameter.load(true)));
        Broadcast<Layer> known = broadcast;
        if (known == null || context.get() != current || !text.equals(definition) || !same(arrays)) {
            Layer copy = layer.copy(ParamMap.empty());
            known = JavaSparkContext.fromSparkContext(current).broadcast(copy);
            context = new WeakReference<>(current);
            definition = text;
            values = arrays;
            broadcast = known;
        }
        return known;
    }

    private boolean same(List<float[]> arrays) {
        boolean same = arrays.size() == values.size();
        for (int i = 0; same && i < arrays.size(); i++) {
            same = arrays.get(i) == values.get(i);
        }
        return same;
    }
}
