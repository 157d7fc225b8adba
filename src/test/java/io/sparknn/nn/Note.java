package io.sparknn.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.zeppelin.interpreter.InterpreterOutput;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.InterpreterResultMessage;

/** A note of Zeppelin's among the examples: its paragraphs, and what Zeppelin shows of what they print. */
final class Note {
    private static final Pattern INTERPRETER = Pattern.compile("%([a-z.]+)\\s+");

    private final JsonNode json;

    private Note(JsonNode json) {
        this.json = json;
    }

    static Path folder() {
        Path here = Path.of("examples", "notebooks").toAbsolutePath();
        return Files.exists(here)
                ? here
                : Path.of("..", "examples", "notebooks").toAbsolutePath();
    }

    /** The note of that name; files are called as Zeppelin calls them, NAME_ID.zpln. */
    static Note of(String name) {
        try (Stream<Path> files = Files.list(folder())) {
            Path file = files.filter(path -> path.getFileName().toString().startsWith(name + "_"))
                    .findFirst()
                    .orElseThrow();
            return new Note(new ObjectMapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        return json;
    }

    /** Scala code and SQL, in order, without prose. */
    List<String> paragraphs() {
        return StreamSupport.stream(json.get("paragraphs").spliterator(), false)
                .map(paragraph -> paragraph.get("text").asText())
                .filter(text -> !interpreter(text).equals("md"))
                .collect(Collectors.toList());
    }

    private static String interpreter(String text) {
        Matcher name = INTERPRETER.matcher(text);
        if (!name.lookingAt()) {
            throw new AssertionError("a paragraph that names no interpreter: " + text);
        }
        return name.group(1);
    }

    /** The paragraph as Scala: SQL is shown as a table. */
    static String code(String paragraph) {
        String code = INTERPRETER.matcher(paragraph).replaceFirst("");
        return switch (interpreter(paragraph)) {
            case "spark" -> code;
            case "spark.sql" -> "z.show(spark.sql(\"\"\"" + code + "\"\"\"))";
            default -> throw new AssertionError("no interpreter of Spark: " + paragraph);
        };
    }

    /** The paragraph with which a variable of the note is set, as a user would. */
    static String with(String paragraph, String variable, String value) {
        return paragraph.replaceFirst(
                "val " + variable + " = .*", Matcher.quoteReplacement("val " + variable + " = \"" + value + "\""));
    }

    /** What Zeppelin makes of what a paragraph printed. */
    static List<InterpreterResultMessage> shown(String printed) throws IOException {
        try (InterpreterOutput output = new InterpreterOutput()) {
            output.write(printed);
            output.flush();
            return output.toInterpreterResultMessage().stream()
                    .filter(message -> message.getType() != InterpreterResult.Type.TEXT
                            || !message.getData().isBlank())
                    .collect(Collectors.toList());
        }
    }
}
