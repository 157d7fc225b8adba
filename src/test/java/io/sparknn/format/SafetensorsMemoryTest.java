package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small files that claim to be large. */
@Tag("fast")
class SafetensorsMemoryTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("greedyFiles")
    void takesNoMemoryForWhatAFileOnlyClaims(String claim, byte[] file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertRefused(file); // loads the classes

        long before = threads.getCurrentThreadAllocatedBytes();
        assertRefused(file);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000_000);
    }

    static Stream<Arguments> greedyFiles() {
        byte[] braces = "{}".getBytes(StandardCharsets.UTF_8);
        String huge = RawFile.entry("F64", "[2000000000]", 0, 16_000_000_000L);
        String many = LongStream.range(0, 100)
                .mapToObj(index -> "\"" + index + "\":" + gigabytes(index))
                .collect(Collectors.joining(",", "{", "}"));
        return Stream.of(
                arguments("a header of 100 MB", RawFile.of(100_000_000, braces, new byte[0])),
                arguments("a tensor of 16 GB", RawFile.of(huge, 1, 2, 3)),
                arguments("a hundred tensors of 2 GB", RawFile.of(many, 1, 2, 3)));
    }

    private static String gigabytes(long index) {
        return RawFile.fields("U8", "[2000000000]", index * 2_000_000_000L, (index + 1) * 2_000_000_000L);
    }

    private static void assertRefused(byte[] file) {
        assertThat(catchThrowableOfType(FormatException.class, () -> Safetensors.read(file)))
                .isNotNull();
        assertThat(catchThrowableOfType(FormatException.class, () -> Safetensors.read(RawFile.trickle(file), -1)))
                .isNotNull();
    }

    @Test
    void messagesQuoteNamesShortenedAndWithoutControlCharacters() {
        String name = "\\u001b[31m\\n" + "x".repeat(10_000);

        FormatException refused =
                catchThrowableOfType(FormatException.class, () -> Safetensors.read(RawFile.of("{\"" + name + "\":7}")));

        assertThat(refused)
                .hasMessageStartingWith("tensor \"?[31m?xxx")
                .message()
                .hasSizeLessThan(200);
    }
}
