package org.copick.overlay;

import java.util.concurrent.atomic.AtomicInteger;

/** On a store that cannot exchange several objects at once. */
final class MemoryVolumesTest extends VolumesContract {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    MemoryVolumesTest() {
        super("memory://volumes" + COUNTER.incrementAndGet());
    }
}
