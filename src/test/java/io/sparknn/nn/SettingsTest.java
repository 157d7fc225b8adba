package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyResidual;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Params of modules within a container, by path: searched by a CrossValidator, copied, saved. */
final class SettingsTest {
    private static final Shape INPUT = Shape.of(Shape.UNKNOWN, 2);

    @TempDir
    private Path directory;

    @Test
    void aSettingGoesBeforeWhatTheModuleHas() {
        LazyLinear first = new LazyLinear(4);
        LazySequential net = new LazySequential(first, new Relu(), new LazyLinear(3));
        net.set(net.<IntParam>setting("0.outFeatures"), 9);
        assertThat(net.build(INPUT).parameter("0.weight").shape()).isEqualTo(Shape.of(9, 2));
        assertThat(net.outputShape(INPUT)).isEqualTo(Shape.of(Shape.UNKNOWN, 3));
        assertThat(first.build(INPUT).parameter("weight").shape()).isEqualTo(Shape.of(4, 2));
    }

    @Test
    void aSettingReachesContainersWithin() {
        LazySequential net = new LazySequential(
                new LazyLinear(4), new LazyResidual(new LazySequential(new LazyLinear(7), new LazyLinear(4))));
        net.set(net.<IntParam>setting("1.0.0.outFeatures"), 5);
        assertThat(net.build(INPUT).parameter("1.0.1.weight").shape()).isEqualTo(Shape.of(4, 5));
    }

    @Test
    void aSettingReachesReadyLayers() {
        LazySequential net = new LazySequential(new LazyLinear(4), new Dropout(0.5));
        net.set(net.setting("1.p"), 0.25);
        assertThat(net.build(INPUT).layer(1)).hasToString("Dropout(0.25)");
    }

    @Test
    void settingsOfATiedModuleAddUpAndKeepItTied() {
        LazyLinear shared = new LazyLinear(2);
        LazySequential net = new LazySequential(shared, new LazySequential(new Relu(), shared));
        net.set(net.setting("0.seed"), 5L);
        net.set(net.setting("1.1.trainable"), false);
        Sequential built = net.build(INPUT);
        assertThat(built.layer(0)).isSameAs(((Sequential) built.layer(1)).layer(1));
        assertThat(built.layer(0).getOrDefault(built.layer(0).seed())).isEqualTo(5L);
        assertThat(built.layer(0).getOrDefault(built.layer(0).trainable())).isEqualTo(false);
    }

    @Test
    void anUnknownSettingIsRefusedByThoseThereAre() {
        LazySequential net = new LazySequential(new LazyLinear(4));
        assertThatThrownBy(() -> net.setting("0.width"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.outFeatures")
                .hasMessageContaining("got \"0.width\"");
    }

    @Test
    void settingsAreCopiedAndSaved() throws Exception {
        SharedSpark.session();
        LazySequential net = new LazySequential(new LazyLinear(4), new LazyResidual(new LazyLinear(4)));
        net.set(net.<IntParam>setting("0.outFeatures"), 6);
        net.set(net.<IntParam>setting("1.0.outFeatures"), 6);
        String path = directory.resolve("net").toString();
        net.save(path);
        for (LazyLayer<?> other : List.of(net.copy(ParamMap.empty()), LazySequential.load(path))) {
            assertThat(other.build(INPUT).parameter("1.0.weight").shape()).isEqualTo(Shape.of(6, 6));
        }
    }

    @Test
    void aCrossValidatorSearchesASettingAndIsSaved() throws Exception {
        LazySequential net = new LazySequential(new LazyLinear(1), new Relu());
        net.setInputCol("features").setOutputCol("hidden").setSeed(3);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(net.<IntParam>setting("0.outFeatures"), new int[] {1, 40})
                .build();
        searches(net, grid);
    }

    @Test
    void aCrossValidatorSearchesAParamOfALazyLayerAndIsSaved() throws Exception {
        LazyLinear lazy =
                new LazyLinear(1).setInputCol("features").setOutputCol("linear").setSeed(3);
        // Of linear features logistic regression learns no ring, whatever their number: the squares are in the data.
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(lazy.outFeatures(), new int[] {1, 6})
                .build();
        CrossValidatorModel model = validator(lazy, "squares", grid).fit(data());
        assertThat(((PipelineModel) model.bestModel()).stages()[0]).isInstanceOf(Layer.class);
        Layer best = (Layer) ((PipelineModel) model.bestModel()).stages()[0];
        assertThat(best.parameter("weight").shape()).isEqualTo(Shape.of(6, 4));
        savesAndLoads(model);
    }

    private void searches(LazySequential net, ParamMap... grid) throws Exception {
        CrossValidatorModel model = validator(net, "features", grid).fit(data());
        assertThat(model.avgMetrics()[1]).isGreaterThan(model.avgMetrics()[0]);
        Layer best = (Layer) ((PipelineModel) model.bestModel()).stages()[0];
        assertThat(best.parameter("0.weight").shape()).isEqualTo(Shape.of(40, 2));
        savesAndLoads(model);
    }

    private void savesAndLoads(CrossValidatorModel model) throws Exception {
        String path = directory.resolve("model").toString();
        model.save(path);
        CrossValidatorModel loaded = CrossValidatorModel.load(path);
        assertThat(loaded.avgMetrics()).isEqualTo(model.avgMetrics());
        assertThat(predictions(loaded.bestModel())).isEqualTo(predictions(model.bestModel()));
        assertThat(loaded.getEstimatorParamMaps()).hasSameSizeAs(model.getEstimatorParamMaps());
        for (int i = 0; i < loaded.getEstimatorParamMaps().length; i++) {
            assertThat(loaded.getEstimatorParamMaps()[i].toList().toString())
                    .isEqualTo(model.getEstimatorParamMaps()[i].toList().toString());
        }
    }

    private static List<Row> predictions(Transformer model) {
        return model.transform(data()).select("prediction").collectAsList();
    }

    private static CrossValidator validator(LazyLayer<?> lazy, String input, ParamMap... grid) {
        lazy.setInputCol(input);
        String hidden = lazy.getOrDefault(lazy.outputCol());
        LogisticRegression regression =
                new LogisticRegression().setFeaturesCol(hidden).setMaxIter(10);
        Estimator<?> pipeline = new Pipeline().setStages(new PipelineStage[] {lazy, regression});
        return new CrossValidator()
                .setEstimator(pipeline)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1);
    }

    /** Points within a ring and around it; with their squares. */
    private static Dataset<Row> data() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double label = a * a + b * b < 1.4 ? 1 : 0;
            rows.add(RowFactory.create(label, Vectors.dense(a, b), Vectors.dense(a, b, a * a, b * b)));
        }
        StructType schema = new StructType()
                .add("label", DataTypes.DoubleType)
                .add("features", SQLDataTypes.VectorType())
                .add("squares", SQLDataTypes.VectorType());
        return SharedSpark.session().createDataFrame(rows, schema).coalesce(1);
    }
}
