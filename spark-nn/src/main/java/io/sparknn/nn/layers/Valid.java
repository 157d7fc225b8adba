package io.sparknn.nn.layers;

import java.io.Serializable;
import scala.Function1;

/**
 * Checks of Params: the same as those of constructor arguments, with the same errors, whether a setter or a grid of values
 * sets them.
 */
final class Valid {
    private Valid() {}

    /** A size of 1 or more. */
    static Function1<Object, Object> positive(String layer, String name) {
        return (Function1<Object, Object> & Serializable) size -> {
            Sizes.positive(layer, name, (Integer) size);
            return true;
        };
    }

    /** A share that is dropped, from 0 to 1. */
    static Function1<Object, Object> share(String layer, String name) {
        return (Function1<Object, Object> & Serializable) share -> {
            DropoutLayer.checked(layer, name, (Double) share);
            return true;
        };
    }

    /** A number of ids that a table may have. */
    static Function1<Object, Object> ids(String layer, String name) {
        return (Function1<Object, Object> & Serializable) count -> {
            Tables.checkCount(layer, name, (Integer) count);
            return true;
        };
    }
}
