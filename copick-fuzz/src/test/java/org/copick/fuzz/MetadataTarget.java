package org.copick.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.copick.cache.ChunkCache;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata, and some data of the described arrays.
 *
 * <p>The first byte selects the kind of document. A NUL ends the document; the first chunk follows.
 */
public final class MetadataTarget {
    private static final List<String> DOCUMENTS = List.of(".zarray", "zarr.json", ".zattrs", ".zmetadata");
    private static final List<String> CHUNKS =
            List.of("0", "0.0", "0.0.0", "0.0.0.0", "0/0/0", "c/0", "c/0/0", "c/0/0/0", "c/0/0/0/0");
    private static final long MOST_ELEMENTS = 200_000;
    private static final byte[] GROUP = "{\"zarr_format\":2}".getBytes(StandardCharsets.UTF_8);

    private MetadataTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        MemoryStore store = new MemoryStore();
        String document = DOCUMENTS.get(Byte.toUnsignedInt(input[0]) % DOCUMENTS.size());
        int end = 1;
        while (end < input.length && input[end] != 0) {
            end++;
        }
        store.write(document, Arrays.copyOfRange(input, 1, end), WriteCondition.ANY);
        if (document.equals(".zattrs") || document.equals(".zmetadata")) {
            store.write(".zgroup", GROUP, WriteCondition.ANY);
        }
        if (end + 1 < input.length) {
            byte[] chunk = Arrays.copyOfRange(input, end + 1, input.length);
            CHUNKS.forEach(key -> store.write(key, chunk, WriteCondition.ANY));
        }
        Expected.refusedOrDone(
                () -> read(new Zarr(ChunkCache.ofBytes(1 << 20)).open(store, "").orElse(null)));
    }

    private static void read(@Nullable ZarrNode node) {
        if (node instanceof ZarrGroup group) {
            Expected.refusedOrDone(group::attributes);
            Expected.refusedOrDone(group::checkConsolidated);
            Expected.refusedOrDone(() -> group.member("0"));
            Expected.refusedOrDone(group::strayMetadata);
            Multiscale.of(group)
                    .ifPresent(image -> image.datasets()
                            .forEach(dataset -> Expected.refusedOrDone(() -> {
                                image.voxelSize(dataset);
                                image.metadata();
                            })));
        } else if (node instanceof ZarrArray array) {
            Expected.refusedOrDone(array::attributes);
            Expected.refusedOrDone(array::fillValue);
            long[] shape = array.shape();
            long elements = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                shape[axis] = Math.min(shape[axis], Math.min(40, Math.max(1, MOST_ELEMENTS / elements)));
                elements *= Math.max(1, shape[axis]);
            }
            Region corner = Region.of(new long[shape.length], shape);
            array.readBytes(
                    corner, new byte[(int) corner.size() * array.dataType().bytes()]);
        }
    }
}
