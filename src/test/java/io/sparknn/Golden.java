package io.sparknn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.format.Json;
import io.sparknn.format.Safetensors;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A reference case computed by PyTorch: one file of {@code src/test/resources/golden}, described in the README there. */
public final class Golden {
    private static final double RELATIVE = 1e-4;
    private static final double ABSOLUTE = 1e-5;

    private final String name;
    private final Safetensors file;

    private Golden(String name, Safetensors file) {
        this.name = name;
        this.file = file;
    }

    /** The case of a name such as {@code act_elu}. */
    public static Golden load(String name) {
        String resource = "/golden/" + name + ".safetensors";
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new Golden(name, Safetensors.read(in, -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all cases that begin with one of the prefixes, sorted. */
    public static List<String> names(String... prefixes) {
        try {
            URI folder = Golden.class.getResource("/golden").toURI();
            if ("jar".equals(folder.getScheme())) {
                try (var jar = FileSystems.newFileSystem(folder, Map.of())) {
                    return names(jar.getPath("/golden"), prefixes);
                }
            }
            return names(Path.of(folder), prefixes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Path folder, String... prefixes) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file ->
                            file.endsWith(".safetensors") && Stream.of(prefixes).anyMatch(file::startsWith))
                    .map(file -> file.substring(0, file.length() - ".safetensors".length()))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    /** What PyTorch calls the layer, such as {@code ELU}. */
    public String layer() {
        return file.metadata().get("layer");
    }

    /** The arguments of the layer's constructor: Long, Double, Boolean, String, lists. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> args() {
        try {
            return (Map<String, Object>) Json.parse(file.metadata().get("args"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the layer was in training mode. */
    public boolean training() {
        return "train".equals(file.metadata().get("mode"));
    }

    /** Whether there is a tensor of that name. */
    public boolean has(String tensor) {
        return file.names().contains(tensor);
    }

    /** The names of all tensors, in the order of the file. */
    public List<String> tensors() {
        return List.copyOf(file.names());
    }

    /** The names of all parameters, without {@code param.}, in the order of the file. */
    public List<String> parameters() {
        return file.names().stream()
                .filter(tensor -> tensor.startsWith("param."))
                .map(tensor -> tensor.substring("param.".length()))
                .collect(Collectors.toList());
    }

    /** A tensor by its name in the file. */
    public Tensor tensor(String tensor) {
        return Tensor.of(file.values(tensor), file.shape(tensor));
    }

    /** The only input. */
    public Tensor input() {
        return tensor("input");
    }

    /** One of several inputs. */
    public Tensor input(int i) {
        return tensor("input." + i);
    }

    /** A parameter before the call. */
    public Tensor parameter(String parameter) {
        return tensor("param." + parameter);
    }

    /** The only output. */
    public Tensor output() {
        return tensor("output");
    }

    /** The gradient of the output. */
    public Tensor gradOutput() {
        return tensor("grad_output");
    }

    /** Fails unless the tensor is the one of that name in the file, up to rounding. */
    public void check(String tensor, Tensor actual) {
        check(tensor, actual, RELATIVE, ABSOLUTE);
    }

    /** Fails unless the tensor is the one of that name in the file, up to the given errors. */
    public void check(String tensor, Tensor actual, double relative, double absolute) {
        String what = tensor + " of " + name;
        assertThat(actual).as(what).isNotNull();
        assertThat(actual.shape()).as("shape of " + what).isEqualTo(file.shape(tensor));
        float[] expected = file.values(tensor);
        float[] values = actual.toArray();
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs((double) values[i] - expected[i]);
            assertThat(error <= absolute + relative * Math.abs(expected[i]))
                    .as("%s[%d]: %s instead of %s", what, i, values[i], expected[i])
                    .isTrue();
        }
    }
}
