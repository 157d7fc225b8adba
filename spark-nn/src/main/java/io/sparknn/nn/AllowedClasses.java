package io.sparknn.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Which classes a saved file may name, by the setting {@code spark.sparknn.allowedClasses}: packages with a dot at the
 * end, such as {@code com.acme.nets.}, and single classes, separated by commas. Not set, every class is allowed, as
 * everywhere in Spark; set, those of this library and of {@code java.lang} still are.
 *
 * <p>The setting of the session and that of the application must both allow a class, so that no {@code SET} in a session
 * takes back what the administrator fixed. Without Spark the system property of that name counts.
 */
final class AllowedClasses {
    static final String SETTING = "spark.sparknn.allowedClasses";

    private static final List<String> ALWAYS = List.of("io.sparknn.", "java.lang.");
    private static final ThreadLocal<Boolean> OWN = new ThreadLocal<>();

    private AllowedClasses() {}

    /** Runs what makes modules of a definition that this application wrote and that was never in a file. */
    static <T> T ofOurOwn(Supplier<T> action) {
        Boolean before = OWN.get();
        OWN.set(true);
        try {
            return action.get();
        } finally {
            if (before == null) {
                OWN.remove();
            }
        }
    }

    /** Refuses a class before it is loaded. */
    static void check(String name) {
        if (OWN.get() != null) {
            return;
        }
        for (String setting : settings()) {
            if (!allows(setting, name)) {
                throw new IllegalArgumentException("loading a saved layer expects classes that " + SETTING + " = \""
                        + setting + "\" allows, got " + name + "; if you trust it, add it or its package, with a dot at"
                        + " the end, to the setting");
            }
        }
    }

    private static List<String> settings() {
        SparkSession session = Files.session();
        List<String> settings = new ArrayList<>();
        if (session == null) {
            settings.add(System.getProperty(SETTING));
        } else {
            settings.add(session.sparkContext().getConf().get(SETTING, null));
            settings.add(session.conf().get(SETTING, null));
        }
        settings.removeIf(Objects::isNull);
        return settings;
    }

    private static boolean allows(String setting, String name) {
        for (String entry : setting.split(",", -1)) {
            if (matches(entry.strip(), name)) {
                return true;
            }
        }
        return ALWAYS.stream().anyMatch(entry -> matches(entry, name));
    }

    private static boolean matches(String entry, String name) {
        return entry.endsWith(".")
                ? name.startsWith(entry)
                : !entry.isEmpty() && (name.equals(entry) || name.startsWith(entry + "$"));
    }
}
