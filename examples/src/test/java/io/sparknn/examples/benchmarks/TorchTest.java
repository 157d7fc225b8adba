package io.sparknn.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
final class TorchTest {
    @TempDir
    private Path folder;

    @Test
    void aCommandThatIsNotThereHasNoTorch() throws IOException {
        try (Torch torch = Torch.start(folder.resolve("nothing").toString())) {
            assertThat(torch.missing()).isEqualTo("no torch");
            assertThat(torch.description()).containsEntry("PyTorch", "no torch");
        }
    }

    @Test
    void aPythonWithoutPyTorchHasNoTorch() throws IOException {
        try (Torch torch = Torch.start(python("echo '{\"missing\": \"no torch\"}'"))) {
            assertThat(torch.missing()).isEqualTo("no torch");
        }
    }

    @Test
    void roundsAreAskedForByWorkAndRows() throws IOException {
        String answers = """
                printf '%s\\n' '{"torch": "9", "threads": 1, "blas": ["libblas"], "config": "BLAS_INFO  =\\n generic"}'
                echo "Core: Abacus" >&2
                while read work rows; do echo "{\\"seconds\\": $rows.5, \\"work\\": \\"$work\\"}"; done
                """;
        try (Torch torch = Torch.start(python(answers))) {
            assertThat(torch.missing()).isNull();
            assertThat(torch.seconds("mlp", 7)).isEqualTo(7.5);
            assertThat(torch.seconds("cnn", 8)).isEqualTo(8.5);
            assertThat(torch.description())
                    .containsEntry("PyTorch", "9, threads 1")
                    .containsEntry("PyTorch's BLAS", "[\"libblas\"] Core: Abacus")
                    .containsEntry("PyTorch's build", "BLAS_INFO = generic");
        }
    }

    @Test
    void whatItDiesOfIsTold() throws IOException {
        String dies = "echo '{\"torch\": \"9\"}'; read line; echo 'out of memory' >&2";
        try (Torch torch = Torch.start(python(dies))) {
            assertThatThrownBy(() -> torch.seconds("mlp", 7))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("mlp")
                    .hasMessageContaining("out of memory");
        }
    }

    /** A command that does not read the script it is given. */
    private String python(String shell) throws IOException {
        Path command = folder.resolve("python");
        Files.writeString(command, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return command.toString();
    }
}
