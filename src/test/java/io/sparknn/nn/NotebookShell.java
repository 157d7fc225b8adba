package io.sparknn.nn;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;

/**
 * A process that runs notebook cells in Scala's shell as Zeppelin does: each cell becomes a class, which executors fetch
 * from the driver. Reads cells from its standard input and writes what they print, each with its length before it.
 *
 * <p>Scala 2.12 and 2.13 construct the shell differently, hence the reflection.
 */
public final class NotebookShell {
    /** The jobs of a running cell. */
    static final String JOB_GROUP = "cell";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(printed, true, StandardCharsets.UTF_8);
    private final IMain shell;

    private NotebookShell(File classes) throws ReflectiveOperationException {
        Settings settings = new Settings();
        settings.processArguments(list("-Yrepl-class-based", "-Yrepl-outdir", classes.getPath()), true);
        settings.classpath().tryToSet(list(System.getProperty("java.class.path")));
        shell = shell(settings);
        IMain.class.getMethod(initializer()).invoke(shell);
        Thread.currentThread().setContextClassLoader((ClassLoader)
                IMain.class.getMethod("classLoader").invoke(shell));
    }

    /**
     * Serves one notebook.
     *
     * @param arguments Spark's master; and {@code zeppelin} for what Zeppelin binds and imports, else as spark-shell
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        Path classes = Files.createTempDirectory("notebook");
        NotebookShell notebook = new NotebookShell(classes.toFile());
        SparkSession spark = SparkSession.builder()
                .master(arguments[0])
                .appName("notebook")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.repl.class.outputDir", classes.toString())
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        notebook.welcome(spark, arguments.length > 1);
        try {
            while (true) {
                String cell = in.readUTF();
                // of the thread, as Zeppelin does before each paragraph: by this name it is cancelled
                spark.sparkContext().setJobGroup(JOB_GROUP, "a cell", false);
                byte[] answer = notebook.run(cell).getBytes(StandardCharsets.UTF_8);
                out.writeInt(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (EOFException e) {
            spark.stop();
        }
        System.exit(0); // Scala's shell leaves threads behind
    }

    private void welcome(SparkSession spark, boolean isZeppelin) throws ReflectiveOperationException {
        bind("spark", SparkSession.class.getName(), spark);
        bind("sc", SparkContext.class.getName(), spark.sparkContext());
        run("import org.apache.spark.SparkContext._");
        run("import spark.implicits._");
        run("import spark.sql");
        if (isZeppelin) {
            bind("z", ZeppelinTables.class.getName(), new ZeppelinTables());
            run("import org.apache.spark.sql.functions._");
        }
    }

    private String run(String cell) {
        printed.reset();
        Object result = scala.Console.withOut(printed, new scala.runtime.AbstractFunction0<Object>() {
            @Override
            public Object apply() {
                return shell.interpret(cell);
            }
        });
        writer.flush();
        return result + "\n" + printed.toString(StandardCharsets.UTF_8);
    }

    private IMain shell(Settings settings) throws ReflectiveOperationException {
        Class<?> reporter;
        try {
            reporter = Class.forName("scala.tools.nsc.interpreter.shell.ReplReporterImpl");
        } catch (ClassNotFoundException e) {
            return IMain.class.getConstructor(Settings.class, PrintWriter.class).newInstance(settings, writer);
        }
        Object reports =
                reporter.getConstructor(Settings.class, PrintWriter.class).newInstance(settings, writer);
        for (Constructor<?> constructor : IMain.class.getConstructors()) {
            Class<?>[] types = constructor.getParameterTypes();
            if (types.length == 2 && types[0] == Settings.class && types[1].isAssignableFrom(reporter)) {
                return (IMain) constructor.newInstance(settings, reports);
            }
        }
        throw new NoSuchMethodException("a constructor of IMain");
    }

    private static String initializer() {
        return Arrays.stream(IMain.class.getMethods()).anyMatch(m -> m.getName().equals("initializeCompiler"))
                ? "initializeCompiler"
                : "initializeSynchronous";
    }

    private void bind(String name, String type, Object value) throws ReflectiveOperationException {
        for (Method method : IMain.class.getMethods()) {
            if (method.getName().equals("bind")
                    && method.getParameterCount() == 4
                    && method.getParameterTypes()[1] == String.class) {
                method.invoke(shell, name, type, value, list("@transient"));
                return;
            }
        }
        throw new InvocationTargetException(null, "a bind of four arguments");
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(String... elements) {
        List<Object> list = (List<Object>) (List<?>) List$.MODULE$.empty();
        for (int i = elements.length - 1; i >= 0; i--) {
            list = list.$colon$colon(elements[i]);
        }
        return (List<T>) list;
    }
}
