package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.format.Safetensors;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chapter "File I/O". */
final class ReadWriteTest {
    private static final Tensor X = Data.normal(1, 2, 20);

    @TempDir
    private Path dir;

    private void write(Map<String, Tensor> tensors) throws IOException {
        Safetensors.Builder builder = Safetensors.builder();
        tensors.forEach((name, tensor) -> builder.add(name, tensor.shape(), tensor.toArray()));
        try (OutputStream out = Files.newOutputStream(dir.resolve("file"))) {
            builder.build().write(out);
        }
    }

    private Map<String, Tensor> read() throws IOException {
        try (InputStream in = Files.newInputStream(dir.resolve("file"))) {
            Safetensors file = Safetensors.read(in, Files.size(dir.resolve("file")));
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            file.names().forEach(name -> tensors.put(name, Tensor.of(file.values(name), file.shape(name))));
            return tensors;
        }
    }

    @Test
    @D2l(35)
    void aTensorIsSavedAndLoaded() throws IOException {
        write(Map.of("x", Tensor.arange(4)));
        Tensor x = read().get("x");
        assertThat(x.shape()).isEqualTo(Shape.of(4));
        assertThat(x.toArray()).containsExactly(0, 1, 2, 3);
    }

    @Test
    @D2l(36)
    void aListOfTensorsIsSavedUnderItsPlacesAndLoadedInOrder() throws IOException {
        List<Tensor> list = List.of(Tensor.arange(4), Tensor.zeros(2, 3), Tensor.scalar(7));
        Map<String, Tensor> places = new LinkedHashMap<>();
        list.forEach(tensor -> places.put(String.valueOf(places.size()), tensor));
        write(places);
        List<Tensor> loaded = new ArrayList<>(read().values());
        assertThat(loaded).extracting(Tensor::shape).containsExactly(Shape.of(4), Shape.of(2, 3), Shape.of());
        assertThat(loaded.get(0).toArray()).containsExactly(0, 1, 2, 3);
        assertThat(loaded.get(2).item()).isEqualTo(7);
    }

    @Test
    @D2l(37)
    void aMapOfTensorsIsSavedAndLoaded() throws IOException {
        write(Map.of("x", Tensor.arange(4), "y", Tensor.zeros(4)));
        Map<String, Tensor> loaded = read();
        assertThat(loaded).containsOnlyKeys("x", "y");
        assertThat(loaded.get("x").toArray()).containsExactly(0, 1, 2, 3);
        assertThat(loaded.get("y").toArray()).containsOnly(0);
    }

    @Test
    @D2l(38)
    void theParametersOfAnMlpFillALazyOneOfTheSameArchitecture() {
        LazySequential architecture = new LazySequential(new LazyLinear(256), new Relu(), new LazyLinear(10));
        Sequential net = architecture.build(X.shape());
        net.saveWeights(dir + "/mlp.params");
        Layer clone = (Layer) architecture.copy(ParamMap.empty()).loadWeights(dir + "/mlp.params");
        assertThat(clone.parameter("0.weight").shape()).isEqualTo(Shape.of(256, 20));
        assertThat(clone.forward(X).toArray()).isEqualTo(net.forward(X).toArray());
        assertThat(Data.scored(clone, X, 3).toArray()).isEqualTo(net.forward(X).toArray());
    }

    @Test
    @D2l(38)
    void theParametersOfACustomLayerFillAnInstanceOfItsClass() {
        Mlp net = new LazyMlp(32, 10).build(X.shape());
        net.saveWeights(dir + "/mlp.params");
        Layer clone = new Mlp(20, 32, 10).loadWeights(dir + "/mlp.params");
        assertThat(clone.forward(X).toArray()).isEqualTo(net.forward(X).toArray());
    }

    /**
     * Why store parameters even for a net that stays where it is: training goes on after an interruption, the best of
     * several states is kept, and a result can be examined and repeated.
     */
    @Test
    @D2l(39)
    void trainingGoesOnFromStoredParametersAsIfItHadNotStopped() {
        Tensor x = Data.normal(5, 32, 20);
        Tensor y = x.slice(1, 0, 1);
        Sequential through = net();
        Sequential stopped = net();
        for (int step = 0; step < 10; step++) {
            ParametersTest.step(through, x, y, 0.01);
        }
        for (int step = 0; step < 5; step++) {
            ParametersTest.step(stopped, x, y, 0.01);
        }
        stopped.saveWeights(dir + "/step5");
        Layer resumed = net().loadWeights(dir + "/step5");
        for (int step = 5; step < 10; step++) {
            ParametersTest.step(resumed, x, y, 0.01);
        }
        assertThat(resumed.forward(x).toArray()).isEqualTo(through.forward(x).toArray());
        assertThat(resumed.forward(x).toArray()).isNotEqualTo(stopped.forward(x).toArray());
    }

    private static Sequential net() {
        return new Sequential(new Linear(20, 8), new Relu(), new Linear(8, 1)).setSeed(2);
    }

    @Test
    @D2l(40)
    void theFirstTwoLayersOfAStoredNetStartAnother() {
        Sequential stored =
                new Sequential(new Linear(20, 16), new Relu(), new Linear(16, 8), new Relu(), new Linear(8, 1));
        stored.saveWeights(dir + "/net");
        // Two affine maps of the old net, one of them lazy, under a new head.
        Layer first = new Linear(20, 16).loadWeights(dir + "/net", "0.");
        Module second = new LazyLinear(8).loadWeights(dir + "/net", "2.");
        Sequential net = new LazySequential(first, new Relu(), second, new Relu(), new LazyLinear(5)).build(X.shape());
        assertThat(net.layers(0, 4).forward(X).toArray())
                .isEqualTo(stored.layers(0, 4).forward(X).toArray());
        assertThat(Data.scored(net, X, 2).shape()).isEqualTo(Shape.of(2, 5));
    }

    @Test
    @D2l(40)
    void aNestedPartOfAStoredNetIsLoadedByItsPrefix() {
        NestMlp stored = new NestMlp(20);
        stored.saveWeights(dir + "/net");
        Module part = new LazySequential(new LazyLinear(64), new Relu(), new LazyLinear(32), new Relu())
                .loadWeights(dir + "/net", "net.");
        assertThat(((Layer) part).forward(X).toArray())
                .isEqualTo(stored.layers().get("net").forward(X).toArray());
        assertThatThrownBy(() -> new Linear(20, 64).loadWeights(dir + "/net"))
                .hasMessageContaining("net.0.weight")
                .hasMessageContaining("load a part by its prefix");
    }

    @Test
    @D2l(40)
    void layersOfANetInMemoryAreReusedWithTheirValues() {
        Sequential old = net();
        Sequential net = new Sequential(old.layers(0, 2), new Linear(8, 3));
        assertThat(net.parameter("0.0.weight")).isSameAs(old.parameter("0.weight"));
        assertThat(net.forward(X).shape()).isEqualTo(Shape.of(2, 3));
    }

    @Test
    @D2l(41)
    void architectureAndParametersAreSavedTogether() throws IOException {
        Sequential net = new Sequential(
                new NestMlp(20),
                new MyLinear(16, 20),
                new FixedHidden(),
                new Parallel(new Relu(), new MyLinear(20, 3)));
        net.setInputCol("features").setOutputCol("out").save(dir + "/net");
        Layer loaded = Layer.load(dir + "/net");
        assertThat(loaded.toString()).isEqualTo(net.toString());
        assertThat(loaded.forward(X).toArray()).isEqualTo(net.forward(X).toArray());

        Dataset<Row> rows = Data.frame(X, 3);
        PipelineModel model = new org.apache.spark.ml.Pipeline()
                .setStages(new PipelineStage[] {net})
                .fit(rows);
        model.save(dir + "/pipeline");
        Transformer read = PipelineModel.load(dir + "/pipeline");
        assertThat(Data.matrix(read.transform(rows), "out").toArray())
                .isEqualTo(net.forward(X).toArray());
    }

    /** A class whose constructor takes what cannot be written down. */
    public static final class Threaded extends Layer {
        public Threaded(Thread thread) {
            super(thread);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    /**
     * The restrictions of saving architecture and parameters together: constructor arguments are plain values, and the
     * layer's class is there where it is loaded, for code is not saved.
     */
    @Test
    @D2l(41)
    void whatCannotBeSavedWithTheArchitectureIsSaidSo() throws IOException {
        assertThatThrownBy(() -> new Threaded(Thread.currentThread()).save(dir + "/threaded"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got java.lang.Thread")
                .hasMessageContaining("pass what it was made from");
        new MyLinear(5, 3).save(dir + "/net");
        replaceInFiles(dir.resolve("net"), "io.sparknn.d2l.MyLinear", "io.sparknn.d2l.NoLinear");
        assertThatThrownBy(() -> Layer.load(dir + "/net"))
                .hasMessageContaining("io.sparknn.d2l.NoLinear")
                .hasMessageContaining("class path");
    }

    /** As if the class had been left at home. */
    private static void replaceInFiles(Path root, String from, String to) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().endsWith(".crc")) {
                    Files.delete(file);
                } else if (!file.toString().endsWith(".safetensors")) {
                    Files.writeString(file, Files.readString(file).replace(from, to));
                }
            }
        }
    }
}
