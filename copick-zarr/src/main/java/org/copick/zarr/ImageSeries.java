package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/** Recognises groups that contain images but are not images: bioformats2raw series, plates and wells, image labels. */
public final class ImageSeries {
    private static final String LAYOUT = "bioformats2raw.layout";
    private static final String LISTING = "OME";
    private static final String FIRST = "0";
    private static final String SECOND = "1";

    private ImageSeries() {}

    /**
     * {@return the image of a bioformats2raw group with a single series; any other group unchanged}
     *
     * @param group the group of an image, or one that contains images
     * @throws CorruptDataException if the series is missing, or a path in the metadata is invalid
     * @throws UnsupportedFeatureException for several series, a plate, a well or a group of labels; the message names
     *     one of the images
     */
    public static ZarrGroup only(ZarrGroup group) {
        ObjectNode attributes = group.attributeTree();
        if (ZarrGroup.describesImage(attributes)) {
            return group;
        }
        requireNoCollection(group, attributes);
        if (!attributes.has(LAYOUT) && !attributes.path("ome").has(LAYOUT)) {
            return group;
        }
        List<String> series = series(group);
        if (series.size() > 1) {
            throw new UnsupportedFeatureException(group.location() + " holds " + series.size()
                    + " bioformats2raw images (" + String.join(", ", series.subList(0, Math.min(10, series.size())))
                    + "); take one of them, such as " + group.location() + "/" + series.get(0));
        }
        if (group.member(series.get(0)).orElse(null) instanceof ZarrGroup only) {
            return only;
        }
        throw new CorruptDataException(
                "the bioformats2raw series \"" + series.get(0) + "\" is missing in " + group.location());
    }

    private static void requireNoCollection(ZarrGroup group, JsonNode attributes) {
        if (field(attributes, "plate") instanceof ObjectNode plate) {
            String path = plate.path("wells").path(0).path("path").asText("");
            String well = path.isEmpty() ? "" : MetadataJson.key(path, group.location() + ": a well");
            JsonNode within = !well.isEmpty() && group.member(well).orElse(null) instanceof ZarrGroup found
                    ? found.attributeTree()
                    : MetadataJson.emptyObject();
            throw collection(
                    group, "a plate of wells", well.isEmpty() ? "" : well + "/" + firstImage(field(within, "well")));
        }
        if (field(attributes, "well") instanceof ObjectNode well) {
            throw collection(group, "a well of a plate", firstImage(well));
        }
        if (field(attributes, "labels") instanceof ArrayNode labels) {
            throw collection(group, "a group of label images", labels.path(0).asText(""));
        }
    }

    private static String firstImage(JsonNode well) {
        return well.path("images").path(0).path("path").asText(FIRST);
    }

    private static JsonNode field(JsonNode attributes, String name) {
        return attributes.has(name)
                ? attributes.path(name)
                : attributes.path("ome").path(name);
    }

    private static UnsupportedFeatureException collection(ZarrGroup group, String what, String image) {
        return new UnsupportedFeatureException(
                group.location() + " is " + what + ", not an image; take one of its images"
                        + (image.isEmpty() ? "" : ", such as " + group.location() + "/" + image));
    }

    private static List<String> series(ZarrGroup group) {
        List<String> listed = new ArrayList<>();
        if (group.member(LISTING).orElse(null) instanceof ZarrGroup listing) {
            JsonNode attributes = listing.attributeTree();
            JsonNode named = attributes.has("series")
                    ? attributes.path("series")
                    : attributes.path("ome").path("series");
            named.forEach(name ->
                    listed.add(MetadataJson.key(name.asText(), group.location() + ": a bioformats2raw series")));
        }
        if (listed.isEmpty()) {
            listed.add(FIRST);
            if (group.member(SECOND).isPresent()) {
                listed.add(SECOND);
            }
        }
        return listed;
    }
}
