package org.copick.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.copick.error.CopickException;
import org.copick.layout.RootIndex;
import org.copick.tests.MemoryStore;

/** Reads the text of an index of a root. Writing and reading an accepted one changes nothing. */
public final class IndexTarget {
    private IndexTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Optional<RootIndex> read = read(zipped(input));
            byte[] stored = stored(read.orElseThrow());
            Expected.that(Arrays.equals(stored, stored(read(stored).orElseThrow())));
        } catch (CopickException refused) {
            // allowed
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but arrays", e);
        }
    }

    private static Optional<RootIndex> read(byte[] stored) {
        return RootIndex.read(MemoryStore.of(Map.of(RootIndex.KEY, stored)));
    }

    private static byte[] stored(RootIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        index.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static byte[] zipped(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(text);
        }
        return bytes.toByteArray();
    }
}
