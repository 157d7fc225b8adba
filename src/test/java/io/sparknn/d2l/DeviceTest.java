package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Chapter "GPUs", as far as it concerns lazy nets: one is moved to a device before it has seen an input, and its
 * parameters and output are there afterwards.
 *
 * <p>Here a device is an executor. Nobody moves a net by hand: it is shipped with the task, and each JVM takes the
 * matrix product it has. So what corresponds is that a net can travel while it is still lazy, gets its parameters where
 * its first input is, and these are the same in every place, for they depend on the seed and on their path only.
 */
final class DeviceTest {
    private static final Tensor X = Data.normal(1, 2, 20);

    private static Module lazy() {
        return new LazySequential(new LazyLinear(256), new Relu(), new LazyMyLinear(10)).setSeed(3);
    }

    /** Runs on an executor: only there does the net see an input. */
    private static final class FirstInput implements Function<Integer, float[]> {
        private static final long serialVersionUID = 1L;

        private final Module net;

        FirstInput(Module net) {
            this.net = net;
        }

        @Override
        public float[] call(Integer part) {
            Layer there = net.build(X.shape());
            return there.forward(X).toArray();
        }
    }

    @Test
    @D2l(42)
    void aLazyNetIsShippedToExecutorsBeforeItsFirstInput() {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        List<float[]> outputs = context.parallelize(List.of(0, 1, 2, 3), 4)
                .map(new FirstInput(lazy()))
                .collect();
        float[] here = lazy().build(X.shape()).forward(X).toArray();
        assertThat(outputs).hasSize(4).allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @D2l(42)
    void aNetThatTravelledWhileLazyFitsWhereItArrives() throws IOException, ClassNotFoundException {
        LazySequential arrived = (LazySequential) travel(lazy());
        Layer fitted = arrived.setInputCol("features").setOutputCol("out").fit(Data.frame(X, 3));
        assertThat(arrived.toString()).isEqualTo(lazy().toString());
        assertThat(fitted.forward(X).toArray())
                .isEqualTo(lazy().build(X.shape()).forward(X).toArray());
    }

    @Test
    @D2l(42)
    void theParametersOfAFittedNetArriveWithIt() throws IOException, ClassNotFoundException {
        Layer net = lazy().build(X.shape());
        net.parameter("2.bias").set(Tensor.arange(10));
        Layer arrived = (Layer) travel(net);
        assertThat(arrived.parameter("2.bias").toArray())
                .isEqualTo(Tensor.arange(10).toArray());
        assertThat(arrived.forward(X).toArray()).isEqualTo(net.forward(X).toArray());
    }

    static Object travel(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
