package org.copick.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An entity as the driver has listed it, which executors read without looking anything up.
 *
 * @param kind the kind of the entity
 * @param run the run's name
 * @param name the name of an annotation's object or of a segmentation; the type of a tomogram
 * @param user the user of an annotation; empty for a tomogram
 * @param session the session of an annotation; empty for a tomogram
 * @param voxelSize the voxel size of a volume in Å; 0 for documents
 * @param type the type of a segmentation, or null
 * @param layer the name of the layer
 * @param location the path or URL of the entity
 * @param handle the backend's reference
 * @param metadata what a catalogue knows about it
 */
record ListedEntity(
        EntityKind kind,
        String run,
        String name,
        String user,
        String session,
        double voxelSize,
        @Nullable SegmentationType type,
        String layer,
        String location,
        String handle,
        Map<String, Object> metadata)
        implements Serializable {

    static ListedEntity of(Entry entry) {
        Map<String, Object> metadata = new HashMap<>(entry.metadata());
        String layer = entry.layer().name();
        if (entry.key() instanceof EntityKey.Tomogram key) {
            return new ListedEntity(
                    key.kind(),
                    key.run(),
                    key.type(),
                    "",
                    "",
                    key.size().angstrom(),
                    null,
                    layer,
                    entry.location(),
                    entry.handle(),
                    metadata);
        }
        if (entry.key() instanceof EntityKey.Annotation key) {
            boolean isVolume = key instanceof EntityKey.Segmentation;
            return new ListedEntity(
                    key.kind(),
                    key.run(),
                    key.object(),
                    key.user(),
                    key.session(),
                    isVolume ? ((EntityKey.Segmentation) key).size().angstrom() : 0,
                    isVolume ? ((EntityKey.Segmentation) key).type() : null,
                    layer,
                    entry.location(),
                    entry.handle(),
                    metadata);
        }
        throw new IllegalArgumentException("no table has " + entry.key());
    }

    /** Returns the key of this entity. */
    EntityKey key() {
        if (kind == EntityKind.TOMOGRAM) {
            return new EntityKey.Tomogram(run, new VoxelSize(voxelSize), name);
        }
        return type == null
                ? EntityKey.document(kind, run, name, user, session)
                : new EntityKey.Segmentation(run, new VoxelSize(voxelSize), name, user, session, type);
    }

    /** Returns the entry of this entity in a backend that was opened with the same configuration. */
    Entry in(Backend backend) {
        Layer found = backend.layers().stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow();
        return new Entry(key(), found, location, handle, metadata);
    }
}
