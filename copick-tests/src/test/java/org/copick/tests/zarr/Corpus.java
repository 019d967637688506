package org.copick.tests.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.copick.cache.ChunkCache;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;

/** The plain arrays that zarr-python wrote. */
final class Corpus {
    static final Corpus ZARR2 = new Corpus("/golden/zarr2.zip");
    static final Corpus ZARR3 = new Corpus("/golden/zarr3.zip");

    private final MemoryStore store;
    private final List<String> paths = new ArrayList<>();

    private Corpus(String archive) {
        try {
            store = MemoryStore.fromZip(Objects.requireNonNull(Corpus.class.getResourceAsStream(archive)));
            JsonNode manifest = new ObjectMapper()
                    .readTree(store.read("manifest.json").orElseThrow().bytes());
            manifest.path("arrays")
                    .forEach(array -> paths.add(array.path("path").textValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectStore store() {
        return store;
    }

    /** Returns the paths of the arrays. */
    List<String> paths() {
        return paths;
    }

    /** Returns the arrays that this library can read, opened with their own cache. */
    List<ZarrArray> readable() {
        Zarr zarr = new Zarr(ChunkCache.ofBytes(1 << 20));
        List<ZarrArray> arrays = new ArrayList<>();
        for (String path : paths) {
            try {
                arrays.add((ZarrArray) zarr.open(store, path).orElseThrow());
            } catch (UnsupportedFeatureException e) {
                // the manifest test of the command lists the unsupported ones
            }
        }
        return arrays;
    }
}
