package org.copick.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of a synthetic project, in order. They are computed on request, because a million of them would not leave the
 * processor's caches to the programs that are measured. All keys are ASCII, so the order of their characters is that of
 * their bytes.
 */
final class ArchiveKeys {
    private static final int MANY_PICKS = 5_000;
    private static final int CHUNKS = 8;
    private static final String SPACING = "VoxelSpacing10.000/";
    /** The images of a run: two tomograms, features of one of them, and a segmentation. */
    private static final String[] IMAGES = {
        SPACING + "wbp.zarr/",
        SPACING + "denoised.zarr/",
        SPACING + "wbp_sobel_features.zarr/",
        "Segmentations/10.000_tool_0_membrane.zarr/"
    };

    private final String[] runs;
    /** The keys of each run, without the run's own prefix. */
    private final String[] within;

    private ArchiveKeys(int runs, Stream<String> within) {
        this.runs = IntStream.range(0, runs)
                .mapToObj(run -> String.format(Locale.ROOT, "ExperimentRuns/TS_%05d/", run))
                .toArray(String[]::new);
        this.within = within.sorted().toArray(String[]::new);
    }

    /** Returns runs with one key for each entity and for each marker of a folder: 9 keys in a run. */
    static ArchiveKeys small(int runs) {
        return new ArchiveKeys(
                runs, Stream.concat(documents(), Arrays.stream(IMAGES).map(image -> image + "zarr.json")));
    }

    /** Returns runs with the same entities and the chunks of images: 50 keys in a run. */
    static ArchiveKeys chunks(int runs) {
        Stream<String> images = IntStream.range(0, IMAGES.length)
                .boxed()
                .flatMap(image -> image(image == 0 ? CHUNKS + 1 : CHUNKS).map(name -> IMAGES[image] + name));
        return new ArchiveKeys(runs, Stream.concat(documents(), images));
    }

    /** Returns a single run with 5,000 picks. */
    static ArchiveKeys picks() {
        return new ArchiveKeys(
                1,
                IntStream.range(0, MANY_PICKS)
                        .mapToObj(session -> String.format(Locale.ROOT, "Picks/tool_%04d_ribosome.json", session)));
    }

    private static Stream<String> documents() {
        return Stream.of(
                ".meta",
                SPACING + ".meta",
                "Picks/alice_0_ribosome.json",
                "Picks/tool_0_ribosome.json",
                "Meshes/tool_0_membrane.glb");
    }

    private static Stream<String> image(int chunks) {
        Stream<String> names = IntStream.range(0, chunks).mapToObj(i -> "0/" + i / 4 + "/" + i / 2 % 2 + "/" + i % 2);
        return Stream.concat(Stream.of(".zattrs", ".zgroup", "0/.zarray"), names);
    }

    int size() {
        return runs.length * within.length;
    }

    String get(int index) {
        return runs[index / within.length] + within[index % within.length];
    }

    /** Returns the index of the first key that is not less than a text; the number of keys if there is none. */
    int from(String least) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).compareTo(least) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean contains(String key) {
        int at = from(key);
        return at < size() && get(at).equals(key);
    }
}
