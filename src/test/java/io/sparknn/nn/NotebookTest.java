package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers defined in the cells of a Scala notebook: in local mode, and with executors in a JVM of their own, which fetch
 * the classes of cells from the driver.
 */
final class NotebookTest {
    private static final String LOCAL = "local[2]";
    private static final String CLUSTER = "local-cluster[1,1,1024]";
    private static final Map<String, Notebook> NOTEBOOKS = new HashMap<>();

    @TempDir
    private static Path folder;

    @AfterAll
    static void closeNotebooks() throws IOException, InterruptedException {
        for (Notebook notebook : NOTEBOOKS.values()) {
            notebook.close();
        }
    }

    private static Notebook notebook(String master) throws IOException {
        Notebook known = NOTEBOOKS.get(master);
        if (known == null) {
            known = new Notebook(master);
            NOTEBOOKS.put(master, known);
            succeed(
                    known,
                    "import io.sparknn.nn._; import io.sparknn.nn.layers._; import io.sparknn.tensor._",
                    "import org.apache.spark.ml._; import org.apache.spark.ml.param.ParamMap",
                    "import org.apache.spark.ml.linalg.Vector",
                    "val df = spark.range(0, 100, 1, 4).selectExpr("
                            + "\"array(cast(id as double), cast(id * 2 as double)) as features\")",
                    "def row(layer: Layer, i: Int) = layer.copy(ParamMap.empty).setInputCol(\"features\")"
                            + ".setOutputCol(\"out\").transform(df).collect().apply(i).getAs[Vector](\"out\")");
        }
        return known;
    }

    /** Runs cells that must succeed; gives what the last one printed. */
    private static String succeed(Notebook notebook, String... cells) {
        String printed = "";
        for (String cell : cells) {
            printed = notebook.run(cell);
            assertThat(printed).as(cell).startsWith("Success");
        }
        return printed;
    }

    private static String fail(Notebook notebook, String cell) {
        String printed = notebook.run(cell);
        assertThat(printed).as(cell).startsWith("Error");
        return printed;
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void aLayerOfOneLineIsAStage(String master) throws IOException {
        Notebook notebook = notebook(master);
        succeed(
                notebook,
                "class CenteredLayer extends Layer { override val uid = id; override def forward(x: Tensor) = x -"
                        + " x.mean() }",
                "val centered = new CenteredLayer");
        assertThat(succeed(notebook, "println(centered.forward(Tensor.of(1, 2, 3, 4, 5)))"))
                .contains("[-2, -1, 0, 1, 2]");
        assertThat(succeed(
                        notebook,
                        "val copy = centered.copy(ParamMap.empty)",
                        "println(copy.getClass == centered.getClass, copy.uid == centered.uid,"
                                + " copy.forward(Tensor.of(1, 2, 6)))"))
                .contains("(true,true,[-2, -1, 3])");
        assertThat(succeed(notebook, "println(row(centered, 0))")).contains("[-74.25,-74.25]");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void aCellThatHoldsTheLayerToo(String master) throws IOException {
        Notebook notebook = notebook(master);
        assertThat(succeed(
                        notebook,
                        "val two = 2.0; class Twice extends Layer { override val uid = id; override def forward(x:"
                                + " Tensor) = x * two }; val twice = new Twice; val again = new Sequential(twice,"
                                + " twice); println(row(again, 5))"))
                .contains("[20.0,40.0]");
        assertThat(succeed(notebook, "println(row(new Sequential(twice, new Twice), 4))"))
                .contains("[16.0,32.0]");
        assertThat(succeed(
                        notebook,
                        "val own = new Layer { override val uid = id; override def forward(x: Tensor) = x * two };"
                                + " println(row(own, 3))"))
                .contains("[6.0,12.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void anEstimatorTakesALossOfACell(String master) throws IOException {
        Notebook notebook = notebook(master);
        String path = folder.resolve("regressor-" + master.length()).toString();
        succeed(
                notebook,
                "import io.sparknn.ml._; import io.sparknn.nn.loss._",
                "class Absolute(scale: Double) extends Loss(scale: java.lang.Double) { override def forward(output:"
                        + " Tensor, label: Tensor) = (output - label.unsqueeze(1)).abs().mean(1) * scale }",
                "val table = spark.range(0, 64, 1, 2).selectExpr(\"array(id % 8) as features\", \"id % 8 * 2d as label\")",
                "val regressor = new NeuralNetworkRegressor().setNetwork(new LazyLinear()).setLoss(new"
                        + " Absolute(0.5)).setMaxEpochs(2).setNumWorkers(1)");
        assertThat(succeed(notebook, "println(regressor.fit(table).summary().epochs().size())"))
                .contains("2");
        assertThat(succeed(
                        notebook,
                        "regressor.save(\"" + path + "\"); println(NeuralNetworkRegressor.load(\"" + path
                                + "\").getLoss == new Absolute(0.5))"))
                .contains("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void arithmetic(String master) throws IOException {
        assertThat(succeed(
                        notebook(master),
                        "val a = Tensor.of(1f, 2f)",
                        "println(List(-a, a + a, a - a, a * a, a / a, a * 3f, a + 1, a - 0.5, a / 2).mkString(\" \"))"))
                .contains("[-1, -2] [2, 4] [0, 0] [1, 4] [1, 1] [3, 6] [2, 3] [0.5000, 1.5000] [0.5000, 1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void layersWithParametersAndTheirLazyTwins(String master) throws IOException {
        Notebook notebook = notebook(master);
        succeed(
                notebook,
                """
                class MyLinear(inUnits: Int, units: Int) extends Layer(inUnits: Integer, units: Integer) { override val uid = id
                  val weight = addParameter("weight", Init.ones(), inUnits, units)
                  val bias = addParameter("bias", Init.ones(), units)
                  override def forward(x: Tensor) = (x.matmul(weight) + bias).relu() }
                """,
                "class LazyMyLinear(units: Int) extends LazyLayer[MyLinear](units: Integer) { override val uid = id\n"
                        + "  override def build(input: Shape) = new MyLinear(input.last, units) }");
        assertThat(succeed(notebook, "println(row(new MyLinear(2, 3), 5))")).contains("[16.0,16.0,16.0]");
        assertThat(succeed(
                        notebook,
                        "val fitted: MyLinear = new LazyMyLinear(3).setInputCol(\"features\").fit(df).asInstanceOf[MyLinear];"
                                + " println(fitted)"))
                .contains("MyLinear(2, 3)");
        assertThat(succeed(
                        notebook,
                        "val net = new LazySequential(new LazyMyLinear(3), new Relu, new MyLinear(3, 1))",
                        "val pipeline = new Pipeline().setStages(Array[PipelineStage](net.setInputCol(\"features\")"
                                + ".setOutputCol(\"out\")))",
                        "val model = pipeline.copy(ParamMap.empty).fit(df).copy(ParamMap.empty)",
                        "println(model.transform(df).collect().apply(5).getAs[Vector](\"out\"))"))
                .contains("[49.0]");
        assertThat(succeed(notebook, "fitted.parameter(\"bias\").set(Tensor.of(5f, 6f, 7f)); println(row(fitted, 0))"))
                .contains("[5.0,6.0,7.0]");
    }

    /** Scala 2.12 wants {@code units: Integer}, for it does not box a number that becomes one of any objects. */
    @Test
    @EnabledIf("isScala213")
    void numbersArePassedUpAsTheyAreInScala213() throws IOException {
        assertThat(succeed(
                        notebook(LOCAL),
                        "class Plain(n: Int, l: Long, f: Float, d: Double, b: Boolean) extends Layer(n, l, f, d, b) {"
                                + " override val uid = id; override def forward(x: Tensor) = x * f }",
                        "println(new Plain(1, 2, 3, 4, true).copy(ParamMap.empty))"))
                .contains("Plain(1, 2, 3.0, 4.0, true)");
    }

    static boolean isScala213() {
        return scala.util.Properties.versionNumberString().startsWith("2.13");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void layersUseValuesOfTheirCellAndOthers(String master) throws IOException {
        Notebook notebook = notebook(master);
        succeed(notebook, "val k = 3f; val thread = new Thread(); val session = spark; val data = df");
        assertThat(succeed(
                        notebook,
                        "class UsesK extends Layer { override val uid = id; override def forward(x: Tensor) = x * k }",
                        "println(row(new UsesK, 5))"))
                .contains("[15.0,30.0]");
        assertThat(succeed(
                        notebook,
                        "val other = new Thread(); val context = spark; val rows = df; val k2 = 4f; class UsesK2 extends"
                                + " Layer { override val uid = id; override def forward(x: Tensor) = x * k2 };"
                                + " println(row(new UsesK2, 5))"))
                .contains("[20.0,40.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void argumentsSurviveSavingInTheSameSessionOnly(String master) throws IOException {
        Notebook notebook = notebook(master);
        String path = folder.resolve("scale" + NOTEBOOKS.size()).toString();
        succeed(
                notebook,
                "class Scale(factor: Double) extends Layer(factor: java.lang.Double) { override val uid = id; override"
                        + " def forward(x: Tensor) = x * factor }");
        assertThat(succeed(notebook, "println(row(new Scale(3), 5))")).contains("[15.0,30.0]");
        assertThat(succeed(
                        notebook,
                        "new Scale(3).write.overwrite().save(\"" + path + "\"); val loaded = Layer.load(\"" + path
                                + "\"); println(loaded, row(loaded, 5))"))
                .contains("(Scale(3.0),[15.0,30.0])");
        succeed(
                notebook,
                "val stages = new Pipeline().setStages(Array[PipelineStage](new Scale(4).setInputCol(\"features\")))",
                "stages.write.overwrite().save(\"" + path + "-pipeline\")");
        assertThat(succeed(notebook, "println(Pipeline.load(\"" + path + "-pipeline\").getStages.mkString)"))
                .contains("Scale(4.0)");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(path))
                .withMessageContaining("Scale (a Module), got no such class")
                .withMessageContaining("notebook");
    }

    /** Scala 2.12 shortens the names of classes below many imports, beyond what Spark 3.5 recognises as a cell's. */
    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void aLayerBelowManyImports(String master) throws IOException {
        Notebook notebook = notebook(master);
        String path = folder.resolve("below-" + master.length()).toString();
        for (int i = 0; i < 25; i++) {
            succeed(notebook, "import scala.collection.immutable._", "import java.util.concurrent._");
        }
        assertThat(succeed(
                        notebook,
                        "class Below(n: Int) extends Layer(n: Integer) { override val uid = id; override def forward(x:"
                                + " Tensor) = x * n }",
                        "new Sequential(new Below(3)).save(\"" + path + "\"); println(row(Layer.load(\"" + path
                                + "\"), 5))"))
                .contains("[15.0,30.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, CLUSTER})
    void whatWouldBeLostIsRefused(String master) throws IOException {
        Notebook notebook = notebook(master);
        assertThat(fail(
                        notebook,
                        "class Forgets(factor: Double) extends Layer { override val uid = id; override def forward(x:"
                                + " Tensor) = x * factor }; new Forgets(2)"))
                .contains("Forgets expects all arguments of the constructor (double), in order");
        assertThat(fail(
                        notebook,
                        "def local(q: Float) = { class Local extends Layer { override val uid = id; override def"
                                + " forward(x: Tensor) = x * q }; new Local }; local(2f)"))
                .contains("A class that captures local variables must become a named one");
        assertThat(fail(
                        notebook,
                        "class Hides extends Layer { override val uid = id; val inner = Map(1 -> Seq(new Relu));"
                                + " override def forward(x: Tensor) = x }; new Hides().copy(ParamMap.empty)"))
                .contains("Hides.inner holds a layer that is not registered");
        assertThat(fail(
                        notebook,
                        "class Varies extends Layer { override val uid = id; var n = 1; override def forward(x:"
                                + " Tensor) = x }; new Varies().copy(ParamMap.empty)"))
                .contains("Varies.n would be lost");
    }
}
