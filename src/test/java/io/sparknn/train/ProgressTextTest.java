package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What listeners print of a fit: lines, a bar, HTML. */
@Tag("fast")
final class ProgressTextTest {
    private static final EpochRecord FIRST =
            new EpochRecord(1, 0.5, Double.NaN, Map.of("accuracy", 0.25), 0.001, 12_345.6, 1.25);
    private static final EpochRecord SECOND = new EpochRecord(2, 0.25, 0.375, Map.of(), 0.001, 100, 0.5);

    private static String printed(Function<PrintStream, TrainingListener> made) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TrainingListener listener = made.apply(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        listener.fitStarted(new TrainingStart("fit <1>", 1000, 100, 2, 4, 1234));
        listener.epochEnded(FIRST);
        listener.epochEnded(SECOND);
        listener.fitEnded("no progress & no patience");
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineForEachEpoch() {
        assertThat(printed(out -> new ConsoleProgress(out, false)).lines())
                .containsExactly(
                        "fit <1>: 1,234 parameters, 1,000 rows, 100 for validation, 2 workers",
                        "epoch 1/4, loss 0.5000, accuracy 0.2500, learning rate 0.001000, 12,346 rows/s, 1.25 s",
                        "epoch 2/4, loss 0.2500, validation loss 0.3750, learning rate 0.001000, 100 rows/s, 0.50 s",
                        "no progress & no patience");
    }

    @Test
    void onATerminalOneLineThatIsOverwritten() {
        String printed = printed(out -> new ConsoleProgress(out, true));
        List<String> shown = List.of(printed.split("\r"));
        assertThat(shown).hasSize(3);
        assertThat(shown.get(1)).startsWith("[=====               ] epoch 1/4").doesNotContain("\n");
        assertThat(shown.get(2))
                .startsWith("[==========          ] epoch 2/4")
                .endsWith("no patience" + System.lineSeparator());
        // nothing of a longer line may stay beside a shorter one
        assertThat(shown.get(2).split("\\R", -1)[0])
                .hasSizeGreaterThanOrEqualTo(shown.get(1).length());
    }

    @Test
    void htmlForANotebookMeansWhatItSays() {
        String printed = printed(HtmlProgress::new);
        assertThat(printed.lines().filter(line -> line.startsWith("%html "))).hasSize(1);
        assertThat(printed)
                .contains("fit &lt;1&gt;", "no progress &amp; no patience", "epoch 2/4", "<svg", "</svg>")
                .doesNotContain("<1>", "<script");
    }

    @Test
    void theCurveIsReadOnADarkPageAndOnANarrowOne() {
        String svg = LearningCurve.svg(List.of(FIRST, SECOND), 2);
        assertThat(svg)
                .contains("viewBox=", "max-width:100%")
                .contains("fill=\"currentColor\"", "stroke=\"currentColor\"");
        assertThat(svg).doesNotContainPattern("\"#([0-9a-f])\\1\\1\""); // a grey of our own, as #333
    }

    @Test
    void theCurveHasBothLossesAndTheBestEpoch() {
        String svg = LearningCurve.svg(List.of(FIRST, SECOND), 2);
        // the first epoch at the axis, the lowest loss at the bottom; one point only of validation
        assertThat(svg).contains("points=\"64.0,36.0 468.0,212.0\"", "points=\"468.0,124.0\"", ">best<");
        assertThat(LearningCurve.svg(List.of(FIRST), 0)).doesNotContain("best").contains("0.5000");
        assertThat(LearningCurve.svg(List.of(), 0)).startsWith("<svg").doesNotContain("polyline");
        assertThat(LearningCurve.svg(List.of(FIRST), 0))
                .containsOnlyOnce("0.5000")
                .contains("<circle", ">epoch 1<");
        EpochRecord wild = new EpochRecord(3, Double.NaN, Double.POSITIVE_INFINITY, Map.of(), 1, 1, 1);
        assertThat(LearningCurve.svg(List.of(FIRST, SECOND, wild), 2)).doesNotContain("NaN", "Infinity");
    }
}
