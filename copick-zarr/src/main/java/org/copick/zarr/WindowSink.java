package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A sink for memory that is larger than a buffer, which it fills through windows of equal size. */
final class WindowSink extends Sink {
    private final int windowElements;
    private final List<Sink> windows = new ArrayList<>();

    /**
     * Creates a sink for a part of the memory.
     *
     * @param first the index in the memory of the part's first element
     * @param count the number of elements of the part
     * @param windowElements the number of elements of each window but the last
     */
    WindowSink(DataType type, ElementMemory memory, long first, int count, int windowElements) {
        super(type);
        this.windowElements = windowElements;
        for (int done = 0, n; done < count; done += n) {
            n = Math.min(windowElements, count - done);
            int bytes = n * type.bytes();
            ByteBuffer window = memory.view((first + done) * type.bytes(), bytes);
            if (window.remaining() < bytes) {
                throw new IllegalArgumentException("the memory has " + window.remaining() + " bytes from byte "
                        + (first + done) * type.bytes() + " on, and " + bytes + " are needed");
            }
            windows.add(Sink.ofElements(type, window.slice().order(window.order())));
        }
    }

    @Override
    void copy(ByteBuffer from, int source, int target, int n) {
        for (int done = 0, more; done < n; done += more) {
            int at = (target + done) % windowElements;
            more = Math.min(n - done, windowElements - at);
            window(target + done).copy(from, source + done, at, more);
        }
    }

    @Override
    void fill(ByteBuffer element, int target, int targetStep, int n) {
        if (targetStep != 1) {
            super.fill(element, target, targetStep, n);
            return;
        }
        for (int done = 0, more; done < n; done += more) {
            int at = (target + done) % windowElements;
            more = Math.min(n - done, windowElements - at);
            window(target + done).fill(element, at, 1, more);
        }
    }

    private Sink window(int target) {
        return windows.get(target / windowElements);
    }
}
