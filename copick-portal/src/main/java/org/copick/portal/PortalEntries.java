package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.EntityOrder;
import org.copick.entity.Layer;
import org.copick.entity.SegmentationType;
import org.copick.entity.UnparsableName;
import org.copick.entity.VoxelSize;
import org.copick.error.InvalidNameException;
import org.copick.internal.json.JsonTree;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.jspecify.annotations.Nullable;

/** The entities of one run of the portal, as copick shows them. */
final class PortalEntries {
    /** The first part of locations that are no URLs in the bucket. */
    static final String ROOT = "cryoet-data-portal://";

    /** The user of every annotation of the portal, as in Python copick. */
    static final String USER = "data-portal";

    private final Layer layer;
    private final String run;
    private final String location;
    /** Facts about the run, which the metadata of each entity contain. */
    private final Map<String, Object> ofRun;

    private final Map<Long, SpacingRow> spacingsById = new HashMap<>();
    private final List<Entry> spacings = new ArrayList<>();
    private final Map<EntityKey, List<Entry>> tomograms = new HashMap<>();
    private final List<Entry> picks = new ArrayList<>();
    private final List<Entry> segmentations = new ArrayList<>();
    private final List<UnparsableName> badSpacings = new ArrayList<>();
    private final List<UnparsableName> badPicks = new ArrayList<>();
    private final List<UnparsableName> badSegmentations = new ArrayList<>();

    /**
     * Creates the entities of a run.
     *
     * @param objects the name of the object of each identifier; other annotations are not shown
     */
    PortalEntries(Layer layer, RunRow run, RunRows rows, Map<String, String> objects) {
        this.layer = layer;
        this.run = run.copickName();
        this.location = location(run);
        this.ofRun = metadata(run);
        rows.spacings().forEach(row -> spacingsById.put(row.id(), row));
        Map<Long, EntityKey.Spacing> keys = addSpacings(rows);
        addTomograms(rows, keys);
        addAnnotations(rows, objects);
        spacings.sort(PortalEntries::compare);
        tomograms.values().forEach(list -> list.sort(PortalEntries::compare));
        picks.sort(PortalEntries::compare);
        segmentations.sort(PortalEntries::compare);
    }

    /** Returns the entry of a run. */
    static Entry run(Layer layer, RunRow run) {
        return new Entry(new EntityKey.Run(run.copickName()), layer, location(run), run.copickName(), metadata(run));
    }

    private static Map<String, Object> metadata(RunRow run) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("portal_run_id", run.id());
        metadata.put("portal_run_name", run.name());
        if (run.datasetId() != null) {
            metadata.put("portal_dataset_id", run.datasetId());
        }
        return metadata;
    }

    private static String location(RunRow run) {
        return ROOT + (run.datasetId() == null ? "" : run.datasetId() + "/") + run.id();
    }

    /**
     * Returns the entities of a kind.
     *
     * @param parent the key of the run; of the voxel spacing for tomograms
     */
    Listing list(EntityKind kind, EntityKey parent) {
        return switch (kind) {
            case VOXEL_SPACING -> new Listing(spacings, badSpacings);
            case TOMOGRAM -> new Listing(tomograms.getOrDefault(parent, List.of()), List.of());
            case PICKS -> new Listing(picks, badPicks);
            case SEGMENTATION -> new Listing(segmentations, badSegmentations);
            default -> Listing.EMPTY;
        };
    }

    /** Returns the first entity with a key. */
    Optional<Entry> find(EntityKey key) {
        return key.parent()
                .flatMap(parent -> list(key.kind(), parent).entries().stream()
                        .filter(entry -> entry.key().equals(key))
                        .findFirst());
    }

    /** Returns all entities that have content. */
    List<Entry> contents() {
        List<Entry> all = new ArrayList<>(picks);
        all.addAll(segmentations);
        tomograms.values().forEach(all::addAll);
        return all;
    }

    private Map<Long, EntityKey.Spacing> addSpacings(RunRows rows) {
        Map<Long, EntityKey.Spacing> keys = new HashMap<>();
        for (SpacingRow row : rows.spacings()) {
            VoxelSize size = size(row.voxelSpacing());
            if (size == null) {
                badSpacings.add(new UnparsableName(
                        location + "/voxel spacing " + row.id(),
                        "its size of " + row.voxelSpacing() + " Å is impossible"));
                continue;
            }
            EntityKey.Spacing key = new EntityKey.Spacing(run, size);
            // spacings that differ by less than 0.001 Å are one in copick
            if (!keys.containsValue(key)) {
                Map<String, Object> metadata = new LinkedHashMap<>(ofRun);
                metadata.put("portal_vs_id", row.id());
                spacings.add(new Entry(
                        key, layer, location + "/VoxelSpacing" + size.text(), Long.toString(row.id()), metadata));
            }
            keys.put(row.id(), key);
        }
        return keys;
    }

    private void addTomograms(RunRows rows, Map<Long, EntityKey.Spacing> spacingKeys) {
        Map<Long, List<String>> authors = names(rows.tomogramAuthors());
        for (TomogramRow row :
                rows.tomograms().stream().sorted(TomogramRow.PREFERRED).toList()) {
            EntityKey.Spacing spacing = spacingKeys.get(row.spacingId());
            if (spacing == null) {
                continue; // its voxel spacing is reported
            }
            Map<String, Object> metadata = new LinkedHashMap<>(ofRun);
            metadata.put("portal_tomo_id", row.id());
            metadata.put("portal_metadata", fields(row.fields()));
            metadata.put("portal_authors", authors.getOrDefault(row.id(), List.of()));
            String none = location + "/VoxelSpacing" + spacing.size().text() + "/tomogram " + row.id();
            tomograms
                    .computeIfAbsent(spacing, key -> new ArrayList<>())
                    .add(new Entry(
                            new EntityKey.Tomogram(run, spacing.size(), row.type()),
                            layer,
                            row.zarr() == null ? none : row.zarr(),
                            row.zarr() == null ? "" : row.zarr(),
                            metadata));
        }
    }

    private void addAnnotations(RunRows rows, Map<String, String> objects) {
        Map<Long, AnnotationRow> annotations = new HashMap<>();
        rows.annotations().forEach(row -> annotations.put(row.id(), row));
        Map<Long, ShapeRow> shapes = new HashMap<>();
        rows.shapes().forEach(row -> shapes.put(row.id(), row));
        Map<Long, List<String>> authors = names(rows.annotationAuthors());
        for (FileRow file : rows.files()) {
            ShapeRow shape = shapes.get(file.shapeId());
            AnnotationRow annotation = shape == null ? null : annotations.get(shape.annotationId());
            String object = annotation == null ? null : objects.get(annotation.objectId());
            if (shape == null || annotation == null || object == null) {
                continue;
            }
            boolean isMask = shape.isMask() && file.format().equals("zarr");
            if (shape.isPoints() || isMask) {
                add(new Found(file, shape, annotation, object, authors.getOrDefault(annotation.id(), List.of())));
            }
        }
    }

    /** A file of the portal with the rows that it belongs to. */
    private record Found(FileRow file, ShapeRow shape, AnnotationRow annotation, String object, List<String> authors) {}

    private void add(Found found) {
        SpacingRow spacing = spacing(found.file().spacingId());
        if (spacing == null) {
            spacing = spacing(found.annotation().spacingId());
        }
        VoxelSize size = spacing == null ? null : size(spacing.voxelSpacing());
        boolean isPoints = found.shape().isPoints();
        if (spacing == null || size == null) {
            (isPoints ? badPicks : badSegmentations)
                    .add(new UnparsableName(
                            found.file().s3Path(),
                            "the portal names no valid voxel spacing for file "
                                    + found.file().id() + " or its annotation"));
            return;
        }
        Map<String, Object> metadata = new LinkedHashMap<>(ofRun);
        metadata.put("from_tool", true); // as in Python, whatever the method
        metadata.put("portal_annotation", fields(found.annotation().fields()));
        metadata.put("portal_shape", fields(found.shape().fields()));
        metadata.put("portal_file", fields(found.file().fields()));
        metadata.put("portal_voxel_spacing", spacing.voxelSpacing());
        metadata.put("portal_authors", found.authors());
        String session = Long.toString(found.file().id());
        EntityKey key = isPoints
                ? new EntityKey.Picks(run, found.object(), USER, session)
                : new EntityKey.Segmentation(
                        run,
                        size,
                        found.object(),
                        USER,
                        session,
                        found.shape().isInstanceMask() ? SegmentationType.INSTANCE : SegmentationType.BINARY);
        String path = found.file().s3Path();
        (isPoints ? picks : segmentations).add(new Entry(key, layer, path, path, metadata));
    }

    private @Nullable SpacingRow spacing(@Nullable Long id) {
        return id == null ? null : spacingsById.get(id);
    }

    private static @Nullable VoxelSize size(double angstrom) {
        try {
            VoxelSize size = new VoxelSize(angstrom);
            return size.angstrom() == 0 ? null : size;
        } catch (InvalidNameException e) {
            return null;
        }
    }

    private static Map<Long, List<String>> names(List<AuthorRow> authors) {
        Map<Long, List<String>> names = new HashMap<>();
        authors.forEach(author ->
                names.computeIfAbsent(author.ofId(), id -> new ArrayList<>()).add(author.name()));
        return names;
    }

    /** Returns the fields that have a value, with Python's names. */
    private static Map<String, Object> fields(ObjectNode row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            Object value = JsonTree.plain(field.getValue());
            if (value != null) {
                fields.put(pythonName(field.getKey()), value);
            }
        }
        return fields;
    }

    /** Returns a name in Python's style: {@code s3_omezarr_dir} for {@code s3OmezarrDir}. */
    static String pythonName(String name) {
        return name.replaceFirst("^scale([0-9])", "scale_$1")
                .replaceAll("([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
    }

    private static int compare(Entry a, Entry b) {
        return EntityOrder.INSTANCE.compare(a.key(), b.key());
    }
}
