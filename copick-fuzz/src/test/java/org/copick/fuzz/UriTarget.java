package org.copick.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.copick.CopickUri;
import org.copick.TargetUri;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.CopickException;

/** Reads URIs and matches them with names that make patterns slow; the first byte selects the kind of entity. */
public final class UriTarget {
    private static final String LONG = "a".repeat(60) + "b";
    private static final VoxelSize SIZE = new VoxelSize(10);
    private static final List<EntityKey> KEYS = List.of(
            new EntityKey.Picks("r", LONG, "x", "y"),
            new EntityKey.Filaments("r", "a-b.c", LONG, "1"),
            new EntityKey.Mesh("r", "[a]*?", "\u00e9", LONG),
            new EntityKey.Segmentation("r", SIZE, "a", "x", "1", SegmentationType.MULTILABEL),
            new EntityKey.Tomogram("r", SIZE, "wbp"),
            new EntityKey.Features("r", SIZE, "wbp", LONG));

    private UriTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        EntityKey key = KEYS.get(Byte.toUnsignedInt(input[0]) % KEYS.size());
        EntityKind kind = key.kind();
        String text = new String(Arrays.copyOfRange(input, 1, input.length), StandardCharsets.UTF_8);
        Expected.refusedOrDone(() -> {
            CopickUri uri = CopickUri.parse(kind, text);
            Expected.same(text, uri.toString());
            uri.matches(key);
        });
        EntityKey named;
        try {
            named = TargetUri.parse(kind, text).of(key);
        } catch (CopickException refused) {
            return;
        }
        Expected.same(kind, named.kind());
    }
}
