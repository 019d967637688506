package org.copick.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What makes an object a filament: the declaration under {@code metadata.copick.filament} (spec section 14.2).
 *
 * @param polar whether the two ends differ, or null when not said
 * @param helicalRise Å along the axis from subunit to subunit, or null
 * @param helicalTwist degrees from subunit to subunit, or null
 */
public record FilamentSpec(
        @Nullable Boolean polar,
        @Nullable Double helicalRise,
        @Nullable Double helicalTwist) {

    /** Reads the declaration of an object's metadata, or null where there is none. */
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
