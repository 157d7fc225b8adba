package io.sparknn.train;

import java.io.PrintStream;

/**
 * Progress on a stream of text: a line for each epoch; on a terminal one line with a bar, which each epoch overwrites.
 *
 * <pre>{@code
 * classifier.setListener(new ConsoleProgress(System.out));
 * }</pre>
 */
public final class ConsoleProgress implements TrainingListener {
    private static final int BAR = 20;

    private final PrintStream out;
    private final boolean terminal;
    private int maxEpochs;
    private int shown;

    /**
     * Progress with a bar if this JVM has a terminal.
     *
     * @param out takes the text
     */
    public ConsoleProgress(PrintStream out) {
        this(out, hasTerminal());
    }

    // From JDK 22 on a console is there even where its output goes to a file.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        return System.console() != null && System.getenv("TERM") != null;
    }

    /**
     * Progress.
     *
     * @param out takes the text
     * @param terminal whether carriage returns take it back to the beginning of the line
     */
    public ConsoleProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void fitStarted(TrainingStart start) {
        maxEpochs = start.maxEpochs();
        shown = 0;
        out.printf(
                java.util.Locale.ROOT,
                "%s: %,d parameters, %,d rows, %,d for validation, %d workers%n",
                start.name(),
                start.parameters(),
                start.rows(),
                start.validationRows(),
                start.workers());
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
        String text = EpochText.of(epoch, maxEpochs);
        if (!terminal) {
            out.println(text);
            return;
        }
        int done = maxEpochs == 0 ? 0 : Math.min(BAR, BAR * epoch.epoch() / maxEpochs);
        String line = "[" + "=".repeat(done) + " ".repeat(BAR - done) + "] " + text;
        // what is left of a longer line before
        out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        out.flush();
        shown = line.length();
    }

    @Override
    public void fitEnded(String reason) {
        out.println(shown > 0 ? System.lineSeparator() + reason : reason);
        shown = 0;
    }
}
