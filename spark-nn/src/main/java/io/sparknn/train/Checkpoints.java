package io.sparknn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one fit in a directory that other fits may use as well, one after another or at once, as those of a
 * CrossValidator: each has a folder of its own there, named after what it must agree on with a state to go on from. A state
 * is written under another name first, so that a driver that dies while writing leaves the one before; the last two are
 * kept, and none when the fit is over.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String FOLDER = "fit-";
    private static final String PREFIX = "epoch-";
    private static final String SUFFIX = ".safetensors";
    private static final int KEPT = 2;

    /** Folders of fits that run in this JVM: what is in them is no fit that was stopped. */
    private static final Set<Path> RUNNING = ConcurrentHashMap.newKeySet();

    private final String who;
    private final Path directory;
    private final FileSystem files;
    private Path folder;

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

    /**
     * Finds the folder of a fit.
     *
     * @param identity what the fit must agree on with a state
     * @param maxEpochs states of more are left alone
     * @return the last state that is there, or null
     */
    byte[] open(Map<String, String> identity, int maxEpochs) {
        folder = new Path(directory, FOLDER + name(identity));
        try {
            RUNNING.add(folder);
            List<Path> all = files.exists(folder) ? list(folder) : List.of();
            if (all.isEmpty()) {
                tellOfAnother(identity);
                return null;
            }
            Path last = all.get(all.size() - 1);
            byte[] state = bytes(last);
            int epoch = Integer.parseInt(FitState.identity(state).get("epoch"));
            if (epoch > maxEpochs) {
                LOG.warn("{} starts anew and not from {}, which has more than {} epochs", who, last, maxEpochs);
                return null;
            }
            LOG.info("{} goes on from {}", who, last);
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(who + " could not read the checkpoints in " + folder, e);
        }
    }

    private static String name(Map<String, String> identity) {
        return UUID.nameUUIDFromBytes(identity.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 18);
    }

    /** Who means to go on, and does not, is told why. */
    private void tellOfAnother(Map<String, String> identity) {
        try {
            for (FileStatus other : files.listStatus(directory)) {
                Path place = other.getPath();
                boolean stopped =
                        place.getName().startsWith(FOLDER) && RUNNING.stream().noneMatch(run -> same(run, place));
                List<Path> states = stopped ? list(place) : List.of();
                if (!states.isEmpty()) {
                    Path last = states.get(states.size() - 1);
                    LOG.warn(
                            "{} starts anew, for {} is of another fit: {}",
                            who,
                            last,
                            differing(identity, FitState.identity(bytes(last))));
                    return;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // It may be gone by now, or damaged: what others left is no reason to stop.
            LOG.info("{} could not read what other fits left in {}", who, directory, e);
        }
    }

    private static List<String> differing(Map<String, String> expected, Map<String, String> found) {
        return expected.keySet().stream()
                .filter(key -> !expected.get(key).equals(found.get(key)))
                .map(key -> key + " " + expected.get(key) + " instead of " + found.get(key))
                .toList();
    }

    /** File systems add to the paths that they list where they are. */
    private static boolean same(Path one, Path other) {
        return one.toUri().getPath().equals(other.toUri().getPath());
    }

    void write(int epoch, byte[] state) {
        try {
            Path path = new Path(folder, String.format(Locale.ROOT, "%s%06d%s", PREFIX, epoch, SUFFIX));
            Path unfinished = new Path(folder, "_" + UUID.randomUUID() + "-" + path.getName());
            try (FSDataOutputStream out = files.create(unfinished, true)) {
                out.write(state);
            }
            files.delete(path, false);
            // Where the same fit runs twice at once, the other one may have written the same meanwhile.
            if (!files.rename(unfinished, path) && !files.exists(path)) {
                throw new IOException("cannot rename " + unfinished + " to " + path);
            }
            List<Path> all = list(folder);
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                files.delete(old, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(who + " could not write a checkpoint of epoch " + epoch, e);
        }
    }

    /** The fit has ended, or was stopped. */
    void close() {
        if (folder != null) {
            RUNNING.remove(folder);
        }
    }

    /** The fit is over: a later one starts anew. */
    void clear() {
        try {
            files.delete(folder, true);
        } catch (IOException e) {
            LOG.warn("{} could not delete its checkpoints in {}", who, folder, e);
        }
    }

    private byte[] bytes(Path path) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(files.getFileStatus(path).getLen())];
        try (FSDataInputStream in = files.open(path)) {
            in.readFully(bytes);
        }
        return bytes;
    }

    private List<Path> list(Path place) throws IOException {
        List<Path> found = new ArrayList<>();
        for (FileStatus status : files.listStatus(place)) {
            String name = status.getPath().getName();
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                found.add(status.getPath());
            }
        }
        found.sort(Comparator.comparing(Path::getName));
        return found;
    }
}
