package io.sparknn.train;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Progress in a notebook that shows what a paragraph prints after {@code %html}, as Zeppelin: a line with a bar for each
 * epoch, and the learning curve in the end.
 *
 * <pre>{@code
 * classifier.setListener(new HtmlProgress(System.out));
 * }</pre>
 */
public final class HtmlProgress implements TrainingListener {
    private final PrintStream out;
    private final List<EpochRecord> epochs = new ArrayList<>();
    private int maxEpochs;

    /**
     * Progress.
     *
     * @param out what the notebook shows
     */
    public HtmlProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void fitStarted(TrainingStart start) {
        epochs.clear();
        maxEpochs = start.maxEpochs();
        out.println();
        out.printf(
                java.util.Locale.ROOT,
                "%%html <div style=\"overflow-wrap:anywhere\"><b>%s</b>: %,d parameters, %,d rows, %,d for validation, %d workers</div>%n",
                LearningCurve.escaped(start.name()),
                start.parameters(),
                start.rows(),
                start.validationRows(),
                start.workers());
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
        epochs.add(epoch);
        int done = maxEpochs == 0 ? 0 : Math.min(100, 100 * epoch.epoch() / maxEpochs);
        out.println("<div><span style=\"display:inline-block;width:100px;background:rgba(128,128,128,0.3)\"><span"
                + " style=\"display:block;height:8px;width:" + done + "px;background:#2f86c8\"></span></span> "
                + LearningCurve.escaped(EpochText.of(epoch, maxEpochs)) + "</div>");
        out.flush();
    }

    @Override
    public void fitEnded(String reason) {
        out.println("<div>" + LearningCurve.escaped(reason) + "</div>" + LearningCurve.svg(epochs, 0));
        out.flush();
    }
}
