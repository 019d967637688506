package org.copick.imglib2;

import net.imglib2.img.basictypeaccess.array.AbstractByteArray;
import net.imglib2.img.basictypeaccess.array.AbstractDoubleArray;
import net.imglib2.img.basictypeaccess.array.AbstractFloatArray;
import net.imglib2.img.basictypeaccess.array.AbstractIntArray;
import net.imglib2.img.basictypeaccess.array.AbstractLongArray;
import net.imglib2.img.basictypeaccess.array.AbstractShortArray;

/**
 * Arrays of ImgLib2 that tell their cell of every change. ImgLib2's own arrays for this purpose keep the mark of a
 * change in themselves, so it would be lost with them.
 */
@SuppressWarnings("serial") // never serialised
final class TrackedArrays {
    private TrackedArrays() {}

    static final class Bytes extends AbstractByteArray<Bytes> {
        private final HeldCell<byte[]> cell;

        Bytes(byte[] elements, HeldCell<byte[]> cell) {
            super(elements);
            this.cell = cell;
        }

        @Override
        public void setValue(int index, byte value) {
            super.setValue(index, value);
            cell.change();
        }

        @Override
        public Bytes createArray(int length) {
            byte[] elements = new byte[length];
            return new Bytes(elements, new HeldCell<>(elements));
        }
    }

    static final class Shorts extends AbstractShortArray<Shorts> {
        private final HeldCell<short[]> cell;

        Shorts(short[] elements, HeldCell<short[]> cell) {
            super(elements);
            this.cell = cell;
        }

        @Override
        public void setValue(int index, short value) {
            super.setValue(index, value);
            cell.change();
        }

        @Override
        public Shorts createArray(int length) {
            short[] elements = new short[length];
            return new Shorts(elements, new HeldCell<>(elements));
        }
    }

    static final class Ints extends AbstractIntArray<Ints> {
        private final HeldCell<int[]> cell;

        Ints(int[] elements, HeldCell<int[]> cell) {
            super(elements);
            this.cell = cell;
        }

        @Override
        public void setValue(int index, int value) {
            super.setValue(index, value);
            cell.change();
        }

        @Override
        public Ints createArray(int length) {
            int[] elements = new int[length];
            return new Ints(elements, new HeldCell<>(elements));
        }
    }

    static final class Longs extends AbstractLongArray<Longs> {
        private final HeldCell<long[]> cell;

        Longs(long[] elements, HeldCell<long[]> cell) {
            super(elements);
            this.cell = cell;
        }

        @Override
        public void setValue(int index, long value) {
            super.setValue(index, value);
            cell.change();
        }

        @Override
        public Longs createArray(int length) {
            long[] elements = new long[length];
            return new Longs(elements, new HeldCell<>(elements));
        }
    }

    static final class Floats extends AbstractFloatArray<Floats> {
        private final HeldCell<float[]> cell;

        Floats(float[] elements, HeldCell<float[]> cell) {
            super(elements);
            this.cell = cell;
        }

        @Override
        public void setValue(int index, float value) {
            super.setValue(index, value);
            cell.change();
        }

        @Override
        public Floats createArray(int length) {
            float[] elements = new float[length];
            return new Floats(elements, new HeldCell<>(elements));
        }
    }

    static final class Doubles extends AbstractDoubleArray<Doubles> {
        private final HeldCell<double[]> cell;

        Doubles(double[] elements, HeldCell<double[]> cell) {
            super(elements);
            this.cell = cell;
        }

        @Override
        public void setValue(int index, double value) {
            super.setValue(index, value);
            cell.change();
        }

        @Override
        public Doubles createArray(int length) {
            double[] elements = new double[length];
            return new Doubles(elements, new HeldCell<>(elements));
        }
    }
}
