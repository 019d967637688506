package org.copick.tests;

import java.lang.reflect.Method;
import org.junit.platform.commons.support.AnnotationSupport;

/** Access to the promises of the kit's tests. */
public final class Promises {
    private Promises() {}

    /** Returns the promise that a method of a contract tests. */
    public static String of(Method test) {
        return AnnotationSupport.findAnnotation(test, Promise.class)
                .map(Promise::value)
                .orElseThrow(() -> new IllegalArgumentException(test + " tests no promise"));
    }
}
