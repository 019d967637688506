package org.copick.tests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.copick.Entity;
import org.copick.Level;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VoxelSpacing;
import org.copick.entity.EntityKey;
import org.copick.error.CopickException;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** The state of a project that readers can see, as text: its entities and a digest of their contents. */
final class ProjectState {
    private final SortedMap<String, String> contents = new TreeMap<>();

    private ProjectState() {}

    /** Reads the whole project. Unreadable content is represented by the type of the exception. */
    static SortedMap<String, String> of(Root root) {
        ProjectState state = new ProjectState();
        state.contents.put("objects", root.config().objects().toString());
        for (PickableObject object : root.objects()) {
            if (object.isParticle() && object.layer().isPresent()) {
                state.put(
                        new EntityKey.DensityMap(object.name()),
                        () -> object.findDensityMap()
                                .map(ProjectState::described)
                                .orElse("without levels"));
            }
        }
        for (Run run : root.runs()) {
            state.run(run);
        }
        return state.contents;
    }

    private void run(Run run) {
        contents.put(run.key().toString(), "there");
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            contents.put(spacing.key().toString(), "there");
            for (Tomogram tomogram : spacing.tomograms()) {
                put(tomogram.key(), () -> described(tomogram.volume()));
                tomogram.features().forEach(f -> put(f.key(), () -> described(f.volume())));
            }
        }
        run.picks().forEach(p -> put(p.key(), () -> text(p.document().toJson())));
        run.filaments().forEach(f -> put(f.key(), () -> text(f.document().toJson())));
        run.meshes().forEach(m -> put(m.key(), () -> text(m.glb())));
        run.segmentations().forEach(s -> put(s.key(), () -> described(s.volume())));
    }

    private void put(EntityKey key, Supplier<String> read) {
        String seen;
        try {
            seen = read.get();
        } catch (CopickException e) {
            seen = e.getClass().getSimpleName();
        }
        contents.put(key.toString(), seen);
    }

    /** Describes every level: scale, type, shape, and a digest of the elements. */
    private static String described(Volume volume) {
        // an interrupted deletion may leave chunks without the group's metadata; they are not readable
        if (volume.zarrFormat().isEmpty() || volume.levels().isEmpty()) {
            return "without levels";
        }
        List<String> levels = new ArrayList<>();
        for (Level level : volume.levels()) {
            ZarrArray array = level.array();
            float[] elements = array.readFloats(Region.all(array.shape()));
            TreeSet<Float> values = new TreeSet<>();
            for (float element : elements) {
                values.add(element);
            }
            levels.add(level.scale().map(Arrays::toString).orElse("no scale") + " " + array.dataType() + " "
                    + Arrays.toString(array.shape()) + " " + Integer.toHexString(Arrays.hashCode(elements)) + " of "
                    + (values.size() < 4 ? values : values.size() + " values"));
        }
        return "v" + volume.zarrFormat().orElse(0) + " " + levels;
    }

    private static String text(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return bytes.length + " bytes, " + Long.toHexString(sum.getValue());
    }

    /** Returns the keys that differ, each with its old and new state, for messages. */
    static List<String> differences(SortedMap<String, String> before, SortedMap<String, String> after) {
        List<String> differences = new ArrayList<>();
        TreeMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String key : all.keySet()) {
            String then = before.getOrDefault(key, "absent");
            String now = after.getOrDefault(key, "absent");
            if (!then.equals(now)) {
                differences.add(key + ": " + then + " -> " + now);
            }
        }
        return differences;
    }

    /** Returns the visible state of an entity, or {@code absent}. */
    static String seen(SortedMap<String, String> state, Entity entity) {
        return state.getOrDefault(entity.key().toString(), "absent");
    }
}
