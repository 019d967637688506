package org.copick.cli.look;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.copick.cli.output.Printable;
import org.copick.entity.EntityKey;

/** Checks for characters in names that terminals obey or do not show. */
final class HostileName {
    private HostileName() {}

    /** Returns the problem of an entity's own names, not of its run's name; empty if there is none. */
    static Optional<String> of(EntityKey key) {
        String found = names(key).stream()
                .flatMapToInt(String::codePoints)
                .filter(Printable::isHostile)
                .distinct()
                .sorted()
                .mapToObj(character -> String.format(Locale.ROOT, "U+%04X", character))
                .collect(Collectors.joining(", "));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("its name contains " + found + ", which terminals execute or hide; rename it");
    }

    private static List<String> names(EntityKey key) {
        if (key instanceof EntityKey.Annotation annotation) {
            return List.of(annotation.object(), annotation.user(), annotation.session());
        } else if (key instanceof EntityKey.Run run) {
            return List.of(run.run());
        } else if (key instanceof EntityKey.Tomogram tomogram) {
            return List.of(tomogram.type());
        } else if (key instanceof EntityKey.Features features) {
            return List.of(features.type());
        }
        return key instanceof EntityKey.DensityMap map ? List.of(map.object()) : List.of();
    }
}
