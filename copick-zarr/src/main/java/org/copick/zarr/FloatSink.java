package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.copick.zarr.codec.Unpacked;

/** A sink for float32 elements that are read as floats. Nearly every read of a tomogram uses it. */
final class FloatSink extends Sink {
    /** Elements of the shortest row for which a bulk copy pays. */
    private static final int SHORT_ROW = 16;

    private final float[] into;
    private final int offset;

    FloatSink(float[] into, int offset) {
        super(DataType.FLOAT32);
        this.into = into;
        this.offset = offset;
    }

    @Override
    BoxCopy.Row rows(ByteBuffer elements, long first) {
        FloatBuffer floats = elements.asFloatBuffer();
        return (inBox, boxStep, inRegion, regionStep, n) -> {
            int source = (int) (inBox - first);
            if (boxStep == 1 && regionStep == 1 && n >= SHORT_ROW) {
                floats.get(source, into, offset + inRegion, n);
            } else {
                copy(elements, source, boxStep, inRegion, regionStep, n);
            }
        };
    }

    @Override
    void copy(ByteBuffer from, int source, int target, int n) {
        from.asFloatBuffer().get(source, into, offset + target, n);
    }

    @Override
    void copy(ByteBuffer from, int source, int sourceStep, int target, int targetStep, int n) {
        int to = offset + target;
        for (int i = 0; i < n; i++) {
            into[to + i * targetStep] = from.getFloat(Float.BYTES * (source + i * sourceStep));
        }
    }

    @Override
    void fill(ByteBuffer element, int target, int targetStep, int n) {
        float value = element.getFloat(0);
        int to = offset + target;
        if (targetStep == 1) {
            Arrays.fill(into, to, to + n, value);
            return;
        }
        for (int i = 0; i < n; i++) {
            into[to + i * targetStep] = value;
        }
    }

    @Override
    boolean takesShuffled() {
        return true;
    }

    @Override
    void copyShuffled(Unpacked from, int source, int sourceStep, int target, int targetStep, int n) {
        from.copyFloats(source, sourceStep, into, offset + target, targetStep, n);
    }
}
