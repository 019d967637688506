package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.copick.zarr.codec.Half;
import org.copick.zarr.codec.Unpacked;

/**
 * The target of the elements of a region, which converts them if that is allowed. Positions count elements. Many
 * threads may use a sink at once if they write to different positions.
 */
abstract class Sink {
    final DataType type;

    Sink(DataType type) {
        this.type = type;
    }

    /**
     * Returns a copier of rows from elements of a box; {@code first} is the position in the box of the first of them.
     */
    BoxCopy.Row rows(ByteBuffer elements, long first) {
        return (inBox, boxStep, inRegion, regionStep, n) ->
                copy(elements, (int) (inBox - first), boxStep, inRegion, regionStep, n);
    }

    /** Copies adjacent elements to adjacent positions. */
    abstract void copy(ByteBuffer from, int source, int target, int n);

    /** Returns whether {@link #copyShuffled} may be called. */
    boolean takesShuffled() {
        return false;
    }

    /** Copies shuffled little-endian elements of the type, with these steps. */
    void copyShuffled(Unpacked from, int source, int sourceStep, int target, int targetStep, int n) {
        throw new IllegalStateException(type + " elements are put in order first");
    }

    /** Copies elements with these steps. */
    void copy(ByteBuffer from, int source, int sourceStep, int target, int targetStep, int n) {
        if (sourceStep == 1 && targetStep == 1) {
            copy(from, source, target, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            copy(from, source + i * sourceStep, target + i * targetStep, 1);
        }
    }

    /** Repeats one element. */
    void fill(ByteBuffer element, int target, int targetStep, int n) {
        for (int i = 0; i < n; i++) {
            copy(element, 0, target + i * targetStep, 1);
        }
    }

    /** Returns a sink that writes floats to an array from {@code offset} on. */
    static Sink of(DataType type, float[] into, int offset) {
        return type == DataType.FLOAT32 ? new FloatSink(into, offset) : new ConvertingFloatSink(type, into, offset);
    }

    static Sink of(DataType type, FloatBuffer into) {
        FloatConversion conversion = new FloatConversion(type);
        return new Sink(type) {
            @Override
            void copy(ByteBuffer from, int source, int target, int n) {
                if (type == DataType.FLOAT32) {
                    into.put(target, from.asFloatBuffer(), source, n);
                    return;
                }
                float[] piece = new float[Math.min(n, FloatConversion.PIECE)];
                for (int done = 0, more; done < n; done += more) {
                    more = Math.min(piece.length, n - done);
                    conversion.convert(from, source + done, piece, 0, more);
                    into.put(target + done, piece, 0, more);
                }
            }
        };
    }

    static Sink of(DataType type, DoubleBuffer into) {
        return new Sink(type) {
            @Override
            void copy(ByteBuffer from, int source, int target, int n) {
                switch (type) {
                    case FLOAT64 -> into.put(target, from.asDoubleBuffer(), source, n);
                    case FLOAT32 -> {
                        for (int i = 0; i < n; i++) {
                            into.put(target + i, from.getFloat(4 * (source + i)));
                        }
                    }
                    case FLOAT16 -> {
                        for (int i = 0; i < n; i++) {
                            into.put(target + i, Half.toFloat(from.getShort(2 * (source + i))));
                        }
                    }
                    case UINT64 -> {
                        for (int i = 0; i < n; i++) {
                            into.put(target + i, unsignedToDouble(from.getLong(8 * (source + i))));
                        }
                    }
                    default -> {
                        for (int i = 0; i < n; i++) {
                            into.put(target + i, (double) integer(type, from, source + i));
                        }
                    }
                }
            }
        };
    }

    static Sink ofIntegers(DataType type, byte[] into) {
        requireIntegers(type, 1, "byte");
        return new ByteSink(type, into);
    }

    static Sink of(DataType type, ShortBuffer into) {
        requireIntegers(type, 2, "short");
        return new Sink(type) {
            @Override
            void copy(ByteBuffer from, int source, int target, int n) {
                if (type.bytes() == 2) {
                    into.put(target, from.asShortBuffer(), source, n);
                    return;
                }
                for (int i = 0; i < n; i++) {
                    into.put(target + i, (short) integer(type, from, source + i));
                }
            }
        };
    }

    static Sink of(DataType type, IntBuffer into) {
        requireIntegers(type, 4, "int");
        return new Sink(type) {
            @Override
            void copy(ByteBuffer from, int source, int target, int n) {
                if (type.bytes() == 4) {
                    into.put(target, from.asIntBuffer(), source, n);
                    return;
                }
                for (int i = 0; i < n; i++) {
                    into.put(target + i, (int) integer(type, from, source + i));
                }
            }
        };
    }

    static Sink of(DataType type, LongBuffer into) {
        requireIntegers(type, 8, "long");
        return new Sink(type) {
            @Override
            void copy(ByteBuffer from, int source, int target, int n) {
                if (type.bytes() == 8) {
                    into.put(target, from.asLongBuffer(), source, n);
                    return;
                }
                for (int i = 0; i < n; i++) {
                    into.put(target + i, integer(type, from, source + i));
                }
            }
        };
    }

    /** Returns a sink that does not convert elements, except to the byte order of the target. */
    static Sink ofElements(DataType type, ByteBuffer into) {
        int size = type.bytes();
        return new Sink(type) {
            @Override
            void fill(ByteBuffer element, int target, int targetStep, int n) {
                if (targetStep != 1) {
                    super.fill(element, target, targetStep, n);
                    return;
                }
                copy(element, 0, target, 1);
                ByteBuffer filled = into.duplicate();
                for (int done = 1, more; done < n; done += more) {
                    more = Math.min(done, n - done);
                    into.put((target + done) * size, filled, target * size, more * size);
                }
            }

            @Override
            void copy(ByteBuffer from, int source, int target, int n) {
                if (size == 1 || from.order() == into.order()) {
                    into.put(target * size, from, source * size, n * size);
                    return;
                }
                for (int i = 0; i < n; i++) {
                    switch (size) {
                        case 2 -> into.putShort(2 * (target + i), from.getShort(2 * (source + i)));
                        case 4 -> into.putInt(4 * (target + i), from.getInt(4 * (source + i)));
                        default -> into.putLong(8 * (target + i), from.getLong(8 * (source + i)));
                    }
                }
            }
        };
    }

    /** Returns an element of a bool or integer type by value; uint64 values keep their bits. */
    static long integer(DataType type, ByteBuffer from, int at) {
        return switch (type) {
            case BOOL, UINT8 -> from.get(at) & 0xff;
            case INT8 -> from.get(at);
            case INT16 -> from.getShort(2 * at);
            case UINT16 -> from.getShort(2 * at) & 0xffff;
            case INT32 -> from.getInt(4 * at);
            case UINT32 -> from.getInt(4 * at) & 0xffffffffL;
            case INT64, UINT64 -> from.getLong(8 * at);
            case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is not an integer type");
        };
    }

    /** Rounds to the nearest. Halving keeps the lost bit in the last one, so that the value is rounded only once. */
    static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : (double) (bits >>> 1 | (bits & 1)) * 2;
    }

    static float unsignedToFloat(long bits) {
        return bits >= 0 ? bits : (float) (bits >>> 1 | (bits & 1)) * 2;
    }

    private static void requireIntegers(DataType type, int most, String target) {
        if (type.isFloat() || type.bytes() > most) {
            throw new IllegalArgumentException(type + " elements do not fit into " + target + "[] exactly");
        }
    }
}
