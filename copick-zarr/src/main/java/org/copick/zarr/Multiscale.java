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
import org.copick.error.UnsupportedFeatureException;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** The OME-NGFF metadata of a group: the levels of an image and its axes. */
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
     * An axis of an image. Axes are listed in the order of the array's axes.
     *
     * @param name the name, such as {@code z}
     * @param type the type, such as {@code space}; empty if not given
     * @param unit the unit, such as {@code angstrom}; empty if not given
     */
    public record Axis(String name, Optional<String> type, Optional<String> unit) {
        /**
         * Creates an axis.
         *
         * @param name the name, such as {@code z}
         * @param type the type, such as {@code space}; or empty
         * @param unit the unit, such as {@code angstrom}; or empty
         */
        public Axis {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(unit, "unit");
        }
    }

    /**
     * A level of an image.
     *
     * @param path the array's path below the group
     * @param scale the size of a voxel along each axis in the unit of that axis, from all transformations of the level
     *     and of the image; empty if not given
     * @param hasOwnScale whether a scale is given for this level, and not only for the image
     * @param unsupported a transformation that this library does not support, so the scale must not be used; empty if
     *     there is none
     */
    public record Dataset(String path, Optional<double[]> scale, boolean hasOwnScale, Optional<String> unsupported) {
        /**
         * Creates a level.
         *
         * @param path the array's path below the group
         * @param scale the size of a voxel along each axis, not copied; or empty
         * @param hasOwnScale whether a scale is given for this level
         * @param unsupported an unsupported transformation, or empty
         */
        public Dataset {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(scale, "scale");
            Objects.requireNonNull(unsupported, "unsupported");
        }

        /** {@return the product of the scale along all axes; 1 without a scale} */
        public double voxel() {
            return scale.map(sizes -> Arrays.stream(sizes).reduce(1, (a, b) -> a * b))
                    .orElse(1.0);
        }
    }

    /**
     * {@return the first image in the group's attributes; empty if they describe none} Version 0.4 describes images in
     * {@code multiscales}, version 0.5 in {@code ome.multiscales}.
     *
     * @param group the group of the image
     * @throws CorruptDataException if the description is invalid
     * @throws UnsupportedFeatureException for the coordinate systems of version 0.6
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

    /** {@return the version of OME-NGFF, if given} */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** {@return the image's name, if it has one} */
    public Optional<String> name() {
        return text(entry.path("name"));
    }

    /** {@return the axes in the order of the array's axes; empty if the metadata name none} */
    public List<Axis> axes() {
        return axes;
    }

    /**
     * {@return the levels, the full resolution first} If a level has no scale, they are in the order of the metadata.
     */
    public List<Dataset> datasets() {
        return datasets;
    }

    /**
     * {@return the size of a voxel of a level along each axis of the stored array; empty if no scale is given} Sizes
     * along z, y and x are in Å, others as given. A spatial axis without a unit has the unit of another one; if no axis
     * has a unit, Å is assumed.
     *
     * @param dataset the level, one of {@link #datasets}
     * @throws UnsupportedFeatureException for an unknown unit or an unsupported transformation, naming it
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

    /** {@return whether any spatial axis has a unit} */
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

    /** {@return the free metadata of the image as text, number, boolean, list or map; empty if missing or null} */
    public Optional<Object> metadata() {
        return Optional.ofNullable(JsonTree.plain(entry.path("metadata")));
    }

    /**
     * Throws an exception for OME-NGFF 0.6 metadata. They have coordinate systems with axes and units in place of a
     * single list of axes.
     */
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
            parsed.add(dataset(MetadataJson.key(path, location + ": a dataset"), dataset));
        }
        boolean comparable = parsed.stream().allMatch(dataset -> dataset.scale().isPresent());
        if (comparable) {
            parsed.sort(Comparator.comparingDouble(Dataset::voxel));
        }
        return List.copyOf(parsed);
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
            throw corrupt(field + " is not a list");
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
