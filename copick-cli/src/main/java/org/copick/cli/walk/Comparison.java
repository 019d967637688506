package org.copick.cli.walk;

import java.util.function.BooleanSupplier;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;

/** Comparison of an existing entity with the one that would be written. */
public final class Comparison {
    private Comparison() {}

    /** Returns the result of a comparison, or false if something cannot be read. */
    public static boolean isEqual(BooleanSupplier comparison) {
        try {
            return comparison.getAsBoolean();
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException e) {
            return false;
        }
    }
}
