package org.copick.cli.look;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.copick.cli.output.Printable;
import org.copick.entity.EntityKey;

/** Finds characters in the names of entities that no line for people can show as they are. */
final class HostileName {
    private HostileName() {}

    /** Returns the problem of the names that are an entity's own, without those of the run that it is in. */
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
                : Optional.of("its name holds " + found + ", which terminals obey or do not show; rename it");
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
