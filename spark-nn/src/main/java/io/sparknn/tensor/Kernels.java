package io.sparknn.tensor;

import java.util.function.Supplier;

/** Finds the classes that need the incubating Vector API, which a JVM has only when started with its module. */
final class Kernels {
    private Kernels() {}

    /** Whether this JVM was started with {@code --add-modules jdk.incubator.vector}. */
    static boolean isVectorPresent() {
        // A loop: asked for a module that is not there, findModule sets streams to work.
        for (Module module : ModuleLayer.boot().modules()) {
            if ("jdk.incubator.vector".equals(module.getName())) {
                return true;
            }
        }
        return false;
    }

    /** An instance of a class of this package, or the alternative where the Vector API is absent or not the one known. */
    static <T> T load(String name, Class<T> type, Supplier<T> alternative) {
        if (!isVectorPresent()) {
            return alternative.get();
        }
        try {
            Class<?> found = Class.forName(Kernels.class.getPackageName() + "." + name);
            return type.cast(found.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger(Kernels.class.getName())
                    .log(System.Logger.Level.WARNING, name + " does not run here; using plain Java", e);
            return alternative.get();
        }
    }
}
