package io.sparknn.d2l;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test that reproduces capabilities of the book's builders' guide, by their numbers in {@code D2L.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface D2l {
    /** The numbers, from 1 to 42. */
    int[] value();
}
