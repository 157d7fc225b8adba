package io.sparknn.ml;

import io.sparknn.train.EpochRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The summary of a training as JSON. */
final class SummaryJson {
    private SummaryJson() {}

    static Map<String, Object> encode(TrainingSummary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("layers", summary.layers());
        json.put("bestEpoch", summary.bestEpoch());
        json.put("stopReason", summary.stopReason());
        List<Object> epochs = new ArrayList<>();
        summary.epochs().forEach(epoch -> epochs.add(encode(epoch)));
        json.put("epochs", epochs);
        return json;
    }

    private static Map<String, Object> encode(EpochRecord epoch) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", epoch.epoch());
        json.put("loss", number(epoch.loss()));
        json.put("validationLoss", number(epoch.validationLoss()));
        Map<String, Object> metrics = new LinkedHashMap<>();
        epoch.metrics().forEach((name, value) -> metrics.put(name, number(value)));
        json.put("metrics", metrics);
        json.put("learningRate", number(epoch.learningRate()));
        json.put("rowsPerSecond", number(epoch.rowsPerSecond()));
        json.put("seconds", number(epoch.seconds()));
        return json;
    }

    /** What JSON has no number for travels as text. */
    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : String.valueOf(value);
    }

    static TrainingSummary decode(Map<?, ?> json) {
        List<EpochRecord> epochs = new ArrayList<>();
        for (Object epoch : (List<?>) json.get("epochs")) {
            epochs.add(epoch((Map<?, ?>) epoch));
        }
        int best = ((Number) json.get("bestEpoch")).intValue();
        return new TrainingSummary((String) json.get("layers"), epochs, best, (String) json.get("stopReason"));
    }

    private static EpochRecord epoch(Map<?, ?> json) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        ((Map<?, ?>) json.get("metrics")).forEach((name, value) -> metrics.put((String) name, number(value)));
        return new EpochRecord(
                ((Number) json.get("epoch")).intValue(),
                number(json.get("loss")),
                number(json.get("validationLoss")),
                metrics,
                number(json.get("learningRate")),
                number(json.get("rowsPerSecond")),
                number(json.get("seconds")));
    }

    private static double number(Object json) {
        return json instanceof Number number ? number.doubleValue() : Double.parseDouble((String) json);
    }
}
