package org.copick;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.copick.error.InvalidDataException;
import org.copick.spi.MetadataField;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a field whose type is not known yet.
 *
 * @param value the text of the value; without meaning for {@link Test#NONE}
 */
record MetadataCondition(String field, Test test, String value) {
    enum Test {
        IS("="),
        AT_LEAST(">="),
        AT_MOST("<="),
        NONE("=");

        private final String sign;

        Test(String sign) {
            this.sign = sign;
        }
    }

    /** Returns the test of this condition's field, with the value converted to the field's type. */
    Predicate<Map<String, Object>> on(MetadataField of) {
        if (test == Test.NONE) {
            // a catalogue that knows no author of an entity gives an empty list
            return metadata -> of.valueIn(metadata)
                    .filter(found -> !List.of().equals(found))
                    .isEmpty();
        }
        Predicate<Object> passes = switch (of.type()) {
            case INTEGER -> integer();
            case NUMBER -> number();
            case DATE -> date();
            case BOOLEAN -> equal(truth());
            case TEXT -> equal(value);
            case TEXTS -> {
                requireEquality("a list of texts");
                yield found -> found instanceof List<?> list && list.contains(value);
            }
        };
        return metadata -> of.valueIn(metadata).filter(passes).isPresent();
    }

    private Predicate<Object> equal(Object wanted) {
        requireEquality(wanted instanceof Boolean ? "true or false" : "a text");
        return wanted::equals;
    }

    private boolean truth() {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("true or false", null);
        };
    }

    private Predicate<Object> integer() {
        long wanted;
        try {
            wanted = new BigDecimal(value).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid("an integer", e);
        }
        return found -> (found instanceof Long || found instanceof Integer)
                && passes(Long.compare(((Number) found).longValue(), wanted));
    }

    private Predicate<Object> number() {
        double wanted;
        try {
            wanted = new BigDecimal(value).doubleValue();
        } catch (NumberFormatException e) {
            throw invalid("a number", e);
        }
        if (!Double.isFinite(wanted)) {
            throw invalid("a number that a double can hold", null);
        }
        // adding zero makes the negative zero positive
        return found ->
                found instanceof Number number && passes(Double.compare(number.doubleValue() + 0.0, wanted + 0.0));
    }

    private Predicate<Object> date() {
        MetadataTime wanted;
        try {
            wanted = MetadataTime.parse(value);
        } catch (DateTimeException e) {
            throw invalid("a date such as 2024-07-31, or a time such as 2024-07-31T12:00:00Z", e);
        }
        return found -> {
            Optional<MetadataTime> time = MetadataTime.find(found);
            return time.isPresent() && passes(wanted.compare(time.get()));
        };
    }

    /** Returns whether a found value passes that compares like this to the wanted one. */
    private boolean passes(int comparison) {
        return switch (test) {
            case IS -> comparison == 0;
            case AT_LEAST -> comparison >= 0;
            case AT_MOST -> comparison <= 0;
            case NONE -> false;
        };
    }

    private void requireEquality(String type) {
        if (test != Test.IS) {
            throw new InvalidDataException("invalid condition " + this + ": the field " + field + " is " + type
                    + " and has no order; use " + field + "=" + value);
        }
    }

    private InvalidDataException invalid(String expected, @Nullable RuntimeException cause) {
        String message = "invalid condition " + this + ": the field " + field + " takes " + expected;
        return cause == null ? new InvalidDataException(message) : new InvalidDataException(message, cause);
    }

    @Override
    public String toString() {
        return field + test.sign + (test == Test.NONE ? "null" : value);
    }
}
