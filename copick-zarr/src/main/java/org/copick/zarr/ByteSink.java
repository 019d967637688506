package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A sink for elements of one byte that are read as bytes. Nearly every read of a segmentation uses it. */
final class ByteSink extends Sink {
    private final byte[] into;

    ByteSink(DataType type, byte[] into) {
        super(type);
        this.into = into;
    }

    @Override
    void copy(ByteBuffer from, int source, int target, int n) {
        from.get(source, into, target, n);
    }

    @Override
    void copy(ByteBuffer from, int source, int sourceStep, int target, int targetStep, int n) {
        if (sourceStep == 1 && targetStep == 1) {
            copy(from, source, target, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            into[target + i * targetStep] = from.get(source + i * sourceStep);
        }
    }

    @Override
    void fill(ByteBuffer element, int target, int targetStep, int n) {
        byte value = element.get(0);
        if (targetStep == 1) {
            Arrays.fill(into, target, target + n, value);
            return;
        }
        for (int i = 0; i < n; i++) {
            into[target + i * targetStep] = value;
        }
    }
}
