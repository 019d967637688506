package org.copick.picks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonFloatTest {
    /** Each string is Python's {@code repr} of its own value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0",
                "-0.0",
                "1.0",
                "-1.0",
                "0.1",
                "0.30000000000000004",
                "100.0",
                "1e-05",
                "0.0001",
                "0.00012345",
                "9.999e-05",
                "1e+16",
                "1.5e+16",
                "1234567890123456.0",
                "9999999999999998.0",
                "123456789012345.6",
                "12345678.9",
                "10000000.0",
                "1e+22",
                "1e+23",
                "2e+23",
                "5e-324",
                "1e-323",
                "1.5e-323",
                "2e-323",
                "2.5e-323",
                "3e-323",
                "3.5e-323",
                "4e-323",
                "4.4e-323",
                "5e-323",
                "1e-322",
                "2.2250738585072014e-308",
                "1.7976931348623157e+308",
                "-1.7976931348623157e+308",
                "1e-300",
                "1e+100",
                "2e-44",
                "5.684341886080802e-14",
                "0.10000000149011612",
                "2.0000000000000004",
                "0.002",
                "0.001",
                "0.0009765625",
                "123456789.12345679",
                "-1e-300",
                "NaN",
                "Infinity",
                "-Infinity"
            })
    void writesWhatPythonWrites(String repr) {
        assertEquals(repr, PythonFloat.toString(Double.parseDouble(repr)));
    }

    @Test
    void isTheShortestThatReadsBack() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            double value = seed % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextInt() / 1000.0;
            if (!Double.isFinite(value) || value == 0) {
                continue;
            }
            String text = PythonFloat.toString(value);
            assertEquals(value, Double.parseDouble(text), "seed " + seed);
            assertTrue(text.matches("-?\\d+\\.\\d+|-?\\d(\\.\\d+)?e[+-]\\d\\d+"), "seed " + seed + ": " + text);
            BigDecimal digits = new BigDecimal(text).stripTrailingZeros();
            if (digits.precision() > 1) {
                BigDecimal shorter = digits.round(new MathContext(digits.precision() - 1, RoundingMode.HALF_EVEN));
                assertTrue(shorter.doubleValue() != value, "seed " + seed + ": " + text + " could be " + shorter);
            }
        }
    }
}
