package org.copick.tests;

import java.lang.reflect.Method;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the tests of the kit say that they test. */
public final class Promises {
    private Promises() {}

    /** The promise that a method of a contract tests. */
    public static String of(Method test) {
        return AnnotationSupport.findAnnotation(test, Promise.class)
                .map(Promise::value)
                .orElseThrow(() -> new IllegalArgumentException(test + " tests no promise"));
    }
}
