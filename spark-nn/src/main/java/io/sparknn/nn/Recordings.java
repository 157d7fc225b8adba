package io.sparknn.nn;

import io.sparknn.format.Json;
import io.sparknn.format.RecordingJson;
import io.sparknn.tensor.Recording;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Networks as lists of operations: what scoring without Spark and export to other formats run on. */
public final class Recordings {
    static final String FILE = "/recording.json";
    private static final long FORMAT = 1;
    private static final String PREFIX = "cannot be recorded: ";

    private Recordings() {}

    /**
     * Records a network whose input's shape is known from how it was built.
     *
     * @param network a ready network
     * @return its operations in evaluation
     * @throws IllegalStateException if it cannot be recorded, and why
     */
    public static Recording of(Layer network) {
        return of(network, input(network));
    }

    /**
     * Records a network.
     *
     * @param network a ready network
     * @param inputs the shape of each input, rows unknown
     * @return its operations in evaluation
     * @throws IllegalStateException if it cannot be recorded, and why
     */
    public static Recording of(Layer network, Shape... inputs) {
        Map<String, Parameter> state = ModuleState.of(network);
        state.values().forEach(parameter -> parameter.load(true));
        try {
            return Recording.of(x -> forward(network, x), state, inputs);
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            throw new IllegalStateException(
                    network.who() + " " + PREFIX + culprit(network, e)
                            + (why.startsWith(PREFIX) ? why.substring(PREFIX.length()) : why),
                    e);
        }
    }

    /**
     * The parameters and buffers by the names that recordings have for them.
     *
     * @param network a ready network
     * @return a new map
     */
    public static Map<String, Parameter> state(Layer network) {
        return ModuleState.of(network);
    }

    private static Tensor forward(Layer network, Tensor... x) {
        Tensor y = x.length == 1 ? network.forward(x[0]) : network.forward(x);
        if (y == null) {
            throw new IllegalStateException("forward returns null");
        }
        return y;
    }

    /** The innermost layer that was running, by the classes on the stack. */
    private static String culprit(Layer network, RuntimeException e) {
        Set<String> classes = network.members().allLayers().stream()
                .map(layer -> layer.getClass().getName())
                .collect(Collectors.toSet());
        for (StackTraceElement frame : e.getStackTrace()) {
            if (classes.contains(frame.getClassName())) {
                String name = frame.getClassName();
                return "in " + name.substring(name.lastIndexOf('.') + 1) + ", ";
            }
        }
        return "";
    }

    /** The input's shape as the network knows it. */
    private static Shape input(Layer network) {
        int[] sizes = network.inputSizes();
        if (sizes == null && network.reading(0, 1).isIds()) {
            sizes = new int[] {Shape.RAGGED};
        }
        if (sizes == null) {
            throw new IllegalStateException(network.who() + " " + PREFIX
                    + "it does not know the shape of its input; fit or build it from a lazy one, set its Param"
                    + " inputShape, or save a model, which knows it");
        }
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        return Shape.of(dims);
    }

    /** The recording as a file beside the weights; where there is none, why. */
    static String file(Layer network, Map<String, Object> prediction, Shape... inputs) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        try {
            Recording recording = inputs.length == 0 ? of(network) : of(network, inputs);
            json.put("recording", RecordingJson.encode(recording));
            json.put("prediction", prediction);
            return Json.write(json);
        } catch (IllegalStateException | IllegalArgumentException e) {
            json.keySet().retainAll(Set.of("format"));
            json.put("refused", e.getMessage());
            return Json.write(json);
        }
    }
}
