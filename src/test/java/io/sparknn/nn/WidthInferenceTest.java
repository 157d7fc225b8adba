package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.LazyMyLinear;
import io.sparknn.nn.CustomLayers.Unflattened;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Where a lazy layer finds the width of its input, what that costs, and what the output says of its own. */
final class WidthInferenceTest {
    private static final StructType SIZED = new StructType().add(new AttributeGroup("features", 3).toStructField());

    /** A DataFrame that cannot be computed: whoever starts a job on it fails. */
    private static Dataset<Row> untouchable(StructType schema) {
        return Frames.of(schema, "no vector");
    }

    @Test
    void metadataTellTheWidthWithoutAJob() {
        Dataset<Row> frame = untouchable(SIZED);
        assertThat(Jobs.count(() -> {
                    Layer linear = new LazyLinear(2).setInputCol("features").fit(frame);
                    assertThat(linear.parameter("weight").shape()).isEqualTo(Shape.of(2, 3));
                    linear.transform(frame);
                    new Relu().setInputCol("features").transform(frame);
                }))
                .isZero();
    }

    @Test
    void elseTheFirstRowThatIsNotNull() {
        List<List<Row>> partitions = new ArrayList<>();
        partitions.add(List.of());
        partitions.add(Frames.rows(null, null));
        partitions.add(Frames.rows(null, Vectors.dense(1, 2, 3, 4)));
        Dataset<Row> frame = Frames.of(Frames.FEATURES, partitions);
        Layer linear = new LazyMyLinear(2).setInputCol("features").fit(frame);
        assertThat(linear.parameter("weight").shape()).isEqualTo(Shape.of(4, 2));
    }

    @Test
    void arraysAndNumbersHaveAWidthToo() {
        StructType schema = new StructType()
                .add("array", DataTypes.createArrayType(DataTypes.IntegerType))
                .add("number", "double");
        Dataset<Row> frame = Frames.of(
                schema, List.of(List.of(org.apache.spark.sql.RowFactory.create(new Integer[] {1, 2, 3, 4, 5}, 1.0))));
        assertThat(new LazyLinear(2)
                        .setInputCol("array")
                        .fit(frame)
                        .parameter("weight")
                        .shape())
                .isEqualTo(Shape.of(2, 5));
        assertThat(Jobs.count(() -> assertThat(new LazyLinear(2)
                                .setInputCol("number")
                                .fit(frame)
                                .parameter("weight")
                                .shape())
                        .isEqualTo(Shape.of(2, 1))))
                .isZero();
    }

    @Test
    void fittingLeavesTheLazyLayerAsItWas() {
        LazyLinear lazy = new LazyLinear(2).setInputCol("features");
        lazy.fit(Frames.vectors(Vectors.dense(1, 2)));
        Linear second = lazy.fit(Frames.vectors(Vectors.dense(1, 2, 3)));
        assertThat(second.parameter("weight").shape()).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void theOutputCarriesItsSize() {
        Dataset<Row> frame = Frames.vectors(Vectors.dense(1, 2, 3));
        LazySequential net = new LazySequential(new LazyLinear(5), new Relu(), new LazyMyLinear(7));
        Dataset<Row> scored =
                net.setInputCol("features").setOutputCol("out").fit(frame).transform(frame);
        assertThat(AttributeGroup.fromStructField(scored.schema().apply("out")).size())
                .isEqualTo(7);
        Dataset<Row> centered =
                new CenteredLayer().setInputCol("out").setOutputCol("centered").transform(scored);
        assertThat(AttributeGroup.fromStructField(centered.schema().apply("centered"))
                        .size())
                .isEqualTo(7);
    }

    @Test
    void aRowOfHigherRankIsHandedOnWithItsShape() {
        Dataset<Row> frame = Frames.vectors(Vectors.dense(1, 2, 3, 4, 5, 6));
        Dataset<Row> folded = new Unflattened(2, 3)
                .setInputCol("features")
                .setOutputCol("folded")
                .transform(frame);
        assertThat(AttributeGroup.fromStructField(folded.schema().apply("folded"))
                        .size())
                .isEqualTo(6);
        Layer lazy = new LazyLinear(4).setInputCol("folded").setOutputCol("out").fit(folded);
        assertThat(lazy.parameter("weight").shape()).isEqualTo(Shape.of(4, 3));
        Dataset<Row> out = lazy.transform(folded);
        assertThat(out.schema().apply("out").metadata().getLongArray(InputColumn.SHAPE_KEY))
                .containsExactly(2, 4);
        Layer eager = new Linear(3, 4).setInputCol("folded").setOutputCol("out");
        eager.parameter("weight").set(lazy.parameter("weight").value());
        eager.parameter("bias").set(lazy.parameter("bias").value());
        assertThat(Frames.column(eager.transform(folded), "out")).isEqualTo(Frames.column(out, "out"));
    }

    @Test
    void theSchemaOfAnUnfittedPipelineIsThatOfTheFittedOne() {
        Pipeline pipeline = pipeline();
        Dataset<Row> frame = Frames.of(SIZED, Vectors.dense(1, 2, 3));
        PipelineModel model = pipeline.fit(frame);
        StructType schema = model.transform(frame).schema();
        Dataset<Row> untouchable = untouchable(SIZED);
        assertThat(Jobs.count(() -> {
                    assertThat(pipeline.transformSchema(untouchable.schema())).isEqualTo(schema);
                    assertThat(model.transformSchema(untouchable.schema())).isEqualTo(schema);
                }))
                .isZero();
        assertThat(schema.fieldNames()).containsExactly("features", "hidden", "centered", "out");
    }

    @Test
    void theSchemaOfAnUnfittedPipelineNeedsNoWidth() {
        Dataset<Row> frame = Frames.vectors(Vectors.dense(1, 2, 3));
        StructType early = pipeline().transformSchema(frame.schema());
        PipelineModel model = pipeline().fit(frame);
        assertThat(early.fieldNames()).isEqualTo(model.transform(frame).schema().fieldNames());
        assertThat(AttributeGroup.fromStructField(early.apply("hidden")).size()).isEqualTo(6);
        assertThat(model.transformSchema(frame.schema()))
                .isEqualTo(model.transform(frame).schema());
    }

    private static Pipeline pipeline() {
        return new Pipeline().setStages(new PipelineStage[] {
            new LazySequential(new LazyLinear(6), new Relu())
                    .setInputCol("features")
                    .setOutputCol("hidden"),
            new CenteredLayer().setInputCol("hidden").setOutputCol("centered"),
            new LazyMyLinear(2).setInputCol("centered").setOutputCol("out")
        });
    }
}
