package io.sparknn.train.rows;

import java.io.IOException;
import java.nio.file.Path;

/** Where packed rows may go: to the heap as long as there is room, then to a file. */
interface Storage {
    /** Takes room on the heap; false if there is none left, and then the rest goes to a file. */
    boolean reserve(long bytes);

    /** The path of a file that is not there yet. */
    Path file() throws IOException;
}
