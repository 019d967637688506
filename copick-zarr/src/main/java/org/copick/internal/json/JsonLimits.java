package org.copick.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.io.IOException;
import java.math.BigDecimal;

/** Limits of the tree of one document: it must fit into the heap, and its numbers must be readable when written again. */
public final class JsonLimits {
    /** Most digits of a number; Jackson reads no more by default. */
    public static final int MAX_NUMBER = 1000;

    /** A value takes 60 to 250 bytes beside its text, so that all of them take less than half of the heap. */
    private static final int HEAP_PER_VALUE = 512;

    private final long most = Runtime.getRuntime().maxMemory() / HEAP_PER_VALUE;
    private long values;

    /**
     * Counts a value.
     *
     * @throws StreamConstraintsException when the document holds too many
     */
    public void count(JsonParser at) throws StreamConstraintsException {
        if (++values > most) {
            throw refused(
                    at,
                    "it holds more than " + most
                            + " values, too many for this heap; give the program a larger one with -Xmx");
        }
    }

    /**
     * Returns a number with a fraction or an exponent, exactly as it is written.
     *
     * @throws StreamConstraintsException when its exponent is beyond what {@code BigDecimal} can hold
     */
    public static DecimalNode decimal(JsonParser at) throws IOException {
        BigDecimal number;
        try {
            number = at.getDecimalValue();
        } catch (NumberFormatException e) {
            throw refused(at, "a number has too large an exponent");
        }
        // a number with a fraction stays one when it is written
        BigDecimal written = number.scale() == 0 ? number.setScale(1) : number;
        if (written.toString().length() > MAX_NUMBER) {
            throw refused(at, "a number has more than " + MAX_NUMBER + " characters");
        }
        return DecimalNode.valueOf(written);
    }

    private static StreamConstraintsException refused(JsonParser at, String why) {
        return new StreamConstraintsException(why, at.currentTokenLocation());
    }
}
