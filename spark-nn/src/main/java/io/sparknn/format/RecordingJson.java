package io.sparknn.format;

import io.sparknn.tensor.Attributes;
import io.sparknn.tensor.Recording;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Slot;
import io.sparknn.tensor.Step;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Recording} as JSON, beside the file with the weights its names refer to.
 *
 * <p>{@code inputs} is how many of the {@code slots} are inputs. A slot is {@code {"shape": [...]}} with {@code "lengths"}
 * where it holds the elements of an input's rows, {@code "name"} for a weight, {@code "values"} for another constant. A step
 * is {@code {"op": ..., "in": [...], "out": ...}} with what the operation is made from beside these. Numbers that JSON does
 * not have are the texts {@code NaN}, {@code Infinity} and {@code -Infinity}.
 */
public final class RecordingJson {
    private RecordingJson() {}

    /**
     * Writes a recording.
     *
     * @param recording the recording
     * @return an object for {@link Json#write}
     */
    public static Map<String, Object> encode(Recording recording) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inputs", recording.inputs());
        List<Object> slots = new ArrayList<>();
        recording.slots().forEach(slot -> slots.add(encode(slot)));
        json.put("slots", slots);
        List<Object> steps = new ArrayList<>();
        recording.steps().forEach(step -> steps.add(encode(step)));
        json.put("steps", steps);
        json.put("output", recording.output());
        json.put("outputLengths", recording.outputLengths());
        return json;
    }

    private static Map<String, Object> encode(Slot slot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shape", list(slot.shape().dims()));
        if (slot.lengths() >= 0) {
            json.put("lengths", slot.lengths());
        }
        if (slot.name() != null) {
            json.put("name", slot.name());
        }
        if (slot.values() != null) {
            List<Object> values = new ArrayList<>();
            for (float value : slot.values().toArray()) {
                values.add(number(value));
            }
            json.put("values", values);
        }
        return json;
    }

    private static Map<String, Object> encode(Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("op", step.name());
        List<Object> in = new ArrayList<>();
        for (int i = 0; i < step.arity(); i++) {
            in.add(step.input(i));
        }
        json.put("in", in);
        json.put("out", step.output());
        Map<String, Object> attributes = new LinkedHashMap<>();
        step.attributes().asMap().forEach((name, value) -> {
            if (value instanceof int[] array) {
                attributes.put(name, list(array));
            } else {
                attributes.put(
                        name, value instanceof Double number && !Double.isFinite(number) ? number.toString() : value);
            }
        });
        json.put("with", attributes);
        return json;
    }

    private static List<Object> list(int... numbers) {
        List<Object> list = new ArrayList<>();
        for (int number : numbers) {
            list.add(number);
        }
        return list;
    }

    private static Object number(float value) {
        return Float.isFinite(value) ? (Object) value : Float.toString(value);
    }

    /**
     * Reads a recording.
     *
     * @param json what {@link Json#parse} gave
     * @return the recording
     * @throws IllegalArgumentException if it is none
     */
    public static Recording decode(Map<?, ?> json) {
        try {
            List<Slot> slots = new ArrayList<>();
            for (Object slot : (List<?>) json.get("slots")) {
                slots.add(slot((Map<?, ?>) slot));
            }
            List<Step> steps = new ArrayList<>();
            for (Object step : (List<?>) json.get("steps")) {
                steps.add(step((Map<?, ?>) step));
            }
            return new Recording(
                    integer(json.get("inputs")),
                    slots,
                    steps,
                    integer(json.get("output")),
                    integer(json.get("outputLengths")));
        } catch (ClassCastException | NullPointerException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a recording expects slots and steps, got a damaged file: " + e.getMessage(), e);
        }
    }

    private static Slot slot(Map<?, ?> json) {
        Shape shape = Shape.of(integers(json.get("shape")));
        if (json.get("name") instanceof String name) {
            return Slot.named(name, shape);
        }
        if (json.get("values") instanceof List<?> list) {
            float[] values = new float[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) real(list.get(i));
            }
            return Slot.constant(Tensor.of(values, shape));
        }
        return Slot.computed(shape, json.containsKey("lengths") ? integer(json.get("lengths")) : -1);
    }

    private static Step step(Map<?, ?> json) {
        Attributes attributes = new Attributes();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) json.get("with")).entrySet()) {
            Object value = entry.getValue();
            if (value instanceof List) {
                value = integers(value);
            } else if ("NaN".equals(value) || "Infinity".equals(value) || "-Infinity".equals(value)) {
                value = real(value);
            }
            attributes.put((String) entry.getKey(), value);
        }
        return new Step((String) json.get("op"), attributes, integers(json.get("in")), integer(json.get("out")));
    }

    private static double real(Object json) {
        return json instanceof String text ? Double.parseDouble(text) : ((Number) json).doubleValue();
    }

    private static int integer(Object json) {
        return Math.toIntExact((Long) json);
    }

    private static int[] integers(Object json) {
        List<?> list = (List<?>) json;
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = integer(list.get(i));
        }
        return numbers;
    }
}
