package io.sparknn.ml;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import io.sparknn.train.HistoryJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** The summary of a training as JSON. */
final class SummaryJson {
    private SummaryJson() {}

    static Map<String, Object> encode(TrainingSummary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("layers", summary.layers());
        json.put("bestEpoch", summary.bestEpoch());
        json.put("stopReason", summary.stopReason());
        try {
            json.put("history", Json.parse(HistoryJson.write(summary.epochs())));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
        return json;
    }

    static TrainingSummary decode(Map<?, ?> json) {
        return new TrainingSummary(
                (String) json.get("layers"),
                HistoryJson.read(Json.write(json.get("history"))),
                ((Number) json.get("bestEpoch")).intValue(),
                (String) json.get("stopReason"));
    }
}
