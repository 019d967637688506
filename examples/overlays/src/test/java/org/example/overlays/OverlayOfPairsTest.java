package org.example.overlays;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.copick.tests.MemoryUnderTest;
import org.copick.tests.OverlayContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests every kind of store as an overlay over every kind. */
@ParameterizedClass(name = "{0} over {1}")
@MethodSource("pairs")
class OverlayOfPairsTest extends OverlayContract {
    @TempDir
    Path folder;

    @Parameter(0)
    Kind overlay;

    @Parameter(1)
    Kind shared;

    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (Kind overlay : List.of(Kind.MEMORY, Kind.DISK, Kind.SQLITE)) {
            for (Kind shared : Kind.values()) {
                pairs.add(Arguments.of(overlay, shared));
            }
        }
        return pairs;
    }

    @Override
    protected StoreUnderTest newStore() {
        return overlay.place(folder.resolve("overlay"));
    }

    @Override
    protected StoreUnderTest newShared() {
        return shared.place(folder.resolve("shared"));
    }

    @Override
    protected String subject() {
        return (overlay + " over " + shared).toLowerCase(Locale.ROOT);
    }

    @Override
    public int rounds() {
        return 2;
    }

    /** The available kinds of stores. */
    enum Kind {
        MEMORY,
        DISK,
        SQLITE,
        ZIP;

        StoreUnderTest place(Path folder) {
            return switch (this) {
                case MEMORY -> new MemoryUnderTest();
                case DISK -> new UrlUnderTest(folder.toString());
                case SQLITE -> new UrlUnderTest("sqlite://" + folder + ".db!");
                case ZIP -> new ZippedUnderTest(Path.of(folder + ".zip"));
            };
        }
    }
}
