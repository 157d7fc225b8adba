package io.sparknn.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

@Tag("fast")
final class ReportTest {
    private static final Comparison MET = Comparison.of("fast", "work & <more>", "\"them\"", Target.speed(2))
            .measured(new Pairs(new double[] {1, 1, 2}, new double[] {5, 3, 8}), 1000);
    private static final Comparison MISSED = Comparison.of("slow", "more work", "them", Target.time(1.5))
            .measured(new Pairs(new double[] {4, 4}, new double[] {2, 1}), 1)
            .noted("a reason");
    private static final Comparison SKIPPED =
            Comparison.of("absent", "no work", "nobody", Target.secondsMore(1)).skipped("no torch");
    private static final Report REPORT = new Report(Map.of("machine", "one & only"), List.of(MET, MISSED, SKIPPED));

    @TempDir
    private Path folder;

    @Test
    void jsonHoldsEachLineWithItsValue() throws IOException {
        Path file = folder.resolve("report.json");
        REPORT.write(file);
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertThat(root.get("machine").get("machine").asText()).isEqualTo("one & only");
        assertThat(root.get("rows")).hasSize(3);
        JsonNode first = root.get("rows").get(0);
        assertThat(first.get("value").get("median").asDouble()).isEqualTo(4);
        assertThat(first.get("value").get("min").asDouble()).isEqualTo(3);
        assertThat(first.get("value").get("max").asDouble()).isEqualTo(5);
        assertThat(first.get("outcome").asText()).isEqualTo("met");
        assertThat(first.get("oursSeconds")).hasSize(3);
        assertThat(root.get("rows").get(1).get("outcome").asText()).isEqualTo("missed");
        assertThat(root.get("rows").get(2).get("note").asText()).isEqualTo("skipped: no torch");
        assertThat(root.get("rows").get(2).has("value")).isFalse();
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Path one = folder.resolve("one.json");
        Path two = folder.resolve("two.json");
        REPORT.write(one);
        Report read = Report.read(one);
        read.write(two);
        assertThat(two).hasSameTextualContentAs(one);
        assertThat(read.lines()).hasSize(3);
        assertThat(read.lines().get(2).outcome()).isEqualTo("skipped");
    }

    @Test
    void aMeasurementHeldAgainstAnotherTargetKeepsItsValues() {
        Comparison judged = MET.judged("other", "other work", Target.speed(5));
        assertThat(judged.values()).isEqualTo(MET.values());
        assertThat(judged.outcome()).isEqualTo("missed");
        assertThat(judged.name()).isEqualTo("other");
    }

    @Test
    void aNoteSaysWhereTheTimeWent() {
        String summary = Profile.summary(Map.of("Kernel.tile", 6, "Blocks.read", 3, "Row.get", 3));
        assertThat(summary)
                .isEqualTo("of 12 samples of ours 50 % in Kernel.tile, 25 % in Blocks.read, 25 % in Row.get");
        assertThat(MISSED.explained(summary).note()).isEqualTo("a reason; " + summary);
        assertThat(MET.explained(summary).note()).isEqualTo(summary);
        assertThat(MET.explained(Profile.summary(Map.of())).note()).isEmpty();
        assertThat(List.of(MET.isMissed(), MISSED.isMissed(), SKIPPED.isMissed()))
                .containsExactly(false, true, false);
    }

    @Test
    void theChartIsXmlWithABarAndAValueForEachLineThatWasMeasured() throws Exception {
        Document chart = parse(new BarChart(REPORT).svg());
        NodeList bars = chart.getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(2);
        NodeList values = chart.getElementsByTagName("tspan");
        assertThat(values.item(0).getTextContent()).isEqualTo("4.00 ×");
        assertThat(values.item(1).getTextContent()).isEqualTo("3.00 ×");
        assertThat(chart.getDocumentElement().getTextContent())
                .contains("work & <more>", "against them", "(≤ 1.5 × the time)", "one & only")
                .doesNotContain("no work");
        double target = Double.parseDouble(attribute(chart.getElementsByTagName("line"), 3, "x1"));
        assertThat(end(bars, 0)).isGreaterThan(target); // twice the target
        assertThat(end(bars, 1)).isLessThan(target); // half of it
        assertThat(attribute(bars, 0, "fill")).isNotEqualTo(attribute(bars, 1, "fill"));
    }

    @Test
    void valuesBeyondTheScaleEndWithinTheChart() throws Exception {
        Comparison best = Comparison.of("best", "work", "them", Target.speed(1))
                .measured(new Pairs(new double[] {1}, new double[] {1e6}), 1);
        Comparison worst = Comparison.of("worst", "work", "them", Target.secondsMore(1))
                .measured(new Pairs(new double[] {1e6}, new double[] {1}), 1);
        Document chart = parse(new BarChart(new Report(Map.of(), List.of(best, worst))).svg());
        NodeList bars = chart.getElementsByTagName("rect");
        assertThat(end(bars, 0)).isLessThan(960);
        assertThat(Double.parseDouble(attribute(bars, 1, "width"))).isPositive();
    }

    @Test
    void theReadmeKeepsWhatIsAroundTheTable() throws IOException {
        Path file = folder.resolve("README.md");
        Files.writeString(file, "before\n" + Readme.BEGIN + "old\n" + Readme.END + "after\n");
        Readme.update(file, REPORT, folder.resolve("docs/chart.svg").toString());
        String once = Files.readString(file);
        assertThat(once)
                .startsWith("before\n" + Readme.BEGIN)
                .endsWith(Readme.END + "after\n")
                .contains(
                        "](docs/chart.svg)",
                        "| ≥ 2 × as fast | 4.00 ×, 3.00 × to 5.00 × |",
                        "| 3.00 × (missed), ",
                        "skipped")
                .doesNotContain("old");
        Readme.update(file, REPORT, folder.resolve("docs/chart.svg").toString());
        assertThat(file).hasContent(once);
    }

    @Test
    void aReadmeWithoutAPlaceForTheTableIsRefused() throws IOException {
        Path file = folder.resolve("README.md");
        Files.writeString(file, "text\n");
        assertThatThrownBy(() -> Readme.update(file, REPORT, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Readme.BEGIN);
        assertThat(file).hasContent("text\n");
    }

    private static double end(NodeList bars, int bar) {
        return Double.parseDouble(attribute(bars, bar, "x")) + Double.parseDouble(attribute(bars, bar, "width"));
    }

    private static String attribute(NodeList elements, int element, String name) {
        return elements.item(element).getAttributes().getNamedItem(name).getTextContent();
    }

    private static Document parse(String xml) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
