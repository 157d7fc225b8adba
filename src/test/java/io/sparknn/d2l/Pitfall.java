package io.sparknn.d2l;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test that shows a pitfall of PyTorch's lazy modules to be impossible here, by its key in {@code D2L.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Pitfall {
    /** The key, such as {@code P1}. */
    String value();
}
