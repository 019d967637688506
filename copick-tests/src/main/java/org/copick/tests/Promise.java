package org.copick.tests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** Marks a test of one promise. A failure quotes the promise, and the table at the end of the run has a line for it. */
@Test
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Promise {
    /** Returns the promise, as a complete statement that is understood on its own. */
    String value();
}
