package org.copick.cli.options;

import java.util.function.DoublePredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters for numeric options; an invalid number is a usage error. */
public final class OptionNumber {
    private OptionNumber() {}

    private static double parse(String text, DoublePredicate allowed, String kind) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
        if (!Double.isFinite(number) || !allowed.test(number)) {
            throw new TypeConversionException("'" + text + "' is not a " + kind);
        }
        return number;
    }

    /** A finite number. */
    public static final class Finite implements ITypeConverter<Double> {
        Finite() {}

        @Override
        public Double convert(String text) {
            return parse(text, number -> true, "finite number");
        }
    }

    /** A finite number above 0, such as a size in Å. */
    public static final class Positive implements ITypeConverter<Double> {
        public Positive() {}

        @Override
        public Double convert(String text) {
            return parse(text, number -> number > 0, "finite number above 0");
        }
    }

    /** The number of resolution levels of an image, 1 to 30. */
    public static final class Levels implements ITypeConverter<Integer> {
        private static final int MOST = 30;

        Levels() {}

        @Override
        public Integer convert(String text) {
            return (int) parse(
                    text,
                    number -> number >= 1 && number <= MOST && number == Math.rint(number),
                    "whole number from 1 to " + MOST);
        }
    }
}
