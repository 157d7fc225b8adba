package io.sparknn.train;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of a fit as JSON. Numbers travel as text: JSON has no NaN, and each must come back with the same bits. */
public final class HistoryJson {
    private HistoryJson() {}

    /**
     * Writes a history.
     *
     * @param history the epochs
     * @return an array of objects
     */
    public static String write(List<EpochRecord> history) {
        List<Object> list = new ArrayList<>();
        for (EpochRecord record : history) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("epoch", (long) record.epoch());
            json.put("loss", text(record.loss()));
            json.put("validationLoss", text(record.validationLoss()));
            json.put("learningRate", text(record.learningRate()));
            json.put("rowsPerSecond", text(record.rowsPerSecond()));
            json.put("seconds", text(record.seconds()));
            Map<String, Object> metrics = new LinkedHashMap<>();
            record.metrics().forEach((name, value) -> metrics.put(name, text(value)));
            json.put("metrics", metrics);
            list.add(json);
        }
        return Json.write(list);
    }

    private static String text(double value) {
        return Double.toString(value);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param text the JSON
     * @return the epochs
     * @throws IllegalArgumentException if it is something else
     */
    public static List<EpochRecord> read(String text) {
        List<EpochRecord> history = new ArrayList<>();
        try {
            for (Object element : (List<?>) Json.parse(text)) {
                history.add(record((Map<?, ?>) element));
            }
        } catch (FormatException | ClassCastException | NullPointerException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a saved history expects a list of epochs in JSON, got " + text + "; the file is damaged", e);
        }
        return history;
    }

    private static EpochRecord record(Map<?, ?> json) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        ((Map<?, ?>) json.get("metrics")).forEach((name, value) -> metrics.put((String) name, number(value)));
        return new EpochRecord(
                Math.toIntExact((Long) json.get("epoch")),
                number(json.get("loss")),
                number(json.get("validationLoss")),
                metrics,
                number(json.get("learningRate")),
                number(json.get("rowsPerSecond")),
                number(json.get("seconds")));
    }

    private static double number(Object value) {
        return Double.parseDouble((String) value);
    }
}
