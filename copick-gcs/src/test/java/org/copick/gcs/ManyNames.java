package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.copick.storage.FolderListing;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;

/** A folder with so many numbered names that it is listed in parts. */
final class ManyNames {
    private static final int FOLDERS = 4_100;
    private static final int OBJECTS = 900;

    private ManyNames() {}

    /** Fills a place, and checks that the listing is complete and in order. */
    static void areListed(GcsUnderTest place) {
        List<String> folders = IntStream.range(0, FOLDERS)
                .mapToObj(run -> String.format("many/TS_%05d/", run))
                .toList();
        List<String> objects = IntStream.range(0, OBJECTS)
                .mapToObj(run -> String.format("many/TS_%05d.json", 11 * run))
                .toList();
        Map<String, byte[]> contents = new TreeMap<>();
        folders.forEach(folder -> contents.put(folder + "a", new byte[1]));
        objects.forEach(object -> contents.put(object, new byte[1]));
        // names at which parts begin
        contents.put("many/TS_05", new byte[1]);
        contents.put("many/TS_1/a", new byte[1]);
        place.fill(contents);

        FolderListing listed;
        try (ObjectStore store = place.open()) {
            listed = store.listFolder("many/");
        }

        assertEquals(
                contents.keySet().stream()
                        .filter(key -> key.indexOf('/', 5) < 0)
                        .toList(),
                listed.objects().stream().map(ObjectInfo::key).toList());
        assertEquals(
                contents.keySet().stream()
                        .filter(key -> key.indexOf('/', 5) > 0)
                        .map(key -> key.substring(0, key.length() - 1))
                        .toList(),
                listed.prefixes());
    }
}
