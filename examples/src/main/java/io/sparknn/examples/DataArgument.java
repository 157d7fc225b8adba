package io.sparknn.examples;

/** The one argument that examples take: where their data is. */
final class DataArgument {
    private DataArgument() {}

    /** The path behind {@code --data}, or null for made-up rows. Ends the program if there is anything else. */
    static String of(String example, String... arguments) {
        if (arguments.length != 0 && (arguments.length != 2 || !arguments[0].equals("--data"))) {
            System.err.println("usage: examples/run " + example + " [--data PATH]");
            System.exit(2);
        }
        return arguments.length == 0 ? null : arguments[1];
    }
}
