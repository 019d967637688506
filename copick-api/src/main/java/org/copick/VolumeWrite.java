package org.copick;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidDataException;
import org.copick.spi.Entry;
import org.copick.storage.WriteCondition;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Multiscale;
import org.jspecify.annotations.Nullable;

/** Writes the volume of a new entity, or replaces that of an existing one. */
final class VolumeWrite {
    private static final Multiscale.Axis CHANNEL = new Multiscale.Axis("c", Optional.of("channel"), Optional.empty());
    private static final Multiscale.Axis FEATURE = new Multiscale.Axis("feature", Optional.empty(), Optional.empty());
    /** The metadata that Python copick writes for a panoptic segmentation. */
    private static final Map<String, @Nullable Object> PANOPTIC = Map.of(
            "metadata",
            Map.of("copick", Map.of("segmentation_type", "panoptic", "channels", List.of("label", "instance"))));

    private static final int TOMOGRAM_LEVELS = 3;

    private final Root root;
    private final Entry entry;
    private final WriteCondition condition;
    private final VolumeOptions options;

    private VolumeWrite(Root root, Entry entry, WriteCondition condition, VolumeOptions options) {
        this.root = root;
        this.entry = entry;
        this.condition = condition;
        this.options = options;
    }

    /**
     * Writes a new entity, or handles an existing one as the options say.
     *
     * @throws AlreadyExistsException if any layer has the entity, unless the options allow it
     */
    static Entry create(Root root, EntityKey key, VolumeOptions options, Function<VolumeWrite, Entry> write) {
        boolean replaces = options.onExisting == OnExisting.REPLACE;
        Optional<Entry> existing = replaces ? Optional.empty() : root.backend().find(key);
        if (existing.isPresent()) {
            if (options.onExisting == OnExisting.REUSE) {
                return existing.get();
            }
            throw new AlreadyExistsException(existing.get() + " exists already; nothing was written");
        }
        WriteCondition condition = replaces ? WriteCondition.ANY : WriteCondition.IF_ABSENT;
        try {
            return write.apply(new VolumeWrite(root, root.backend().entryForNew(key), condition, options));
        } catch (AlreadyExistsException e) {
            if (options.onExisting == OnExisting.REUSE) {
                return root.backend().find(key).orElseThrow(() -> e); // another writer has created it in the meantime
            }
            throw e;
        }
    }

    /** Returns a write that replaces the volume of an existing entity. */
    static VolumeWrite replace(Root root, Entry entry, VolumeOptions options) {
        return new VolumeWrite(root, entry, WriteCondition.ANY, options);
    }

    /** Writes a tomogram, z, y, x. */
    Entry tomogram(VolumeData data, double voxelSize) {
        requireSpatial(data);
        return image(data, Optional.of(DataType.FLOAT32), voxelSize, TOMOGRAM_LEVELS);
    }

    /** Writes features, z, y, x or feature, z, y, x. */
    Entry features(VolumeData data, double voxelSize) {
        return image(data, Optional.empty(), voxelSize, 1);
    }

    /** Writes a density map, z, y, x. */
    Entry densityMap(VolumeData data, double voxelSize) {
        requireSpatial(data);
        return image(data, Optional.of(DataType.FLOAT32), voxelSize, 1);
    }

    /** Checks and writes a segmentation. */
    Entry labels(VolumeData data, EntityKey.Segmentation key) {
        Labels labels = new Labels(key.type(), root.config().objects(), options.checksLabels, entry.location());
        labels.check(data);
        DataType type = options.type != null ? options.type : labels.smallestType();
        labels.requireFits(type);
        boolean panoptic = key.type() == SegmentationType.PANOPTIC;
        VolumeData fitting = data.type() == type
                ? data
                : VolumeData.of(type, Conversion.toLabels(data.source(), data.type(), type), data.shape());
        return write(
                fitting,
                new ImageSpec(
                        data.shape(),
                        type,
                        key.size().angstrom(),
                        options.levels != null ? options.levels : 1,
                        Downscaling.NEAREST,
                        panoptic ? Optional.of(CHANNEL) : Optional.empty(),
                        panoptic,
                        panoptic && options.further.isEmpty() ? PANOPTIC : options.further));
    }

    private Entry image(VolumeData data, Optional<DataType> usual, double voxelSize, int usualLevels) {
        DataType type = options.type != null ? options.type : usual.orElse(data.type());
        if (type != data.type() && !type.isFloat()) {
            throw new InvalidDataException("cannot write " + entry + ": elements of type " + data.type()
                    + " cannot be converted to " + type + "; only conversion to floating-point types is supported");
        }
        return write(
                data.as(type),
                new ImageSpec(
                        data.shape(),
                        type,
                        voxelSize,
                        options.levels != null ? options.levels : usualLevels,
                        Downscaling.MEAN,
                        data.shape().length == 4 ? Optional.of(FEATURE) : Optional.empty(),
                        false,
                        options.further));
    }

    private Entry write(VolumeData data, ImageSpec spec) {
        root.context().zarr().write(root.backend().place(entry), condition, spec, options.format, data.source());
        return entry;
    }

    private void requireSpatial(VolumeData data) {
        if (data.shape().length != 3) {
            throw new InvalidDataException("cannot write " + entry + ": it needs the axes z, y, x; the data have "
                    + data.shape().length + " axes");
        }
    }
}
