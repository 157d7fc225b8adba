package io.sparknn.nn;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Files on any file system Hadoop knows, with the settings of the running Spark session if there is one. */
final class Files {
    private Files() {}

    /** The running session, or null if there is none. */
    static SparkSession session() {
        // The active session is that of the thread, which need not be the one that made it.
        Option<SparkSession> active = SparkSession.getActiveSession();
        Option<SparkSession> session = active.isDefined() ? active : SparkSession.getDefaultSession();
        return session.isDefined() ? session.get() : null;
    }

    private static FileSystem system(Path path) throws IOException {
        SparkSession session = session();
        Configuration settings =
                session == null ? new Configuration() : session.sparkContext().hadoopConfiguration();
        FileSystem system = path.getFileSystem(settings);
        // The local file system would leave a hidden checksum file beside each file that users see and move.
        return system instanceof LocalFileSystem localFileSystem ? localFileSystem.getRawFileSystem() : system;
    }

    static OutputStream create(String name) throws IOException {
        Path path = new Path(name);
        return new java.io.BufferedOutputStream(system(path).create(path, true), 1 << 16);
    }

    static InputStream open(String name) throws IOException {
        Path path = new Path(name);
        return new java.io.BufferedInputStream(system(path).open(path), 1 << 16);
    }

    static long length(String name) throws IOException {
        Path path = new Path(name);
        return system(path).getFileStatus(path).getLen();
    }

    static boolean isDirectory(String name) throws IOException {
        Path path = new Path(name);
        try {
            return system(path).getFileStatus(path).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** The file of a plain name in the folder of another. */
    static String beside(String name, String plain) {
        Path parent = new Path(name).getParent();
        return (parent == null ? new Path(plain) : new Path(parent, plain)).toString();
    }

    static boolean exists(String name) throws IOException {
        Path path = new Path(name);
        try {
            return system(path).exists(path);
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    static void writeText(String name, String text) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static String readText(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
