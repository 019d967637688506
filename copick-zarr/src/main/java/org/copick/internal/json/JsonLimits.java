package org.copick.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Limits for the tree of one document. It must fit into the heap, and its numbers must stay readable when they are
 * written again.
 */
public final class JsonLimits {
    /** Maximum number of characters of a number, which is also Jackson's default limit. */
    public static final int MAX_NUMBER = 1000;

    /**
     * Bytes of heap assumed for a value. A value takes 60 to 250 bytes besides its text, so all of them take less than
     * half of the heap.
     */
    private static final int HEAP_PER_VALUE = 512;

    private final long most = Runtime.getRuntime().maxMemory() / HEAP_PER_VALUE;
    private long values;

    /** Creates the limits for one document, before its first value. */
    public JsonLimits() {}

    /**
     * Counts a value.
     *
     * @param at the parser at the value, for the place in messages
     * @throws StreamConstraintsException if the document holds too many values
     */
    public void count(JsonParser at) throws StreamConstraintsException {
        if (++values > most) {
            throw refused(
                    at,
                    "it holds more than " + most
                            + " values, too many for this heap; give the program a larger heap with -Xmx");
        }
    }

    /**
     * {@return a number with a fraction or an exponent, exactly as written}
     *
     * @param at the parser at the number
     * @throws StreamConstraintsException if the number has more than {@link #MAX_NUMBER} characters, or an exponent
     *     that {@code BigDecimal} cannot hold
     * @throws IOException if the parser cannot read the number
     */
    public static DecimalNode decimal(JsonParser at) throws IOException {
        BigDecimal number;
        try {
            number = at.getDecimalValue();
        } catch (NumberFormatException e) {
            throw refused(at, "a number has too large an exponent");
        }
        // a number with a fraction keeps one when it is written again
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
