package io.sparknn.nn;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Small files of the kinds that the notes read. */
final class NoteFiles {
    private static final int DIGITS = 600;

    private NoteFiles() {}

    /** Columns of numbers, one of text, a missing number, and a price. */
    static Path houses(Path folder) throws IOException {
        String lines = IntStream.range(0, 300)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%d,%.1f,%d,%s",
                        i % 7,
                        20 + i * 37 % 101 / 10.0,
                        1000 * (i % 7) + i * 37 % 101,
                        i % 2 == 0 ? "BAY" : "INLAND"))
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("houses.csv"), "rooms,area,Price,place\n" + lines + "\n,1.5,900,BAY\n");
    }

    /** Tab-separated messages with a quote among them. */
    static Path messages(Path folder) throws IOException {
        String lines = IntStream.range(0, 300)
                .mapToObj(i -> i % 4 == 0
                        ? "spam\tWin \"cash\" now! Call 0800" + " free".repeat(i % 9)
                        : "ham\tsee you" + " later".repeat(i % 13))
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("messages.tsv"), "Label\tSMS\n" + lines + "\n");
    }

    /** Images with a white line, whose place is the digit, zipped; the labels are not. */
    static Path digits(Path folder) throws IOException {
        Path digits = Files.createDirectories(folder.resolve("digits"));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (DataOutputStream images = new DataOutputStream(new GZIPOutputStream(zipped))) {
            header(images, DIGITS, 28, 28);
            for (int i = 0; i < DIGITS; i++) {
                for (int pixel = 0; pixel < 28 * 28; pixel++) {
                    images.write(pixel / 28 == 2 * digit(i) + 4 ? 255 : i % 7);
                }
            }
        }
        Files.write(digits.resolve("t10k-images-idx3-ubyte.gz"), zipped.toByteArray());
        try (DataOutputStream labels =
                new DataOutputStream(Files.newOutputStream(digits.resolve("t10k-labels-idx1-ubyte")))) {
            header(labels, DIGITS);
            for (int i = 0; i < DIGITS; i++) {
                labels.write(digit(i));
            }
        }
        return digits;
    }

    private static int digit(int index) {
        return index * 7 % 10;
    }

    private static void header(DataOutputStream out, int... sizes) throws IOException {
        out.writeInt(8 << 8 | sizes.length);
        for (int size : sizes) {
            out.writeInt(size);
        }
    }

    /** Fails unless all that is opened is closed, as in pages that a notebook puts into its own. */
    static void parse(String page) throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
