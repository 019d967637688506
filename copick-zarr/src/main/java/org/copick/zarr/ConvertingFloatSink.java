package org.copick.zarr;

import java.nio.ByteBuffer;

/** A sink for elements of other types than float32 that are read as floats. */
final class ConvertingFloatSink extends Sink {
    private final FloatConversion conversion;
    private final float[] into;
    private final int offset;

    ConvertingFloatSink(DataType type, float[] into, int offset) {
        super(type);
        this.conversion = new FloatConversion(type);
        this.into = into;
        this.offset = offset;
    }

    @Override
    void copy(ByteBuffer from, int source, int target, int n) {
        conversion.convert(from, source, into, offset + target, n);
    }
}
