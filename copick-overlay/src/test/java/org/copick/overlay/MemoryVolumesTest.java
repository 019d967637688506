package org.copick.overlay;

import java.util.concurrent.atomic.AtomicInteger;

/** Tests volumes on a store that cannot replace all objects below a prefix atomically. */
final class MemoryVolumesTest extends VolumesContract {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    MemoryVolumesTest() {
        super("memory://volumes" + COUNTER.incrementAndGet());
    }
}
