package io.sparknn;

import static java.util.Comparator.comparing;

import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Tag;

/** Runs the classes tagged {@code fast} before those that start Spark, each group by name: the cheap failures come first. */
public final class FastFirst implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(comparing(FastFirst::needsSpark)
                        .thenComparing(descriptor -> descriptor.getTestClass().getName()));
    }

    private static boolean needsSpark(ClassDescriptor descriptor) {
        return descriptor.findRepeatableAnnotations(Tag.class).stream()
                .noneMatch(tag -> tag.value().equals("fast"));
    }
}
