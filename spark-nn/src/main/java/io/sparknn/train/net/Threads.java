package io.sparknn.train.net;

import java.util.concurrent.ThreadFactory;

/** Threads of our own: named, and no reason for a JVM to stay alive. */
final class Threads {
    private Threads() {}

    static ThreadFactory named(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    static void start(String name, Runnable work) {
        named(name).newThread(work).start();
    }
}
