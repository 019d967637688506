package org.copick.zarrjava;

import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Zarr;

/** Volumes of one level that our engine writes for tests, of the numbers 1, 2, 3 and so on. */
final class Volumes {
    private Volumes() {}

    static void write(ObjectStore store, ImageFormat format, long... shape) {
        zarr().write(
                        new StorePlace(store, "wbp.zarr/"),
                        WriteCondition.IF_ABSENT,
                        ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 1),
                        format,
                        BoxSource.of(numbers(shape), shape));
    }

    /** Writes labels of the same shape and numbers modulo 256, whose chunks zarr-java can read in every version. */
    static void writeLabels(ObjectStore store, ImageFormat format, long... shape) {
        zarr().write(
                        new StorePlace(store, "labels.zarr/"),
                        WriteCondition.IF_ABSENT,
                        ImageSpec.labels(shape, DataType.UINT8, 10, 1),
                        format,
                        BoxSource.of(labels(shape), shape));
    }

    static byte[] labels(long... shape) {
        float[] numbers = numbers(shape);
        byte[] labels = new byte[numbers.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (int) numbers[i];
        }
        return labels;
    }

    /** Opens the volume without anything in caches. */
    static Volume open(ObjectStore store) {
        return Volume.open(zarr(), new PrefixStore(store, "wbp.zarr/"));
    }

    static float[] numbers(long... shape) {
        int size = 1;
        for (long length : shape) {
            size *= (int) length;
        }
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i + 1;
        }
        return numbers;
    }

    static Zarr zarr() {
        return new Zarr(ChunkCache.ofBytes(8 << 20));
    }
}
