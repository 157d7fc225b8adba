package io.sparknn.lazy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers, in LAZY.md beside this file, of the tests of PyTorch that a test stands for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Upstream {
    /** One number or more. */
    int[] value();
}
