package io.sparknn.nn;

import io.sparknn.tensor.RowPart;
import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A layer over the rows of a DataFrame, as if they were one tensor.
 *
 * <p>A row-wise layer runs in one lazy pass. One that reduces over the rows needs each reduction over all partitions
 * first: a pass over the input column runs the layer up to the first reduction that is not resolved, the driver merges
 * what the partitions contribute, in their order, and the next pass runs on from there with that answer.
 */
final class Scoring {
    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);

    private Scoring() {}

    static Dataset<Row> transform(Layer layer, Dataset<?> dataset) {
        outputSchema(layer, dataset.schema());
        StageParams params = layer.stageParams();
        Inputs inputs = Inputs.of(layer.who(), layer, params, dataset.schema());
        Shape[] shapes = sized(layer, inputs.knownShapes());
        if (!Arrays.stream(shapes).allMatch(InputColumn::isSized)) {
            shapes = inputs.shapesIfAny(dataset);
        }
        if (layer.isUntrained() && layer.isTrainable() && layer.shipment().isFirst()) {
            LOG.warn(
                    "{} scores untrained: its parameters are as they were drawn; call setTrainable(false) if they are to"
                            + " stay so",
                    layer.who());
        }
        // Before the dry run: forward may look at parameters, which are drawn now.
        Broadcast<Layer> shipped =
                layer.shipment().of(layer, dataset.sparkSession().sparkContext());
        String handleInvalid = layer.getOrDefault(params.handleInvalid);
        if (shapes == null) {
            ScoreTask task = new ScoreTask(shipped, inputs.withoutValues(), handleInvalid);
            return withOutput(dataset, task, outputField(layer, params, ChainShapes.NOTHING));
        }
        DryRun dryRun = DryRun.of(layer, shapes);
        Inputs columns = inputs.with(dryRun.widestRow(), shapes);
        List<RowPart> resolved =
                dryRun.reductions().isEmpty() ? List.of() : resolve(layer, dryRun, columns, shipped, dataset);
        ScoreTask task = new ScoreTask(shipped, columns, handleInvalid, resolved.toArray(new RowPart[0]));
        return withOutput(dataset, task, outputField(layer, params, dryRun.output()));
    }

    /** Resolves the reductions over rows one after another. */
    private static List<RowPart> resolve(
            Layer layer, DryRun dryRun, Inputs inputs, Broadcast<Layer> shipped, Dataset<?> dataset) {
        if (dataset.isStreaming()) {
            throw new IllegalArgumentException(layer.who() + " expects all rows at once, because it reduces over them ("
                    + dryRun.reductions().get(0) + "), got a streaming DataFrame; score it in foreachBatch");
        }
        // Every pass, and the output, must see the same values: what the plan draws at random has to be drawn once.
        if (!dataset.queryExecution().analyzed().deterministic()
                && dataset.storageLevel().equals(StorageLevel.NONE())) {
            dataset.persist(StorageLevel.MEMORY_AND_DISK());
            LOG.warn(
                    "{} reduces over rows of a plan that is not deterministic, so its input was persisted; unpersist it"
                            + " when the output is no longer needed",
                    layer.who());
        }
        return resolve(
                layer,
                dryRun,
                inputs.projected(),
                shipped,
                dataset.select(inputs.select(dataset)).javaRDD());
    }

    private static List<RowPart> resolve(
            Layer layer, DryRun dryRun, Inputs inputs, Broadcast<Layer> shipped, JavaRDD<Row> rows) {
        String handleInvalid = layer.getOrDefault(layer.stageParams().handleInvalid);
        List<RowPart> resolved = new ArrayList<>();
        // Where forward looks at no values, the dry run saw all reductions there are.
        while (dryRun.readsValues() || resolved.size() < dryRun.reductions().size()) {
            PartTask task = new PartTask(shipped, inputs, handleInvalid, resolved.toArray(new RowPart[0]));
            PartTask.Part all = new PartTask.Part();
            rows.mapPartitionsWithIndex(task, false).collect().forEach(all::add);
            if (all.sum() != null && all.finished()) {
                throw new IllegalStateException(
                        layer.who() + " expects every block of rows to meet the same reductions, got "
                                + all.sum().signature() + " in some only; let no control flow depend on single rows");
            }
            if (all.sum() == null) {
                break;
            }
            if (resolved.size() == ScoringRows.MAX_REDUCTIONS) {
                throw ScoringRows.tooMany(layer);
            }
            resolved.add(all.sum());
        }
        return resolved;
    }

    /**
     * The dataset with the output column behind the others. Rows pass through under names of our own and get theirs back
     * by alias, together with the metadata, for mapping drops both labels and watermarks.
     */
    private static Dataset<Row> withOutput(Dataset<?> dataset, ScoreTask task, StructField output) {
        StructField[] fields = dataset.schema().fields();
        StructType inner = new StructType();
        for (int i = 0; i < fields.length; i++) {
            inner = inner.add("c" + i, fields[i].dataType(), fields[i].nullable());
        }
        inner = inner.add("output", output.dataType(), true);
        Column[] columns = new Column[fields.length + 1];
        for (int i = 0; i < fields.length; i++) {
            columns[i] = functions.col("c" + i).as(fields[i].name(), fields[i].metadata());
        }
        columns[fields.length] = functions.col("output").as(output.name(), output.metadata());
        return dataset.toDF().mapPartitions(task, Encoders.row(inner)).select(columns);
    }

    static StructType outputSchema(Layer layer, StructType schema) {
        StageParams params = layer.stageParams();
        Inputs inputs = Inputs.of(layer.who(), layer, params, schema);
        checkOutput(layer.who(), layer, params, schema);
        Shape[] shapes = sized(layer, inputs.knownShapes());
        boolean known = Arrays.stream(shapes).allMatch(InputColumn::isSized);
        Shape output = known ? DryRun.of(layer, shapes).output() : Shape.of(Shape.UNKNOWN, Shape.UNKNOWN);
        return schema.add(outputField(layer, params, output));
    }

    static StructType outputSchema(LazyLayer<?> layer, StageParams params, StructType schema) {
        Inputs inputs = Inputs.of(layer.who(), layer, params, schema);
        checkOutput(layer.who(), layer, params, schema);
        Shape[] shapes = inputs.knownShapes();
        boolean known = Arrays.stream(shapes).allMatch(InputColumn::isSized);
        Shape output = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN);
        if (known) {
            output = layer.outputShape(shapes);
        } else if (shapes.length == 1) {
            ChainShapes chain = new ChainShapes(shapes[0]);
            chain.advance(layer);
            output = chain.shape();
        }
        return schema.add(outputField(layer, params, output));
    }

    /** What the layer itself knows of its input, where the column does not tell. */
    private static Shape[] sized(Layer layer, Shape... shapes) {
        int[] sizes = layer.inputSizes();
        if (sizes == null || shapes.length != 1) {
            return shapes;
        }
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        Shape expected = Shape.of(dims);
        if (!InputColumn.isSized(shapes[0])) {
            return new Shape[] {expected};
        }
        // One size is that of the last axis, however many axes are before it; the dry run tells whether the layer
        // agrees.
        boolean fits = sizes.length == 1 ? shapes[0].last() == sizes[0] : expected.equals(shapes[0]);
        if (!fits) {
            throw new IllegalArgumentException(layer.who() + " expects vectors of " + text(sizes) + ", got "
                    + text(shapes[0].dropFirst(1).dims()) + " in column \""
                    + column(layer) + "\"; fit it on data of the width it will score");
        }
        return shapes;
    }

    private static String column(Layer layer) {
        return layer.isSet(layer.inputCol())
                ? layer.getOrDefault(layer.inputCol())
                : layer.getOrDefault(layer.inputCols())[0];
    }

    private static String text(int... sizes) {
        return sizes.length == 1 ? String.valueOf(sizes[0]) : "shape " + Shape.of(sizes);
    }

    private static void checkOutput(String who, Params module, StageParams params, StructType schema) {
        String name = module.getOrDefault(params.outputCol);
        if (Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new IllegalArgumentException(who + " expects a new output column, got \"" + name
                    + "\", which exists already; call setOutputCol with another name, or drop that column");
        }
    }

    /** The output column, with its size, and with its shape if a row has more than one axis. */
    private static StructField outputField(Params module, StageParams params, Shape output) {
        String name = module.getOrDefault(params.outputCol);
        Shape row = output.dropFirst(1);
        Metadata metadata = Metadata.empty();
        if (row.isKnown()) {
            metadata = new AttributeGroup(name, row.size()).toMetadata();
        }
        if (row.isKnown() && row.rank() > 1) {
            metadata = new MetadataBuilder()
                    .withMetadata(metadata)
                    .putLongArray(
                            InputColumn.SHAPE_KEY,
                            Arrays.stream(row.dims()).asLongStream().toArray())
                    .build();
        }
        return new StructField(name, SQLDataTypes.VectorType(), true, metadata);
    }
}
