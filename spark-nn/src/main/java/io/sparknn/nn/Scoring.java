package io.sparknn.nn;

import io.sparknn.nn.plan.ScoredRows;
import io.sparknn.tensor.RowPart;
import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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

    /** How rows are scored: by an {@code operator} in Spark's plans, or as {@code rows} of objects. */
    static final String SETTING = "spark.sparknn.scoring";

    private static final String ROWS = "rows";
    private static final String OPERATOR = "operator";

    private Scoring() {}

    static Dataset<Row> transform(Layer layer, Dataset<?> dataset) {
        outputSchema(layer, dataset.schema());
        StageParams params = layer.stageParams();
        Inputs inputs = Inputs.of(layer.who(), layer, params, dataset.schema());
        String handleInvalid = layer.getOrDefault(params.handleInvalid);
        return transform(layer, inputs, handleInvalid, dataset, new OneVector(), output ->
                new StructField[] {outputField(layer, params, output)});
    }

    static Dataset<Row> transform(
            Layer layer,
            Inputs inputs,
            String handleInvalid,
            Dataset<?> dataset,
            RowScorer.Output output,
            Function<Shape, StructField[]> fields) {
        Shape[] shapes = sized(layer, inputs);
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
        if (shapes == null) {
            StructField[] columns = fields.apply(ChainShapes.NOTHING);
            ScoreTask task = new ScoreTask(shipped, inputs.withoutValues(), handleInvalid, output, columns.length);
            return withOutput(dataset, task, columns);
        }
        DryRun dryRun = DryRun.of(layer, shapes);
        Inputs sized = inputs.with(dryRun.widestRow(), shapes);
        RowPart[] resolved = dryRun.reductions().isEmpty()
                ? new RowPart[0]
                : resolve(layer, dryRun, sized, handleInvalid, shipped, dataset).toArray(new RowPart[0]);
        StructField[] columns = fields.apply(dryRun.output());
        ScoreTask task = new ScoreTask(shipped, sized, handleInvalid, output, columns.length, resolved);
        return withOutput(dataset, task, columns);
    }

    /** Resolves the reductions over rows one after another. */
    private static List<RowPart> resolve(
            Layer layer,
            DryRun dryRun,
            Inputs inputs,
            String handleInvalid,
            Broadcast<Layer> shipped,
            Dataset<?> dataset) {
        if (dataset.isStreaming()) {
            throw new IllegalArgumentException(
                    inputs.who() + " expects all rows at once, because it reduces over them ("
                            + dryRun.reductions().get(0) + "), got a streaming DataFrame; score it in foreachBatch");
        }
        // Every pass, and the output, must see the same values: what the plan draws at random has to be drawn once.
        if (!dataset.queryExecution().analyzed().deterministic()
                && dataset.storageLevel().equals(StorageLevel.NONE())) {
            dataset.persist(StorageLevel.MEMORY_AND_DISK());
            LOG.warn(
                    "{} reduces over rows of a plan that is not deterministic, so its input was persisted; unpersist it"
                            + " when the output is no longer needed",
                    inputs.who());
        }
        return resolve(
                layer,
                dryRun,
                inputs.projected(),
                handleInvalid,
                shipped,
                dataset.select(inputs.select(dataset)).javaRDD());
    }

    private static List<RowPart> resolve(
            Layer layer,
            DryRun dryRun,
            Inputs inputs,
            String handleInvalid,
            Broadcast<Layer> shipped,
            JavaRDD<Row> rows) {
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

    /** The dataset with the new columns behind the others. */
    private static Dataset<Row> withOutput(Dataset<?> dataset, ScoreTask task, StructField... outputs) {
        Dataset<Row> scored = null;
        String way = dataset.sparkSession().conf().get(SETTING, OPERATOR);
        if (!way.equals(OPERATOR) && !way.equals(ROWS)) {
            throw new IllegalArgumentException(
                    SETTING + " expects " + OPERATOR + " or " + ROWS + ", got " + way + "; set one of them, or none");
        }
        if (way.equals(OPERATOR)) {
            scored = ScoredRows.of(dataset, task, task.places(), outputs);
        }
        return scored == null ? mapped(dataset, task, outputs) : scored;
    }

    /**
     * The dataset with the new columns behind the others, by means that every Spark has. Rows pass through under names of our own and get theirs back
     * by alias, together with the metadata, for mapping drops both labels and watermarks.
     */
    private static Dataset<Row> mapped(Dataset<?> dataset, ScoreTask task, StructField... outputs) {
        StructField[] fields = dataset.schema().fields();
        StructType inner = new StructType();
        Column[] columns = new Column[fields.length + outputs.length];
        for (int i = 0; i < columns.length; i++) {
            boolean read = i < fields.length;
            StructField field = read ? fields[i] : outputs[i - fields.length];
            // a kept invalid row has no output
            inner = inner.add("c" + i, field.dataType(), !read || field.nullable());
            columns[i] = functions.col("c" + i).as(field.name(), field.metadata());
        }
        return dataset.toDF().mapPartitions(task, Encoders.row(inner)).select(columns);
    }

    static StructType outputSchema(Layer layer, StructType schema) {
        StageParams params = layer.stageParams();
        Inputs inputs = Inputs.of(layer.who(), layer, params, schema);
        checkOutput(layer.who(), layer, params, schema);
        return schema.add(outputField(layer, params, outputShape(layer, inputs)));
    }

    /** The output's shape if the inputs' are known, which are checked then. */
    static Shape outputShape(Layer layer, Inputs inputs) {
        Shape[] shapes = sized(layer, inputs);
        boolean known = Arrays.stream(shapes).allMatch(InputColumn::isSized);
        return known ? DryRun.of(layer, shapes).output() : ChainShapes.NOTHING;
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
    private static Shape[] sized(Layer layer, Inputs inputs) {
        Shape[] shapes = inputs.knownShapes();
        int[] sizes = layer.inputSizes();
        if (sizes == null || shapes.length != 1) {
            return shapes;
        }
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        Shape expected = Shape.of(dims);
        if (sizes.length == 1 && shapes[0].rank() > 2 && shapes[0].last() == Shape.UNKNOWN) {
            return new Shape[] {shapes[0].with(-1, sizes[0])};
        }
        if (!InputColumn.isSized(shapes[0]) || takesOneLength(expected, shapes[0])) {
            return new Shape[] {expected};
        }
        if (!fits(expected, shapes[0])) {
            throw new IllegalArgumentException(inputs.who() + " expects vectors of " + text(sizes) + ", got "
                    + text(shapes[0].dropFirst(1).dims()) + " in column \""
                    + inputs.columns()[0].name() + "\"; " + remedy(expected.dropFirst(1), shapes[0].dropFirst(1)));
        }
        return shapes;
    }

    /** A layer built for one length gets it from a column that may have any. */
    private static boolean takesOneLength(Shape expected, Shape column) {
        return column.isRagged() && !expected.isRagged() && expected.rank() == column.rank();
    }

    /**
     * The sizes are those of the last axes, however many are before them; the dry run tells whether the layer agrees. Rows
     * of any length are as good as those of one.
     */
    private static boolean fits(Shape expected, Shape column) {
        boolean fits = column.rank() < 2 || column.rank() >= expected.rank();
        for (int last = 1; fits && last < expected.rank() && last < column.rank(); last++) {
            fits = expected.dim(-last) == Shape.RAGGED || expected.dim(-last) == column.dim(-last);
        }
        return fits;
    }

    private static String remedy(Shape expected, Shape got) {
        boolean flat = got.rank() == 1 && expected.rank() > 1 && got.last() == expected.size();
        return flat ? "put Unflatten" + expected + " before it" : "fit it on data of the width it will score";
    }

    private static String text(int... sizes) {
        return sizes.length == 1 ? String.valueOf(sizes[0]) : "shape " + Shape.of(sizes);
    }

    private static void checkOutput(String who, Params module, StageParams params, StructType schema) {
        String name = module.getOrDefault(params.outputCol);
        if (InputColumns.isTaken(schema, name)) {
            throw new IllegalArgumentException(who + " expects a new output column, got \"" + name
                    + "\", which exists already; call setOutputCol with another name, or drop that column");
        }
    }

    /** The output column, with its size, and with its shape if a row has more than one axis. */
    private static StructField outputField(Params module, StageParams params, Shape output) {
        String name = module.getOrDefault(params.outputCol);
        Shape row = output.dropFirst(1);
        Metadata metadata = Metadata.empty();
        if (row.isKnown() && !row.isRagged()) {
            metadata = new AttributeGroup(name, row.size()).toMetadata();
        }
        if (row.isKnown() && (row.rank() > 1 || row.isRagged())) {
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
