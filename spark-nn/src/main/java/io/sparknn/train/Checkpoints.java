package io.sparknn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one fit in a directory: written under another name first, so that a driver that dies while writing leaves
 * the one before; the last two are kept, and none when the fit is over.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String PREFIX = "epoch-";
    private static final String SUFFIX = ".safetensors";
    private static final int KEPT = 2;

    private final String who;
    private final Path directory;
    private final FileSystem files;

    Checkpoints(String who, String directory, Configuration hadoop) {
        this.who = who;
        this.directory = new Path(directory);
        try {
            files = this.directory.getFileSystem(hadoop);
            files.mkdirs(this.directory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    who + " expects a checkpointDir it can write to, got \"" + directory + "\": " + e.getMessage(), e);
        }
    }

    void write(int epoch, byte[] state) {
        try {
            Path path = new Path(directory, String.format(Locale.ROOT, "%s%06d%s", PREFIX, epoch, SUFFIX));
            Path unfinished = new Path(directory, "_" + path.getName());
            try (FSDataOutputStream out = files.create(unfinished, true)) {
                out.write(state);
            }
            files.delete(path, false);
            if (!files.rename(unfinished, path)) {
                throw new IOException("cannot rename " + unfinished + " to " + path);
            }
            List<Path> all = list();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                files.delete(old, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(who + " could not write a checkpoint of epoch " + epoch, e);
        }
    }

    /** The last state that is there, or null. */
    byte[] read(Map<String, String> identity) {
        try {
            List<Path> all = list();
            if (all.isEmpty()) {
                return null;
            }
            Path last = all.get(all.size() - 1);
            byte[] state = bytes(last);
            check(last, FitState.identity(state), identity);
            LOG.info("{} goes on from {}", who, last);
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(who + " could not read the checkpoints in " + directory, e);
        }
    }

    private void check(Path path, Map<String, String> found, Map<String, String> expected) {
        expected.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                throw new IllegalArgumentException(who + " expects a checkpoint of its own fit, with " + key + " "
                        + value + ", got one with " + found.get(key) + " in " + path
                        + "; name another checkpointDir, or delete what is in this one");
            }
        });
    }

    /** The fit is over: a later one starts anew. */
    void clear() {
        try {
            for (Path path : list()) {
                files.delete(path, false);
            }
        } catch (IOException e) {
            LOG.warn("{} could not delete its checkpoints in {}", who, directory, e);
        }
    }

    private byte[] bytes(Path path) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(files.getFileStatus(path).getLen())];
        try (FSDataInputStream in = files.open(path)) {
            in.readFully(bytes);
        }
        return bytes;
    }

    private List<Path> list() throws IOException {
        List<Path> found = new ArrayList<>();
        for (FileStatus status : files.listStatus(directory)) {
            String name = status.getPath().getName();
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                found.add(status.getPath());
            }
        }
        found.sort(Comparator.comparing(Path::getName));
        return found;
    }
}
