package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.Keys;

/** Groups in which bioformats2raw puts each image of a file as a numbered series. */
public final class ImageSeries {
    private static final String LAYOUT = "bioformats2raw.layout";
    private static final String LISTING = "OME";
    private static final String FIRST = "0";
    private static final String SECOND = "1";

    private ImageSeries() {}

    /**
     * Returns the only series of such a group, and any other group itself.
     *
     * @throws CorruptDataException when the series is missing
     * @throws UnsupportedFeatureException for several series, naming them
     */
    public static ZarrGroup only(ZarrGroup group) {
        JsonNode attributes = group.attributes();
        boolean image = attributes.path("multiscales").isArray()
                || attributes.path("ome").path("multiscales").isArray();
        if (image || (!attributes.has(LAYOUT) && !attributes.path("ome").has(LAYOUT))) {
            return group;
        }
        List<String> series = series(group);
        if (series.size() > 1) {
            throw new UnsupportedFeatureException(group.location() + " holds " + series.size()
                    + " images of bioformats2raw (" + String.join(", ", series.subList(0, Math.min(10, series.size())))
                    + "); take one of them, such as " + group.location() + "/" + series.get(0));
        }
        if (group.member(series.get(0)).orElse(null) instanceof ZarrGroup only) {
            return only;
        }
        throw new CorruptDataException(
                "the series \"" + series.get(0) + "\" of bioformats2raw is missing in " + group.location());
    }

    private static List<String> series(ZarrGroup group) {
        List<String> listed = new ArrayList<>();
        if (group.member(LISTING).orElse(null) instanceof ZarrGroup listing) {
            JsonNode attributes = listing.attributes();
            JsonNode named = attributes.has("series")
                    ? attributes.path("series")
                    : attributes.path("ome").path("series");
            named.forEach(name -> listed.add(Keys.checked(name.asText())));
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
