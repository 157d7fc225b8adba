package io.sparknn.lazy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The letter, in LAZY.md beside this file, of what PyTorch leaves untested and a test here shows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Gap {
    /** From {@code A} on. */
    char value();
}
