package io.sparknn.onnx;

import io.sparknn.tensor.Recording;
import io.sparknn.tensor.Step;
import java.util.function.Function;

/** Writes a recording as a model, step by step. */
final class Export {
    private Export() {}

    static Protobuf model(Recording recording, Function<String, float[]> parameters) {
        Graph graph = new Graph(recording, parameters);
        for (Step step : recording.steps()) {
            boolean written = ElementExport.write(graph, step)
                    || ProductExport.write(graph, step)
                    || WindowExport.write(graph, step)
                    || NormExport.write(graph, step)
                    || SequenceExport.write(graph, step)
                    || ReductionExport.write(graph, step)
                    || ShapeExport.write(graph, step);
            if (!written) {
                throw new IllegalStateException("ONNX export expects operations that ONNX has, got " + step.name()
                        + "; leave it out of the network, or compute it afterwards");
            }
        }
        Protobuf opset = new Protobuf().text(Proto.OPSET_DOMAIN, "").integer(Proto.OPSET_VERSION, Proto.OPSET);
        return new Protobuf()
                .integer(Proto.MODEL_IR_VERSION, Proto.IR_VERSION)
                .text(Proto.MODEL_PRODUCER, "spark-nn")
                .message(Proto.MODEL_GRAPH, graph.finished())
                .message(Proto.MODEL_OPSET, opset);
    }
}
