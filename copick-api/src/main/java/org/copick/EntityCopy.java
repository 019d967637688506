package org.copick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageCopy;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageLevel;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;

/** Copies entities into the writable layer of a project. */
final class EntityCopy {
    private final Root from;
    private final Entry source;
    private final Root to;
    private final CopyOptions options;

    private EntityCopy(Root from, Entry source, Root to, CopyOptions options) {
        this.from = from;
        this.source = source;
        this.to = to;
        this.options = options;
    }

    /**
     * Copies a read-only volume into the writable layer, where the copy shadows it. A copy that was left unfinished is
     * replaced.
     *
     * @throws AlreadyExistsException if the writable layer has such a volume
     */
    static Entry shadow(Entity volume) {
        Root root = volume.root();
        root.backend()
                .find(volume.key())
                .filter(found -> !found.layer().readOnly())
                .ifPresent(found -> {
                    throw new AlreadyExistsException(found + " exists already; nothing was written");
                });
        return new EntityCopy(root, volume.entry(), root, CopyOptions.asStored().onExisting(OnExisting.REPLACE))
                .copy(volume.key());
    }

    static Entry copy(Root from, Entry source, Root to, EntityKey key, CopyOptions options) {
        return new EntityCopy(from, source, to, options).copy(key);
    }

    /** Returns whether the target already has exactly what an as-stored copy would write. */
    static boolean isThere(Root from, Entry source, Root to, EntityKey key) {
        EntityCopy copy = new EntityCopy(from, source, to, CopyOptions.asStored());
        copy.checkKind(key);
        return to.backend()
                .find(key)
                .filter(existing -> !copy.isSource(existing) && copy.isIn(existing, key))
                .isPresent();
    }

    private boolean isIn(Entry existing, EntityKey key) {
        return switch (key.kind().content()) {
            case CONTAINER -> true;
            case DOCUMENT -> isInDocument(existing, key);
            case VOLUME -> {
                try (ObjectStore one = from.backend().open(source);
                        ObjectStore other = to.backend().open(existing)) {
                    yield StoredObjects.same(one, other);
                }
            }
        };
    }

    private boolean isInDocument(Entry existing, EntityKey key) {
        byte[] wanted = content(key);
        byte[] stored = bytes(to, existing);
        return Documents.parse(key.kind(), wanted, source.location())
                .map(document -> document.equals(
                        Documents.parse(key.kind(), stored, existing.location()).orElseThrow()))
                .orElseGet(() -> Arrays.equals(wanted, stored));
    }

    private boolean isSource(Entry existing) {
        return existing.location().equals(source.location())
                && existing.layer().endpoint().equals(source.layer().endpoint());
    }

    private Entry copy(EntityKey key) {
        checkKind(key);
        checkNames(key);
        to.requireAllowed(key, "copy " + source);
        Backend target = to.backend();
        Optional<Entry> existing = target.find(key);
        if (existing.isPresent()) {
            if (isSource(existing.get())
                    && !(options.onExisting == OnExisting.REPLACE
                            && source.layer().readOnly())) {
                throw new InvalidNameException("cannot copy " + source + " onto itself");
            }
            if (key.kind().content() == EntityKind.Content.CONTAINER || options.onExisting == OnExisting.REUSE) {
                return existing.get();
            }
            if (options.onExisting == OnExisting.FAIL) {
                throw new AlreadyExistsException(existing.get() + " exists already; nothing was written");
            }
        } else if (key instanceof EntityKey.Features features
                && key.parent().flatMap(target::find).isEmpty()) {
            throw new NotFoundException("cannot copy features: the target has no tomogram " + features.tomogram()
                    + " in run " + features.run() + "; copy the tomogram first");
        }
        return switch (key.kind().content()) {
            case CONTAINER -> target.createContainer(key);
            case DOCUMENT -> copyDocument(key, existing);
            case VOLUME -> copyVolume(target.entryForNew(key));
        };
    }

    private void checkKind(EntityKey key) {
        boolean sameType = !(key instanceof EntityKey.Segmentation segmentation)
                || !(source.key() instanceof EntityKey.Segmentation original)
                || segmentation.type() == original.type();
        if (key.kind() != source.key().kind() || !sameType) {
            throw new InvalidNameException("cannot copy " + source + " to "
                    + key.kind().name().toLowerCase(Locale.ROOT) + ": a copy has the kind and type of its source");
        }
    }

    /** Checks the names that a copy changes. Unchanged names may be ones that could not be created now. */
    private void checkNames(EntityKey key) {
        List<String> kept = names(source.key());
        List<String> wanted = names(key);
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            if (name.equals(kept.get(i))) {
                continue;
            }
            switch (key.kind()) {
                case SEGMENTATION -> EntityNames.checkedForSegmentation("segmentation's name", name);
                case TOMOGRAM -> EntityNames.checkedTomogramType(name);
                default -> EntityNames.checkedForCreation("name", name);
            }
        }
        if (key instanceof EntityKey.InRun inRun
                && !(source.key() instanceof EntityKey.InRun other
                        && other.run().equals(inRun.run()))) {
            EntityNames.checkedRunName(inRun.run());
        }
    }

    private static List<String> names(EntityKey key) {
        if (key instanceof EntityKey.Annotation annotation) {
            return List.of(annotation.object(), annotation.user(), annotation.session());
        }
        if (key instanceof EntityKey.Tomogram tomogram) {
            return List.of(tomogram.type());
        }
        if (key instanceof EntityKey.Features features) {
            return List.of(features.tomogram(), features.type());
        }
        return key instanceof EntityKey.DensityMap map ? List.of(map.object()) : List.of();
    }

    private Entry copyDocument(EntityKey key, Optional<Entry> existing) {
        byte[] content = content(key);
        if (existing.isPresent() && !existing.get().layer().readOnly()) {
            to.backend().replaceDocument(existing.get(), content, WriteCondition.ANY);
            return existing.get();
        }
        return to.backend().createDocument(key, content).entry();
    }

    /** Returns the bytes of the document with the names of the new key. */
    private byte[] content(EntityKey key) {
        byte[] stored = bytes(from, source);
        EntityKey.Annotation named = (EntityKey.Annotation) key;
        return Documents.parse(key.kind(), stored, source.location())
                .map(document -> document.withIdentity(named.object(), named.user(), named.session(), named.run())
                        .toJson())
                .orElse(stored);
    }

    private static byte[] bytes(Root root, Entry document) {
        return root.backend()
                .read(document)
                .orElseThrow(() -> new NotFoundException(document + " is gone; refresh the project"))
                .bytes();
    }

    private Entry copyVolume(Entry target) {
        StorePlace place = to.backend().place(target);
        WriteCondition condition =
                options.onExisting == OnExisting.REPLACE ? WriteCondition.ANY : WriteCondition.IF_ABSENT;
        ImageFormat format = options.format;
        if (format == null) {
            ImageCopy.copy(from.backend().open(source), place, condition);
            return target;
        }
        ObjectStore space = from.backend().open(source);
        boolean features = source.key().kind() == EntityKind.FEATURES;
        Volume volume = Volume.open(from.context().zarr(), space, space, features);
        if (volume.levels().isEmpty()) {
            ImageWriter.writeEmpty(place, condition, format.zarrFormat());
            return target;
        }
        int rank = volume.level(0).shape().length;
        if (rank != 3 && rank != 4) {
            if (!Objects.equals(volume.zarrFormat().orElse(null), format.zarrFormat())) {
                throw new UnsupportedFeatureException("cannot write " + source + " as Zarr v" + format.zarrFormat()
                        + ": it has " + rank + " axes, and only images with 3 or 4 can be transcoded; copy it as it is"
                        + " stored");
            }
            ImageCopy.copy(from.backend().open(source), place, condition);
            return target;
        }
        transcode(volume, place, condition, format, voxelSize(target.key()));
        return target;
    }

    /**
     * Returns the voxel size in a key, which is used for levels without a scale in their metadata; 1 if the key has
     * none.
     */
    private static double voxelSize(EntityKey key) {
        if (key instanceof EntityKey.Tomogram tomogram) {
            return tomogram.size().angstrom();
        } else if (key instanceof EntityKey.Features features) {
            return features.size().angstrom();
        }
        return key instanceof EntityKey.Segmentation segmentation
                ? segmentation.size().angstrom()
                : 1;
    }

    private void transcode(
            Volume volume, StorePlace place, WriteCondition condition, ImageFormat format, double voxelSize) {
        List<ImageLevel> levels = new ArrayList<>();
        for (Level level : volume.levels()) {
            levels.add(new ImageLevel(level.shape(), level.scale(), BoxSource.of(level.array())));
        }
        Level full = volume.level(0);
        ImageSpec spec = new ImageSpec(
                full.shape(),
                full.dataType(),
                voxelSize,
                levels.size(),
                Downscaling.NEAREST,
                volume.leadingAxis(),
                volume.leadingAxis().filter(axis -> axis.name().equals("c")).isPresent(),
                // only in version 2 does Python distinguish null metadata from absent metadata
                Collections.singletonMap("metadata", volume.metadata().orElse(null)));
        to.context().zarr().write(place, condition, spec, format, levels);
    }
}
