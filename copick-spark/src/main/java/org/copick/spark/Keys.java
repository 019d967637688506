package org.copick.spark;

import java.util.Locale;
import org.copick.CopickUri;

/** The values of the columns that are known for an entity without reading it. */
final class Keys {
    private Keys() {}

    /** Returns the value of a column that {@link TableKind#keys} names: a text, a double or an int. */
    static Object of(ListedEntity entity, String column, int level) {
        return switch (column) {
            case "run" -> entity.run();
            case "object", "name" -> entity.name();
            case "user" -> entity.user();
            case "session" -> entity.session();
            case "layer" -> entity.layer();
            case "voxel_size" -> entity.voxelSize();
            case "type" ->
                entity.type() == null ? entity.name() : entity.type().name().toLowerCase(Locale.ROOT);
            case "tomogram" -> CopickUri.of(entity.key());
            case "level" -> level;
            default -> throw new IllegalArgumentException(column);
        };
    }
}
