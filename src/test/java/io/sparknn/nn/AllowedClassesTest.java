package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.Linear;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.example.nets.Doubled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting that says which classes saved files may name. */
final class AllowedClassesTest {
    private static final String OTHERS = "com.acme.";

    private final SparkSession spark = SharedSpark.session();

    @TempDir
    private Path folder;

    /** Writes down the names it is asked for. */
    private static final class Noting extends ClassLoader {
        private final List<String> names = new ArrayList<>();

        Noting(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            names.add(name);
            return super.loadClass(name, resolve);
        }
    }

    @BeforeEach
    @AfterEach
    void forget() {
        spark.conf().unset(AllowedClasses.SETTING);
        spark.sparkContext().conf().remove(AllowedClasses.SETTING);
    }

    private void allow(String setting) {
        spark.conf().set(AllowedClasses.SETTING, setting);
    }

    private String save(Layer layer) throws IOException {
        String path = folder.resolve("net").toString();
        layer.write().overwrite().save(path);
        return path;
    }

    private static List<String> namesLoadedBy(Supplier<?> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Noting noting = new Noting(before);
        thread.setContextClassLoader(noting);
        try {
            action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
        return noting.names;
    }

    @Test
    void everyClassIsAllowedUnlessSaidOtherwise() throws IOException {
        String path = save(new Sequential(new Linear(2, 2), new Doubled()));
        assertThat(Sequential.load(path).layer(1)).isInstanceOf(Doubled.class);
        assertThat(namesLoadedBy(() -> Sequential.load(path))).contains(Doubled.class.getName());
    }

    @Test
    void aClassThatIsNotAllowedIsNotEvenLoaded() throws IOException {
        String path = save(new Sequential(new Linear(2, 2), new Doubled()));
        allow(OTHERS);
        List<String> names = namesLoadedBy(() -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sequential.load(path))
                    .withMessageContaining("spark.sparknn.allowedClasses = \"com.acme.\"")
                    .withMessageContaining("got org.example.nets.Doubled")
                    .withMessageContaining("if you trust it, add it");
            return null;
        });
        assertThat(names).contains(Sequential.class.getName()).doesNotContain(Doubled.class.getName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.nets.",
                "org.",
                "org.example.nets.Doubled",
                "com.acme., org.example.nets.Doubled ,com.other.Net"
            })
    void packagesAndClassesAreAllowed(String setting) throws IOException {
        String path = save(new Sequential(new Doubled(Doubled.Sign.TURNED)));
        allow(setting);
        assertThat(Sequential.load(path).layer(0)).hasToString("Doubled(TURNED)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ".", "org.example.nets", "org.example.nets.Double", "org.example.net", "*"})
    void whatOnlyLooksAlikeIsNotAllowed(String setting) throws IOException {
        String path = save(new Doubled());
        allow(setting);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(path))
                .withMessageContaining("got org.example.nets.Doubled");
    }

    @Test
    void theLibrarysOwnLayersAreAlwaysAllowed() throws IOException {
        String path = save(new Sequential(new Linear(2, 3)));
        allow("");
        assertThat(Sequential.load(path).layer(0)).hasToString("Linear(2, 3)");
    }

    @Test
    void classesOfArgumentsCountAsWell() {
        allow(OTHERS);
        for (String json : List.of(
                "{\"enum\":[\"org.example.nets.Doubled$Sign\",\"KEPT\"]}",
                "{\"array\":[\"org.example.nets.Doubled\",[]]}",
                "{\"array\":[\"[[Lorg.example.nets.Doubled;\",[]]}",
                "{\"init\":{\"class\":\"org.example.nets.Doubled\",\"arguments\":[]}}",
                "{\"configured\":{\"class\":\"org.example.nets.Doubled\",\"arguments\":[]}}")) {
            assertThatIllegalArgumentException()
                    .as(json)
                    .isThrownBy(() -> Arguments.decode(io.sparknn.format.Json.parse(json), reference -> null))
                    .withMessageContaining("\"com.acme.\" allows, got org.example.nets.Doubled");
        }
    }

    /** Plain types, of which arrays among the arguments are. */
    @Test
    void arraysOfTheJdksTypesNeedNoLeave() throws IOException {
        allow("");
        for (String type : List.of("int", "java.lang.String", "[I", "[Ljava.lang.String;")) {
            Object array = Arguments.decode(
                    io.sparknn.format.Json.parse("{\"array\":[\"" + type + "\",[]]}"), reference -> null);
            assertThat(array.getClass().getComponentType().getName()).isEqualTo(type);
        }
    }

    @Test
    void aSessionCannotAllowWhatTheApplicationDoesNot() throws IOException {
        String path = save(new Doubled());
        spark.sparkContext().conf().set(AllowedClasses.SETTING, OTHERS);
        allow("org.example.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(path))
                .withMessageContaining("\"com.acme.\" allows, got org.example.nets.Doubled");
        spark.sparkContext().conf().set(AllowedClasses.SETTING, "com.acme.,org.example.");
        assertThat(Layer.load(path)).isInstanceOf(Doubled.class);
    }

    /** The setting is about files: what the application made itself goes to executors and back. */
    @Test
    void whatTheApplicationMadeTravelsAllTheSame() throws IOException, ClassNotFoundException {
        allow("");
        Dataset<Row> rows = spark.range(4).selectExpr("array(double(id), 1d) as features");
        Layer layer = new Sequential(new Doubled()).setInputCol("features").setOutputCol("out");
        assertThat(layer.transform(rows).filter("out is not null").count()).isEqualTo(4);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(layer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Sequential) in.readObject()).layer(0)).isInstanceOf(Doubled.class);
        }
    }
}
