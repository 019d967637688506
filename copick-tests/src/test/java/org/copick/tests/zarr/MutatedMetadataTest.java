package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests metadata with exchanged values: the array is read, or refused with a typed error, without using much memory.
 */
class MutatedMetadataTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MUTATIONS = 40;
    private static final long MOST_ELEMENTS = 200_000;

    @TestFactory
    Stream<DynamicTest> changedMetadataAreReadOrRefused() {
        return Stream.of(Corpus.ZARR2, Corpus.ZARR3)
                .flatMap(corpus -> corpus.paths().stream()
                        .map(path -> DynamicTest.dynamicTest(path, () -> mutate(corpus.store(), path))));
    }

    private static void mutate(ObjectStore corpus, String path) throws IOException {
        MemoryStore store = new MemoryStore();
        String document = "";
        int stored = 0;
        for (var object : corpus.list(path + "/", null, 1000).objects()) {
            boolean metadata = object.key().endsWith("/.zarray") || object.key().equals(path + "/zarr.json");
            document = metadata ? object.key() : document;
            if (metadata || stored++ < 4) {
                store.write(
                        object.key(), corpus.read(object.key()).orElseThrow().bytes(), WriteCondition.ANY);
            }
        }
        JsonNode valid = MAPPER.readTree(corpus.read(document).orElseThrow().bytes());
        Random random = new Random(path.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            ObjectNode changed = valid.deepCopy();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                change(changed, random);
            }
            store.write(document, MAPPER.writeValueAsBytes(changed), WriteCondition.ANY);
            try {
                read(store, path);
            } catch (CorruptDataException | UnsupportedFeatureException e) {
                assertTrue(e.toString().contains(path) || e.toString().contains("blosc"), e::toString);
            } catch (RuntimeException | Error e) {
                fail("mutation " + i + ": " + changed, e);
            }
        }
    }

    private static void read(ObjectStore store, String path) {
        ZarrNode node = new Zarr(ChunkCache.ofBytes(0)).open(store, path).orElse(null);
        if (!(node instanceof ZarrArray array)) {
            return;
        }
        long[] shape = array.shape();
        long[] part = new long[shape.length];
        long elements = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            part[i] = Math.min(shape[i], Math.max(1, MOST_ELEMENTS / elements));
            part[i] = Math.min(part[i], 40);
            elements *= Math.max(1, part[i]);
        }
        array.readBytes(
                Region.of(new long[shape.length], part),
                new byte
                        [(int) Region.of(new long[shape.length], part).size()
                                * array.dataType().bytes()]);
    }

    private static void change(ObjectNode json, Random random) {
        List<Runnable> changes = new ArrayList<>();
        collect(json, random, changes);
        if (!changes.isEmpty()) {
            changes.get(random.nextInt(changes.size())).run();
        }
    }

    private static void collect(JsonNode node, Random random, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                changes.add(() -> object.set(name, other(random)));
                changes.add(() -> object.remove(name));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                changes.add(() -> array.set(index, other(random)));
                changes.add(() -> array.remove(index));
                changes.add(() -> array.add(array.get(index).deepCopy()));
            }
        }
        node.forEach(child -> collect(child, random, changes));
    }

    private static JsonNode other(Random random) {
        ArrayNode holder = MAPPER.createArrayNode();
        switch (random.nextInt(12)) {
            case 0 -> holder.add(random.nextInt(12));
            case 1 -> holder.add(-1);
            case 2 -> holder.add(1L << random.nextInt(63));
            case 3 -> holder.add(Double.MAX_VALUE);
            case 4 -> holder.add("text");
            case 5 -> holder.addNull();
            case 6 -> holder.addArray().add(1);
            case 7 -> holder.addObject().put("id", "blosc").put("name", "bytes");
            case 8 -> holder.add("<f8");
            case 9 -> holder.add("float64");
            case 10 -> holder.add("zstd");
            default -> holder.add(random.nextBoolean());
        }
        return holder.get(0);
    }
}
