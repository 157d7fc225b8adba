package io.sparknn.examples;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands behind an example's name: {@code --data FOLDER} and the like. */
final class Arguments {
    private final String usage;
    private final Map<String, String> values = new HashMap<>();

    private Arguments(String usage) {
        this.usage = usage;
    }

    /** The values behind {@code --NAME}, for the names that an example knows. Ends the program if there is anything else. */
    static Arguments of(String example, String[] arguments, String... known) {
        Arguments found = new Arguments("usage: examples/run " + example
                + Arrays.stream(known).map(name -> " [--" + name + " VALUE]").collect(Collectors.joining()));
        for (int i = 0; i < arguments.length; i += 2) {
            boolean isKnown = arguments[i].startsWith("--")
                    && List.of(known).contains(arguments[i].substring(2))
                    && i + 1 < arguments.length;
            if (!isKnown) {
                found.end();
            }
            found.values.put(arguments[i].substring(2), arguments[i + 1]);
        }
        return found;
    }

    /** All values by name. */
    Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** The value behind {@code --NAME}, null without. */
    String get(String name) {
        return values.get(name);
    }

    /** The value behind {@code --NAME}, without which the program ends. */
    String require(String name) {
        if (!values.containsKey(name)) {
            end();
        }
        return get(name);
    }

    /** A whole number. */
    int number(String name, int otherwise) {
        return values.containsKey(name) ? Integer.parseInt(get(name)) : otherwise;
    }

    private void end() {
        System.err.println(usage);
        System.exit(2);
    }
}
