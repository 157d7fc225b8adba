package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.InterpreterResultMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The notes for Zeppelin among the examples: each paragraph runs, in local mode and with executors in a JVM of their own,
 * on rows made up and on files, and Zeppelin reads the intended tables and pages in what they print.
 */
final class NotesTest {
    private static final String LOCAL = "local[2]";
    private static final String CLUSTER = "local-cluster[1,2,1024]";
    private static final Map<String, Notebook> NOTEBOOKS = new HashMap<>();

    /** What each note shows besides text, in order. */
    private static final Map<String, String> SHOWN = Map.of(
            "Layers", "TABLE TABLE HTML HTML TABLE TABLE TABLE",
            "Digits", "TABLE HTML HTML HTML TABLE TABLE HTML",
            "Text", "TABLE TABLE HTML HTML HTML TABLE TABLE TABLE");

    private static final String CANCEL_AFTER_FIRST_CHECKPOINT = """
            { val kept_in = java.nio.file.Path.of(new java.net.URI(checkpoints))
              // a file may go while it is looked at
              def kept = scala.util.Try(java.nio.file.Files.walk(kept_in).anyMatch(
                file => file.getFileName.toString.startsWith("epoch-"))).getOrElse(false)
              val cancel: Runnable = () => { while (!kept) Thread.sleep(10); sc.cancelJobGroup("%s") }
              new Thread(cancel).start() }
            """.formatted(NotebookShell.JOB_GROUP);

    @TempDir
    private static Path folder;

    @AfterAll
    static void closeNotebooks() throws IOException {
        for (Notebook notebook : NOTEBOOKS.values()) {
            notebook.close();
        }
    }

    /** One for all notes, as is Zeppelin's default. */
    private static Notebook zeppelin(String master) throws IOException {
        Notebook known = NOTEBOOKS.get(master);
        if (known == null) {
            known = new Notebook(master, "zeppelin");
            NOTEBOOKS.put(master, known);
        }
        return known;
    }

    static Stream<String> names() {
        return SHOWN.keySet().stream().sorted();
    }

    static Stream<Arguments> mastersAndNames() {
        return Stream.of(LOCAL, CLUSTER).flatMap(master -> names().map(name -> Arguments.of(master, name)));
    }

    @ParameterizedTest
    @MethodSource("mastersAndNames")
    void paragraphsRunOnRowsMadeUp(String master, String name) throws Exception {
        List<InterpreterResultMessage> shown = run(zeppelin(master), name, "");
        switch (name) {
            case "Layers" -> assertThat(column(tables(shown).get(2), 2).sum()).isCloseTo(0, within(0.01));
            case "Digits" -> assertThat(accuracy(shown)).isGreaterThan(0.7);
            default -> assertThat(column(tables(shown).get(2), 1)).allMatch(f1 -> f1 > 0.9);
        }
        if (name.equals("Digits")) {
            assertThat(epochs(pages(shown))).containsExactlyElementsOf(numbers(1, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void paragraphsRunOnFilesAndOnExecutorsOfTheirOwn(String name) throws Exception {
        Path file =
                switch (name) {
                    case "Layers" -> NoteFiles.houses(folder);
                    case "Digits" -> NoteFiles.digits(folder);
                    default -> NoteFiles.messages(folder);
                };
        List<InterpreterResultMessage> shown = run(zeppelin(CLUSTER), name, file.toString());
        assertThat(texts(shown)).doesNotContain("val data: String = \"\"");
        switch (name) {
            case "Layers" -> assertThat(tables(shown).get(3)).contains("\narea\t", "\nrooms\t");
            case "Digits" -> assertThat(accuracy(shown)).isEqualTo(1);
            default -> assertThat(tables(shown).get(0)).contains("ham\t", "spam\t");
        }
    }

    /** {@code -Dsparknn.data} names a folder with mnist/, california_housing.csv and SMSSpamCollection.tsv. */
    @ParameterizedTest
    @ValueSource(strings = {"Layers=california_housing.csv", "Digits=mnist", "Text=SMSSpamCollection.tsv"})
    void paragraphsRunOnRealData(String noteAndFile) throws Exception {
        String[] parts = noteAndFile.split("=", 2);
        Path file = Path.of(System.getProperty("sparknn.data", ""), parts[1]);
        assumeTrue(Files.exists(file), "no -Dsparknn.data=FOLDER with " + parts[1]);
        List<InterpreterResultMessage> shown = run(zeppelin(LOCAL), parts[0], file.toString());
        switch (parts[0]) {
            case "Layers" -> assertThat(tables(shown).get(3)).contains("\nmedian_income\t");
            case "Digits" -> assertThat(accuracy(shown)).isGreaterThan(0.93);
            default -> assertThat(column(tables(shown).get(2), 1)).allMatch(f1 -> f1 > 0.9);
        }
    }

    /** As in spark-shell, where nobody binds z. */
    @Test
    void aCancelledParagraphGoesOnWhereItWasAlsoInSparkShell() throws Exception {
        try (Notebook shell = new Notebook(LOCAL)) {
            succeed(shell, "object z { def show(rows: org.apache.spark.sql.DataFrame) = rows.show() }");
            List<String> after = cancelAndRunAgain(shell);
            assertThat(after).isNotEmpty();
            for (String paragraph : after) {
                succeed(shell, Note.code(paragraph));
            }
        }
    }

    /** Zeppelin asks for jobs by their group as well, for the bar above a running paragraph. */
    @Test
    void aCancelledParagraphGoesOnWhereItWasOnExecutorsOfTheirOwn() throws Exception {
        Notebook notebook = zeppelin(CLUSTER);
        String jobs = "println(sc.statusTracker.getJobIdsForGroup(\"%s\").length)".formatted(NotebookShell.JOB_GROUP);
        int before = number(succeed(notebook, jobs));
        cancelAndRunAgain(notebook);
        assertThat(number(succeed(notebook, jobs))).isGreaterThan(before);
    }

    /** Runs the note to where it trains, which is cancelled as Zeppelin's button does; gives the paragraphs left. */
    private static List<String> cancelAndRunAgain(Notebook notebook) {
        List<String> paragraphs = Note.of("Digits").paragraphs();
        int i = 0;
        for (; !paragraphs.get(i).contains(".fit(train)"); i++) {
            succeed(notebook, Note.code(paragraphs.get(i)));
        }
        String training = Note.code(paragraphs.get(i));
        succeed(notebook, "classifier.setMaxEpochs(60)");
        succeed(notebook, CANCEL_AFTER_FIRST_CHECKPOINT);
        assertThat(notebook.run(training)).startsWith("Error").contains("cancelled");
        List<Integer> epochs = epochs(succeed(notebook, training));
        assertThat(epochs).first().isNotEqualTo(1);
        assertThat(epochs).containsExactlyElementsOf(numbers(epochs.get(0), 60));
        return paragraphs.subList(i + 1, paragraphs.size());
    }

    private static List<Integer> epochs(String printed) {
        return Pattern.compile("epoch (\\d+)/")
                .matcher(printed)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toList());
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().collect(Collectors.toList());
    }

    private static int number(String printed) {
        return Integer.parseInt(printed.strip());
    }

    @ParameterizedTest
    @MethodSource("names")
    void notesCanBeImportedAndHoldNoResultsAndNoPaths(String name) {
        Note note = Note.of(name);
        assertThat(note.json().get("name").asText()).isEqualTo(name);
        assertThat(note.json().get("paragraphs"))
                .allSatisfy(paragraph -> assertThat(paragraph.has("results")).isFalse())
                .extracting(paragraph -> paragraph.get("id").asText())
                .doesNotHaveDuplicates();
        assertThat(note.paragraphs().get(0)).contains("val data = \"\"");
        assertThat(note.json().toString()).doesNotContainPattern("file:/|/(home|root|tmp|work|opt|mnt|Users)/");
    }

    /** Runs all paragraphs; gives what Zeppelin shows of them. */
    private static List<InterpreterResultMessage> run(Notebook notebook, String name, String data) throws Exception {
        List<InterpreterResultMessage> shown = new ArrayList<>();
        for (String paragraph : Note.of(name).paragraphs()) {
            String code = Note.code(data.isEmpty() ? paragraph : Note.with(paragraph, "data", data));
            List<InterpreterResultMessage> messages = Note.shown(succeed(notebook, code));
            for (InterpreterResultMessage message : messages) {
                check(paragraph, message);
            }
            shown.addAll(messages);
        }
        assertThat(shown.stream()
                        .filter(message -> message.getType() != InterpreterResult.Type.TEXT)
                        .map(message -> message.getType().name())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(SHOWN.get(name));
        return shown;
    }

    private static String succeed(Notebook notebook, String code) {
        String answer = notebook.run(code);
        assertThat(answer).as(code).startsWith("Success");
        return answer.substring(answer.indexOf('\n') + 1);
    }

    /** Nothing that the shell says of values may stray into a table or a page. */
    private static void check(String paragraph, InterpreterResultMessage message) throws Exception {
        String data = message.getData();
        if (message.getType() == InterpreterResult.Type.TABLE) {
            List<String> lines = data.lines().filter(line -> !line.isEmpty()).toList();
            int cells = lines.get(0).split("\t", -1).length;
            assertThat(lines)
                    .as(paragraph)
                    .hasSizeGreaterThan(1)
                    .allMatch(line -> line.split("\t", -1).length == cells);
        } else if (message.getType() == InterpreterResult.Type.HTML) {
            assertThat(data.strip()).as(paragraph).startsWith("<").endsWith(">");
            NoteFiles.parse("<page>" + data + "</page>");
        }
    }

    private static List<String> tables(List<InterpreterResultMessage> shown) {
        return shown.stream()
                .filter(message -> message.getType() == InterpreterResult.Type.TABLE)
                .map(InterpreterResultMessage::getData)
                .toList();
    }

    private static String pages(List<InterpreterResultMessage> shown) {
        return shown.stream()
                .filter(message -> message.getType() == InterpreterResult.Type.HTML)
                .map(InterpreterResultMessage::getData)
                .collect(Collectors.joining("\n"));
    }

    private static String texts(List<InterpreterResultMessage> shown) {
        return shown.stream()
                .filter(message -> message.getType() == InterpreterResult.Type.TEXT)
                .map(InterpreterResultMessage::getData)
                .collect(Collectors.joining("\n"));
    }

    private static DoubleStream column(String table, int index) {
        return table.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .mapToDouble(line -> Double.parseDouble(line.split("\t", -1)[index]));
    }

    private static double accuracy(List<InterpreterResultMessage> shown) {
        Matcher accuracy = Pattern.compile("(?m)^accuracy (\\S+)").matcher(texts(shown));
        assertThat(accuracy.find()).isTrue();
        return Double.parseDouble(accuracy.group(1));
    }
}
