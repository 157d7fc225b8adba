package io.sparknn.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import scala.Function1;

/** A Param of one of a few names, which says what they are when it is given another one. */
public final class ChoiceParam extends Param<String> {
    private static final long serialVersionUID = 1L;

    /**
     * A Param.
     *
     * @param parent uid of the stage
     * @param who the stage as errors name it
     * @param name of the Param
     * @param doc what it is for
     * @param choices what it may be
     */
    public ChoiceParam(String parent, String who, String name, String doc, String... choices) {
        super(parent, name, doc, check(who, name, choices.clone()));
    }

    private static Function1<String, Object> check(String who, String name, String... choices) {
        return (Function1<String, Object> & Serializable) given -> {
            List<String> all = Arrays.asList(choices);
            if (!all.contains(given)) {
                String last = choices[choices.length - 1];
                String others = String.join(", ", all.subList(0, choices.length - 1));
                throw new IllegalArgumentException(who + " expects " + name + " to be " + others + " or " + last
                        + ", got " + given + "; give it one of these");
            }
            return true;
        };
    }
}
