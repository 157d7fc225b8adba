package io.sparknn.nn;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A notebook in a JVM of its own, with its Spark session; see {@link NotebookShell}. */
final class Notebook implements AutoCloseable {
    private final Process process;
    private final DataOutputStream cells;
    private final DataInputStream printed;

    Notebook(String... arguments) throws IOException {
        String name = String.join("-", arguments).replaceAll("\\W+", "-");
        process = ChildJvm.of(NotebookShell.class, arguments)
                .redirectError(new File("target", "notebook-" + name + ".log"))
                .start();
        cells = new DataOutputStream(process.getOutputStream());
        printed = new DataInputStream(process.getInputStream());
    }

    /** Runs a cell; gives {@code Success} or {@code Error} and, from the next line on, what it printed. */
    String run(String cell) {
        try {
            cells.writeUTF(cell);
            cells.flush();
            return new String(printed.readNBytes(printed.readInt()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        cells.close();
        boolean ended = false;
        try {
            ended = process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
