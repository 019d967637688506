package org.copick.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The declaration that makes an object a filament, {@code metadata.copick.filament} (spec section 14.2).
 *
 * @param polar whether the two ends differ, or null if not stated
 * @param helicalRise rise from subunit to subunit along the axis, in Å, or null
 * @param helicalTwist twist from subunit to subunit, in degrees, or null
 */
public record FilamentSpec(
        @Nullable Boolean polar,
        @Nullable Double helicalRise,
        @Nullable Double helicalTwist) {

    /** Reads the declaration from an object's metadata; returns null if there is none. */
    static @Nullable FilamentSpec of(ObjectNode metadata, FieldReader at) {
        if (!(metadata.get("copick") instanceof ObjectNode copick) || !copick.hasNonNull("filament")) {
            return null;
        }
        FieldReader fields = at.object("copick").object("filament");
        Double rise = fields.optionalDecimal("helical_rise_a");
        if (rise != null && !(rise > 0)) {
            throw fields.invalid("helical_rise_a", "must be greater than 0");
        }
        return new FilamentSpec(fields.optionalBool("polar"), rise, fields.optionalDecimal("helical_twist_deg"));
    }
}
