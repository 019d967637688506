package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;

/** The OME-NGFF metadata of a group: which arrays are the levels of an image, and what their axes are. */
public final class Multiscale {
    private final String location;
    private final ObjectNode entry;
    private final Optional<String> version;
    private final List<Axis> axes;
    private final List<Dataset> datasets;

    private Multiscale(String location, ObjectNode entry, Optional<String> version) {
        this.location = location;
        this.entry = entry;
        this.version = version;
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
    public record Axis(String name, Optional<String> type, Optional<String> unit) {}

    /**
     * A level.
     *
     * @param path the array's path below the group
     * @param scale the size of a voxel along each axis; empty when not said
     */
    public record Dataset(String path, Optional<double[]> scale) {}

    /**
     * The first image that the group's attributes describe, by version 0.4 ({@code multiscales}) or 0.5
     * ({@code ome.multiscales}); empty where they describe none.
     *
     * @throws CorruptDataException when the description breaks the format
     */
    public static Optional<Multiscale> of(ZarrGroup group) {
        ObjectNode attributes = group.attributes();
        boolean older = attributes.has("multiscales");
        JsonNode holder = older ? attributes : attributes.path("ome");
        JsonNode images = holder.path("multiscales");
        if (images.isMissingNode()) {
            return Optional.empty();
        }
        if (!(images.path(0) instanceof ObjectNode entry)) {
            throw new CorruptDataException(group.location() + ": multiscales holds no image");
        }
        JsonNode version = older ? entry.path("version") : holder.path("version");
        return Optional.of(new Multiscale(group.location(), entry, text(version)));
    }

    /** The version of OME-NGFF, where it is said. */
    public Optional<String> version() {
        return version;
    }

    /** The image's name, where it has one. */
    public Optional<String> name() {
        return text(entry.path("name"));
    }

    public List<Axis> axes() {
        return axes;
    }

    /** The levels, the full resolution first. */
    public List<Dataset> datasets() {
        return datasets;
    }

    /** The free metadata of the image; empty where there are none or they are null. */
    public Optional<JsonNode> metadata() {
        JsonNode metadata = entry.path("metadata");
        return metadata.isMissingNode() || metadata.isNull() ? Optional.empty() : Optional.of(metadata.deepCopy());
    }

    private List<Axis> parseAxes() {
        List<Axis> parsed = new ArrayList<>();
        for (JsonNode axis : list(entry, "axes")) {
            // version 0.3 wrote plain names
            String name =
                    text(axis.isTextual() ? axis : axis.path("name")).orElseThrow(() -> corrupt("an axis has no name"));
            parsed.add(new Axis(name, text(axis.path("type")), text(axis.path("unit"))));
        }
        return List.copyOf(parsed);
    }

    private List<Dataset> parseDatasets() {
        List<Dataset> parsed = new ArrayList<>();
        for (JsonNode dataset : list(entry, "datasets")) {
            String path = text(dataset.path("path")).orElseThrow(() -> corrupt("a dataset has no path"));
            try {
                Keys.checked(path);
            } catch (InvalidNameException e) {
                throw new CorruptDataException(location + ": a dataset has an impossible path: " + e.getMessage(), e);
            }
            parsed.add(new Dataset(path, scale(dataset)));
        }
        return List.copyOf(parsed);
    }

    private Optional<double[]> scale(JsonNode dataset) {
        for (JsonNode transformation : dataset.path("coordinateTransformations")) {
            if (transformation.path("type").asText().equals("scale")) {
                JsonNode values = transformation.path("scale");
                double[] scale = new double[values.size()];
                for (int i = 0; i < scale.length; i++) {
                    if (!values.get(i).isNumber()) {
                        throw corrupt("a scale holds " + MetadataJson.shown(values.get(i)));
                    }
                    scale[i] = values.get(i).doubleValue();
                }
                if (scale.length != axes.size() && !axes.isEmpty()) {
                    throw corrupt("a scale has " + scale.length + " numbers for " + axes.size() + " axes");
                }
                return Optional.of(scale);
            }
        }
        return Optional.empty();
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
        return new CorruptDataException(location + ": the multiscales metadata are broken: " + problem);
    }
}
