package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What training changes in a network: its parameters that are not frozen and its buffers, each once, in a fixed order. For
 * the engine, which keeps them as one array each and changes them in place.
 */
public final class TrainedWeights {
    private final String[] names;
    private final Parameter[] parameters;

    private TrainedWeights(Map<String, Parameter> found) {
        names = found.keySet().toArray(new String[0]);
        parameters = found.values().toArray(new Parameter[0]);
    }

    /**
     * The trained parameters of a network, in the order of their paths' registration.
     *
     * @param network a built network
     * @return its parameters; none if all of it is frozen
     */
    public static TrainedWeights of(Layer network) {
        return of(network, false);
    }

    /**
     * The buffers of a network, such as running means, in the order of their paths' registration.
     *
     * @param network a built network
     * @return its buffers
     */
    public static TrainedWeights buffers(Layer network) {
        return of(network, true);
    }

    private static TrainedWeights of(Layer network, boolean buffers) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ModuleState.of(network).forEach((path, parameter) -> {
            if ((buffers ? parameter.isBuffer() : parameter.requiresGrad()) && seen.add(parameter)) {
                found.put(path, parameter);
            }
        });
        return new TrainedWeights(found);
    }

    /**
     * The parameters themselves.
     *
     * @return in order
     */
    public List<Parameter> parameters() {
        return List.of(parameters);
    }

    /**
     * The paths of the parameters, such as {@code 0.weight}.
     *
     * @return in order
     */
    public String[] names() {
        return names.clone();
    }

    /**
     * The shapes of the parameters.
     *
     * @return in order
     */
    public Shape[] shapes() {
        Shape[] shapes = new Shape[parameters.length];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = parameters[i].shape();
        }
        return shapes;
    }

    /**
     * The values, drawn now if nothing asked for them before.
     *
     * @return new arrays, in order
     */
    public float[][] values() {
        List<float[]> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            values.add(parameter.load(true).clone());
        }
        return values.toArray(new float[0][]);
    }

    /**
     * Lets the parameters use arrays that will change under them.
     *
     * @param arrays one for each, in order, of its size
     */
    public void bind(float[]... arrays) {
        for (int i = 0; i < parameters.length; i++) {
            parameters[i].adopt(arrays[i]);
        }
    }
}
