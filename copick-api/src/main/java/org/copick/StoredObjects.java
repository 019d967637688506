package org.copick;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;

/** Compares the stored objects of two volumes. */
final class StoredObjects {
    private static final long BLOCK = 4 << 20;

    private StoredObjects() {}

    /** Returns whether two stores have equal objects under equal keys. Reads up to the first difference. */
    static boolean same(ObjectStore one, ObjectStore other) {
        Map<String, Long> sizes = sizes(one);
        return sizes.equals(sizes(other)) && sizes.entrySet().stream().allMatch(object -> same(one, other, object));
    }

    private static Map<String, Long> sizes(ObjectStore store) {
        Map<String, Long> sizes = new TreeMap<>();
        store.forEach("", object -> sizes.put(object.key(), object.size()));
        return sizes;
    }

    /** Compares one object block by block, because it can be larger than the heap. */
    private static boolean same(ObjectStore left, ObjectStore right, Map.Entry<String, Long> object) {
        for (long offset = 0; offset < object.getValue(); offset += BLOCK) {
            List<ByteRange> block = List.of(ByteRange.of(offset, BLOCK));
            Optional<RangesRead> one = left.readRanges(object.getKey(), block, null);
            Optional<RangesRead> two = right.readRanges(object.getKey(), block, null);
            if (one.isEmpty()
                    || two.isEmpty()
                    || !Arrays.equals(
                            one.get().parts().get(0), two.get().parts().get(0))) {
                return false;
            }
        }
        return true;
    }
}
