package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Multiplies the scales in lists of coordinate transformations. */
final class Scaling {
    private static final int MOST_NESTED = 8;
    private static final int MOST_AXES = 32;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final String location;
    private final int axes;
    private BigDecimal @Nullable [] product;
    private @Nullable String unsupported;

    /**
     * Creates an instance without a scale.
     *
     * @param location the location of the metadata, for messages
     * @param axes the number of values of each scale; 0 for any number
     */
    Scaling(String location, int axes) {
        this.location = location;
        this.axes = axes;
    }

    /** Multiplies by all scales of a list of transformations. Translations and the identity do not scale. */
    void add(JsonNode transformations) {
        add(transformations, 0);
    }

    private void add(JsonNode transformations, int depth) {
        if (depth > MOST_NESTED) {
            throw Multiscale.broken(location, "transformations are nested too deep");
        }
        if (transformations.isObject()) {
            one(transformations, depth);
            return;
        }
        for (JsonNode transformation : transformations) {
            one(transformation, depth);
        }
    }

    private void one(JsonNode transformation, int depth) {
        String type = transformation.path("type").asText("");
        switch (type) {
            case "scale" -> {
                if (transformation.has("path")) {
                    unsupported = "scale in a separate file";
                } else {
                    multiply(transformation.path("scale"));
                }
            }
            case "identity", "translation" -> {}
            case "sequence" -> add(transformation.path("transformations"), depth + 1);
            default -> unsupported = "coordinate transformation \"" + MetadataJson.shortened(type) + "\"";
        }
    }

    /** Returns the product; empty if there was no scale. */
    Optional<double[]> scale() {
        return unsupported != null || product == null
                ? Optional.empty()
                : Optional.of(Arrays.stream(product)
                        .mapToDouble(BigDecimal::doubleValue)
                        .toArray());
    }

    /** Returns a description of an unsupported transformation, if there is one. */
    Optional<String> unsupported() {
        return Optional.ofNullable(unsupported);
    }

    private void multiply(JsonNode values) {
        if (!values.isArray() || values.size() > MOST_AXES) {
            throw Multiscale.broken(
                    location,
                    "a scale must be a list of numbers, one for each axis, but is " + MetadataJson.shown(values));
        }
        if (axes != 0 && values.size() != axes) {
            throw Multiscale.broken(location, "a scale has " + values.size() + " numbers for " + axes + " axes");
        }
        BigDecimal[] before = product;
        if (before != null && before.length != values.size()) {
            throw Multiscale.broken(
                    location, "a scale has " + values.size() + " numbers, but another one has " + before.length);
        }
        BigDecimal[] factors = new BigDecimal[values.size()];
        for (int i = 0; i < factors.length; i++) {
            // sizes written as decimals are multiplied exactly, as far as 34 digits suffice
            BigDecimal factor = BigDecimal.valueOf(number(values.get(i)));
            factors[i] = before == null ? factor : before[i].multiply(factor, MathContext.DECIMAL128);
            if (Double.isInfinite(factors[i].doubleValue())) {
                throw Multiscale.broken(location, "the scales multiply to " + factors[i] + ", which is too large");
            }
        }
        product = factors;
    }

    /** Returns a number, which some programs write as text. */
    private double number(JsonNode value) {
        double number = Double.NaN;
        if (value.isNumber()) {
            number = value.doubleValue();
        } else if (value.isTextual()
                && NUMBER.matcher(value.textValue().strip()).matches()) {
            number = Double.parseDouble(value.textValue().strip());
        }
        if (!Double.isFinite(number)) {
            throw Multiscale.broken(
                    location, "a scale holds " + MetadataJson.shown(value) + ", which is not a finite number");
        }
        return number;
    }
}
