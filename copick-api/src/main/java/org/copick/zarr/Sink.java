package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An array that elements of decoded chunks are copied into, row by row, converted where that is allowed. */
abstract class Sink {
    final DataType type;
    private final ByteOrder order;
    ByteBuffer from = ByteBuffer.allocate(0);

    private Sink(ArrayMetadata metadata) {
        this.type = metadata.type();
        this.order = metadata.order();
    }

    /** The bytes that the next copies are from. */
    final void source(byte[] chunk) {
        from = ByteBuffer.wrap(chunk).order(order);
    }

    /** Copies {@code n} elements; positions count elements. */
    abstract void copy(int source, int target, int n);

    /** Repeats the first element of the source. */
    abstract void fill(int target, int n);

    static Sink of(ArrayMetadata metadata, float[] into) {
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                switch (type) {
                    case FLOAT32 -> from.asFloatBuffer().get(source, into, target, n);
                    case FLOAT16 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = Half.toFloat(from.getShort(2 * (source + i)));
                        }
                    }
                    case UINT8, BOOL -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = from.get(source + i) & 0xff;
                        }
                    }
                    case INT16 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = from.getShort(2 * (source + i));
                        }
                    }
                    case FLOAT64 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = (float) from.getDouble(8 * (source + i));
                        }
                    }
                    case UINT64 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = unsignedToFloat(from.getLong(8 * (source + i)));
                        }
                    }
                    default -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = integer(source + i);
                        }
                    }
                }
            }

            @Override
            void fill(int target, int n) {
                copy(0, target, 1);
                Arrays.fill(into, target, target + n, into[target]);
            }
        };
    }

    static Sink of(ArrayMetadata metadata, double[] into) {
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                switch (type) {
                    case FLOAT64 -> from.asDoubleBuffer().get(source, into, target, n);
                    case FLOAT32 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = from.getFloat(4 * (source + i));
                        }
                    }
                    case FLOAT16 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = Half.toFloat(from.getShort(2 * (source + i)));
                        }
                    }
                    case UINT64 -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = unsignedToDouble(from.getLong(8 * (source + i)));
                        }
                    }
                    default -> {
                        for (int i = 0; i < n; i++) {
                            into[target + i] = integer(source + i);
                        }
                    }
                }
            }

            @Override
            void fill(int target, int n) {
                copy(0, target, 1);
                Arrays.fill(into, target, target + n, into[target]);
            }
        };
    }

    static Sink of(ArrayMetadata metadata, byte[] into) {
        requireIntegers(metadata.type(), 1, "byte");
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                from.get(source, into, target, n);
            }

            @Override
            void fill(int target, int n) {
                Arrays.fill(into, target, target + n, from.get(0));
            }
        };
    }

    static Sink of(ArrayMetadata metadata, short[] into) {
        requireIntegers(metadata.type(), 2, "short");
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                if (type.bytes() == 2) {
                    from.asShortBuffer().get(source, into, target, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        into[target + i] = (short) integer(source + i);
                    }
                }
            }

            @Override
            void fill(int target, int n) {
                Arrays.fill(into, target, target + n, (short) integer(0));
            }
        };
    }

    static Sink of(ArrayMetadata metadata, int[] into) {
        requireIntegers(metadata.type(), 4, "int");
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                if (type.bytes() == 4) {
                    from.asIntBuffer().get(source, into, target, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        into[target + i] = (int) integer(source + i);
                    }
                }
            }

            @Override
            void fill(int target, int n) {
                Arrays.fill(into, target, target + n, (int) integer(0));
            }
        };
    }

    static Sink of(ArrayMetadata metadata, long[] into) {
        requireIntegers(metadata.type(), 8, "long");
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                if (type.bytes() == 8) {
                    from.asLongBuffer().get(source, into, target, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        into[target + i] = integer(source + i);
                    }
                }
            }

            @Override
            void fill(int target, int n) {
                Arrays.fill(into, target, target + n, integer(0));
            }
        };
    }

    /** The elements' own bytes, little-endian. */
    static Sink ofBytes(ArrayMetadata metadata, byte[] into) {
        int size = metadata.type().bytes();
        boolean swap = size > 1 && metadata.order() == ByteOrder.BIG_ENDIAN;
        return new Sink(metadata) {
            @Override
            void copy(int source, int target, int n) {
                from.get(source * size, into, target * size, n * size);
                if (swap) {
                    for (int at = target * size; at < (target + n) * size; at += size) {
                        for (int low = at, high = at + size - 1; low < high; low++, high--) {
                            byte b = into[low];
                            into[low] = into[high];
                            into[high] = b;
                        }
                    }
                }
            }

            @Override
            void fill(int target, int n) {
                for (int i = 0; i < n; i++) {
                    copy(0, target + i, 1);
                }
            }
        };
    }

    /** An element of a bool or integer type by its value; uint64 bit by bit. */
    final long integer(int at) {
        return switch (type) {
            case BOOL, UINT8 -> from.get(at) & 0xff;
            case INT8 -> from.get(at);
            case INT16 -> from.getShort(2 * at);
            case UINT16 -> from.getShort(2 * at) & 0xffff;
            case INT32 -> from.getInt(4 * at);
            case UINT32 -> from.getInt(4 * at) & 0xffffffffL;
            case INT64, UINT64 -> from.getLong(8 * at);
            case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is no integer type");
        };
    }

    /** To the nearest: halving keeps a sticky last bit, so that rounding happens once. */
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
