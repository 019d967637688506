package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.internal.json.JsonTree;
import org.copick.storage.Keys;
import org.jspecify.annotations.Nullable;

/** The OME-NGFF metadata of a group: which arrays are the levels of an image, and what their axes are. */
public final class Multiscale {
    private final String location;
    private final ObjectNode entry;
    private final @Nullable String version;
    private final List<Axis> axes;
    private final List<Dataset> datasets;

    private Multiscale(String location, ObjectNode entry, @Nullable String version) {
        this.location = location;
        this.entry = entry;
        this.version = version;
        requireAxes();
        this.axes = parseAxes();
        this.datasets = parseDatasets();
    }

    /**
     * An axis, in the order of the array.
     *
     * @param name such as {@code z}
     * @param type such as {@code space}; empty when not said
     * @param unit such as {@code angstrom}; empty when not said
     */
    public record Axis(String name, Optional<String> type, Optional<String> unit) {
        public Axis {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(unit, "unit");
        }
    }

    /**
     * A level.
     *
     * @param path the array's path below the group
     * @param scale the size of a voxel along each axis in the unit of that axis, by all transformations of the level and of the
     *     image; empty when not said
     * @param hasOwnScale whether any of it is said of this level rather than of the image
     * @param unsupported what else is said of it and not understood, so that the scale may not be used
     */
    public record Dataset(String path, Optional<double[]> scale, boolean hasOwnScale, Optional<String> unsupported) {
        public Dataset {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(scale, "scale");
            Objects.requireNonNull(unsupported, "unsupported");
        }

        /** The product of the scale along all axes; 1 without one. */
        public double voxel() {
            return scale.map(sizes -> Arrays.stream(sizes).reduce(1, (a, b) -> a * b))
                    .orElse(1.0);
        }
    }

    /**
     * The first image that the group's attributes describe, by version 0.4 ({@code multiscales}) or 0.5
     * ({@code ome.multiscales}); empty where they describe none.
     *
     * @throws CorruptDataException when the description breaks the format
     */
    public static Optional<Multiscale> of(ZarrGroup group) {
        ObjectNode attributes = group.attributeTree();
        boolean older = attributes.has("multiscales") && !isEmptyList(attributes.path("multiscales"));
        JsonNode holder = older ? attributes : attributes.path("ome");
        JsonNode images = holder.path("multiscales");
        if (images.isMissingNode() || isEmptyList(images)) {
            return Optional.empty();
        }
        if (!(images.path(0) instanceof ObjectNode entry)) {
            throw new CorruptDataException(group.location() + ": multiscales holds no image");
        }
        JsonNode version = older ? entry.path("version") : holder.path("version");
        return Optional.of(new Multiscale(group.location(), entry, text(version).orElse(null)));
    }

    private static boolean isEmptyList(JsonNode images) {
        return images.isArray() && images.isEmpty();
    }

    /** The version of OME-NGFF, where it is said. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** The image's name, where it has one. */
    public Optional<String> name() {
        return text(entry.path("name"));
    }

    public List<Axis> axes() {
        return axes;
    }

    /** The levels, the full resolution first, whatever their order in the metadata. */
    public List<Dataset> datasets() {
        return datasets;
    }

    /**
     * The size of a voxel of a level in Å, along each axis of the stored array; along axes other than z, y and x as it is
     * said. A spatial axis without a unit has that of the others; without any unit Å is assumed. Empty when nothing is said.
     *
     * @throws UnsupportedFeatureException for a unit or a transformation that is not known, naming it
     */
    public Optional<double[]> voxelSize(Dataset dataset) {
        if (dataset.unsupported().isPresent()) {
            throw new UnsupportedFeatureException(
                    "unsupported " + dataset.unsupported().get() + " in the multiscales metadata of " + location);
        }
        return dataset.scale().map(scale -> {
            double[] angstrom = scale.clone();
            for (int i = 0; i < scale.length; i++) {
                if (!axes.isEmpty() && ImageAxes.isSpatial(axes, i)) {
                    angstrom[i] = BigDecimal.valueOf(scale[i])
                            .multiply(unit(axes.get(i)))
                            .doubleValue();
                }
            }
            return angstrom;
        });
    }

    /** Whether any spatial axis has a unit. */
    public boolean hasUnit() {
        return firstUnit().isPresent();
    }

    private BigDecimal unit(Axis axis) {
        Optional<String> name = axis.unit().or(this::firstUnit);
        if (name.isEmpty()) {
            return BigDecimal.ONE;
        }
        return LengthUnit.angstrom(name.get())
                .orElseThrow(() -> new UnsupportedFeatureException("unsupported unit of length \""
                        + MetadataJson.shortened(name.get()) + "\" in the multiscales metadata of " + location));
    }

    private Optional<String> firstUnit() {
        return IntStream.range(0, axes.size())
                .filter(i -> ImageAxes.isSpatial(axes, i))
                .mapToObj(axes::get)
                .flatMap(axis -> axis.unit().stream())
                .findFirst();
    }

    /** The free metadata of the image, as text, number, boolean, list or map; empty where there are none or they are null. */
    public Optional<Object> metadata() {
        return Optional.ofNullable(JsonTree.plain(entry.path("metadata")));
    }

    /** Version 0.6 names systems of coordinates, with axes and units in each of them, where others name the axes. */
    private void requireAxes() {
        if (!entry.has("axes") && entry.has("coordinateSystems")) {
            throw new UnsupportedFeatureException("unsupported \"coordinateSystems\" of OME-NGFF "
                    + MetadataJson.shortened(version == null ? "0.6" : version) + " in the multiscales metadata of "
                    + location
                    + "; write it as version 0.5");
        }
    }

    private List<Axis> parseAxes() {
        List<Axis> parsed = new ArrayList<>();
        for (JsonNode axis : list(entry, "axes")) {
            // version 0.3 wrote plain names
            String name =
                    text(axis.isTextual() ? axis : axis.path("name")).orElseThrow(() -> corrupt("an axis has no name"));
            parsed.add(new Axis(
                    name, text(axis.path("type")), text(axis.path("unit")).filter(unit -> !unit.isBlank())));
        }
        return List.copyOf(parsed);
    }

    private List<Dataset> parseDatasets() {
        List<Dataset> parsed = new ArrayList<>();
        for (JsonNode dataset : list(entry, "datasets")) {
            String path = text(dataset.path("path")).orElseThrow(() -> corrupt("a dataset has no path"));
            parsed.add(dataset(normalised(path), dataset));
        }
        boolean comparable = parsed.stream().allMatch(dataset -> dataset.scale().isPresent());
        if (comparable) {
            parsed.sort(Comparator.comparingDouble(Dataset::voxel));
        }
        return List.copyOf(parsed);
    }

    /** A path as zarr-python takes it: separators before, behind and beside others count for nothing. */
    private String normalised(String path) {
        String key = path.replace('\\', '/').replaceAll("/+", "/").replaceAll("^/|/$", "");
        try {
            return Keys.checked(key);
        } catch (InvalidNameException e) {
            throw new CorruptDataException(location + ": a dataset has an impossible path: " + e.getMessage(), e);
        }
    }

    private Dataset dataset(String path, JsonNode dataset) {
        Scaling scaling = new Scaling(location, axes.size());
        scaling.add(dataset.path("coordinateTransformations"));
        boolean own = scaling.scale().isPresent();
        scaling.add(entry.path("coordinateTransformations"));
        return new Dataset(path, scaling.scale(), own, scaling.unsupported());
    }

    private JsonNode list(JsonNode holder, String field) {
        JsonNode values = holder.path(field);
        if (!values.isArray() && !values.isMissingNode()) {
            throw corrupt(field + " is no list");
        }
        return values;
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    private CorruptDataException corrupt(String problem) {
        return broken(location, problem);
    }

    static CorruptDataException broken(String location, String problem) {
        return new CorruptDataException(location + ": the multiscales metadata are broken: " + problem);
    }

    @Override
    public String toString() {
        return location + ": " + axes + " " + datasets;
    }
}
