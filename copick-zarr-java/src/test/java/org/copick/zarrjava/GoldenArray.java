package org.copick.zarrjava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.Array;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.copick.Level;
import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.tests.MemoryStore;
import org.copick.zarr.PlainView;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;

/**
 * An array that Python wrote, as both libraries open it.
 *
 * @param name the place in the corpus
 * @param array the array as our engine reads it
 * @param metadata the stored metadata
 * @param stored its place among the stored objects
 * @param plain its place in the plain view
 */
record GoldenArray(String name, ZarrArray array, JsonNode metadata, Place stored, Place plain) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** An array in a store of zarr-java; the path is empty at the root. */
    record Place(CopickStore store, String path) {
        Array open() throws IOException, ZarrException {
            return Array.open(path.isEmpty() ? store.resolve() : store.resolve(path));
        }
    }

    /** Returns all arrays of a corpus that our engine reads: the levels of volumes, or single arrays. */
    static List<GoldenArray> of(String corpus) throws IOException {
        try (InputStream archive =
                Objects.requireNonNull(GoldenArray.class.getResourceAsStream("/golden/" + corpus + ".zip"))) {
            MemoryStore store = MemoryStore.fromZip(archive);
            return corpus.startsWith("zarr") ? arrays(store) : levels(store);
        }
    }

    private static List<GoldenArray> levels(ObjectStore store) throws IOException {
        SortedSet<String> volumes = new TreeSet<>();
        store.forEach("", object -> {
            int end = object.key().indexOf(".zarr/");
            if (end >= 0) {
                volumes.add(object.key().substring(0, end + ".zarr/".length()));
            }
        });
        List<GoldenArray> levels = new ArrayList<>();
        for (String prefix : volumes) {
            levels.addAll(of(prefix, Volume.open(zarr(), new PrefixStore(store, prefix))));
        }
        return levels;
    }

    /** Returns the levels of a volume. */
    static List<GoldenArray> of(String name, Volume volume) throws IOException {
        CopickStore stored = CopickStore.of(volume);
        CopickStore plain = CopickStore.plain(volume);
        List<GoldenArray> levels = new ArrayList<>();
        for (Level level : volume.levels()) {
            levels.add(new GoldenArray(
                    name + " " + level.path(),
                    level.array(),
                    metadata(volume.store(), level.path() + "/"),
                    new Place(stored, level.path()),
                    new Place(plain, Integer.toString(levels.size()))));
        }
        return levels;
    }

    private static List<GoldenArray> arrays(ObjectStore store) throws IOException {
        JsonNode manifest =
                MAPPER.readTree(store.read("manifest.json").orElseThrow().bytes());
        List<GoldenArray> arrays = new ArrayList<>();
        for (JsonNode each : manifest.path("arrays")) {
            String path = each.path("path").asText();
            try {
                ZarrArray array = (ZarrArray) zarr().open(store, path).orElseThrow();
                arrays.add(new GoldenArray(
                        path,
                        array,
                        metadata(store, path + "/"),
                        new Place(CopickStore.of(store), path),
                        new Place(CopickStore.of(PlainView.of(array)), "")));
            } catch (UnsupportedFeatureException e) {
                // tests of the engine list these
            }
        }
        return arrays;
    }

    private static JsonNode metadata(ObjectStore store, String folder) throws IOException {
        byte[] bytes = store.read(folder + "zarr.json")
                .or(() -> store.read(folder + ".zarray"))
                .orElseThrow()
                .bytes();
        // Python writes NaN without quotes
        return MAPPER.readTree(bytes);
    }

    private static Zarr zarr() {
        return new Zarr(ChunkCache.ofBytes(8 << 20));
    }

    @Override
    public String toString() {
        return name;
    }
}
