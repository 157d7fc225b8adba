package io.sparknn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README and the pages of {@code docs} show compiles and runs. A block of Java is either classes, which all blocks share, or statements,
 * which run with what {@link Surroundings} offers. Public for the sake of the blocks, which extend that.
 */
public final class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^public final class ", Pattern.MULTILINE);

    private static final String HEADER = """
            package io.sparknn.readme;
            import io.sparknn.ml.*;
            import io.sparknn.nn.Init;
            import io.sparknn.nn.Layer;
            import io.sparknn.nn.LazyLayer;
            import io.sparknn.nn.LazySequential;
            import io.sparknn.nn.Module;
            import io.sparknn.nn.Parameter;
            import io.sparknn.nn.Sequential;
            import io.sparknn.nn.layers.*;
            import io.sparknn.nn.loss.*;
            import io.sparknn.onnx.Onnx;
            import io.sparknn.optim.*;
            import io.sparknn.serve.Predictor;
            import io.sparknn.tensor.Pass;
            import io.sparknn.tensor.Shape;
            import io.sparknn.tensor.Tensor;
            import org.apache.spark.ml.Pipeline;
            import org.apache.spark.ml.PipelineModel;
            import org.apache.spark.ml.PipelineStage;
            import org.apache.spark.ml.classification.LogisticRegression;
            import org.apache.spark.ml.param.IntParam;
            import org.apache.spark.ml.param.ParamMap;
            import org.apache.spark.ml.tuning.ParamGridBuilder;
            import org.apache.spark.sql.Dataset;
            import org.apache.spark.sql.Row;
            import org.apache.spark.sql.SparkSession;
            """;

    private static final List<String> BLOCKS = new ArrayList<>();

    @TempDir
    private static Path classes;

    @TempDir
    private static Path saved;

    /** What blocks of statements find; protected, so that a block may have a variable of the same name. */
    public abstract static class Surroundings {
        /** A session. */
        protected SparkSession spark;

        /** Rows with a column features of 20 numbers. */
        protected Dataset<Row> df;

        /** A directory to save in, where the README has one of /tmp. */
        protected String directory;

        /** The block. */
        protected abstract void run() throws Exception;
    }

    @BeforeAll
    static void compile() throws IOException {
        Matcher blocks = BLOCK.matcher(text());
        StringBuilder layers = new StringBuilder(HEADER);
        List<JavaFileObject> sources = new ArrayList<>();
        while (blocks.find()) {
            String block = blocks.group(1).replace("\"/tmp/spark-nn/", "directory + \"/");
            if (CLASS.matcher(block).find()) {
                layers.append(CLASS.matcher(block).replaceAll("final class "));
            } else {
                String name = "Block" + BLOCKS.size();
                BLOCKS.add("io.sparknn.readme." + name);
                sources.add(source(
                        name,
                        HEADER + "public final class " + name + " extends io.sparknn.ReadmeTest.Surroundings {\n"
                                + "@Override protected void run() throws Exception {\n" + block + "}}\n"));
            }
        }
        sources.add(source("Layers", layers.toString()));
        StringWriter errors = new StringWriter();
        boolean compiles = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        errors,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        sources)
                .call();
        assertThat(compiles).as("%s", errors).isTrue();
    }

    /** The README and the pages of {@code docs}. */
    private static String text() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("spark-nn")) ? here : here.getParent();
        StringBuilder text = new StringBuilder(Files.readString(root.resolve("README.md")));
        try (Stream<Path> pages = Files.list(root.resolve("docs"))) {
            for (Path page : pages.sorted().collect(Collectors.toList())) {
                text.append(Files.readString(page));
            }
        }
        return text.toString();
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///io/sparknn/readme/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    @Test
    void holdsBlocksOfJava() {
        assertThat(BLOCKS).hasSizeGreaterThan(5);
    }

    @Test
    void runsWhatItShows() throws Exception {
        SparkSession spark = SharedSpark.session();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            for (String name : BLOCKS) {
                Surroundings block = (Surroundings)
                        loader.loadClass(name).getDeclaredConstructor().newInstance();
                block.spark = spark;
                block.df = spark.range(0, 100, 1, 3)
                        .selectExpr("transform(sequence(1, 20), i -> sin(id * i)) as features");
                block.directory =
                        Files.createDirectory(saved.resolve(name)).toUri().toString();
                block.run();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
