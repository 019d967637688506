package org.copick.tests.disk;

import java.nio.file.Path;
import org.copick.storage.ObjectStore;
import org.copick.storage.disk.DiskCache;
import org.copick.tests.MemoryUnderTest;
import org.copick.tests.StoreUnderTest;

/** The reference store behind a disk cache, as a subject of the kit. */
final class CachedUnderTest implements StoreUnderTest {
    private final MemoryUnderTest remote = new MemoryUnderTest();
    private final DiskCache cache;

    CachedUnderTest(Path folder) {
        this.cache = DiskCache.in(folder, 64 << 20);
    }

    @Override
    public ObjectStore open() {
        return cache.over(remote.open());
    }
}
