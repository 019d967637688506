package org.copick.cli.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.Volume;
import org.copick.VolumeData;
import org.copick.cli.walk.VoxelWalk;
import org.copick.error.InvalidDataException;
import org.copick.exchange.MrcFile;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageLevel;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;

/** Export of volumes: MRC in the types that other programs read, Zarr as stored. */
final class VolumeExport {
    /** Most voxels converted at a time: 256 MiB as float32, above copick's usual chunks of 64 MiB. */
    private static final long LARGEST_BOX = 1 << 26;

    private VolumeExport() {}

    /** Writes an image as MRC with float32 values, as Python does. */
    static void image(Path file, Level level, double voxelSize) {
        requireSpatial(file, level.shape());
        ExportPaths.createParent(file);
        BoxSource floats = level.dataType() == DataType.FLOAT32
                ? BoxSource.of(level.array())
                : (box, into) -> {
                    float[] values = level.readFloats(box);
                    into.duplicate()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer()
                            .put(values);
                };
        MrcFile.write(file, level.shape(), DataType.FLOAT32, voxelSize, floats, boxes(level));
    }

    /** Writes labels as MRC with int16 values, as Python does, or uint16 if int16 is too small. */
    static void labels(Path file, VolumeData data, long[] boxes, double voxelSize) {
        requireSpatial(file, data.shape());
        if (data.type().isFloat()) {
            throw new InvalidDataException("cannot write " + file + ": " + data.type() + " values cannot be labels");
        }
        DataType type = labelType(data, boxes);
        ExportPaths.createParent(file);
        BoxSource converted = (box, into) -> {
            Numbers labels = read(data, box);
            Numbers out = new Numbers(type, into.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            for (int i = 0; i < labels.size(); i++) {
                out.put(i, labels.whole(i));
            }
        };
        MrcFile.write(file, data.shape(), type, voxelSize, converted, boxes);
    }

    /** Copies all levels as they are stored. */
    static void zarr(CopickContext context, Volume volume, Path folder) {
        ExportPaths.createParent(folder);
        try (ObjectStore to = context.store(parent(folder))) {
            volume.copyTo(new StorePlace(to, name(folder)), WriteCondition.ANY);
        }
    }

    /** Writes one level as an image. */
    static void zarrLevel(
            CopickContext context, Level level, int zarrFormat, double voxelSize, Path folder, List<String> axes) {
        int rank = level.shape().length;
        if (rank != 3) {
            throw new InvalidDataException("cannot write " + folder
                    + ": only volumes with the axes z, y and x are exported" + " level by level, not " + axes);
        }
        ExportPaths.createParent(folder);
        ImageSpec spec = new ImageSpec(
                level.shape(), level.dataType(), voxelSize, 1, Downscaling.NEAREST, Optional.empty(), false, Map.of());
        try (ObjectStore to = context.store(parent(folder))) {
            ImageWriter.write(
                    new StorePlace(to, name(folder)),
                    WriteCondition.ANY,
                    spec,
                    (zarrFormat == 3 ? ImageFormat.VERSION_3 : ImageFormat.VERSION_2).fitting(),
                    List.of(new ImageLevel(level.shape(), level.scale(), BoxSource.of(level.array()))));
        }
    }

    /**
     * Returns the voxel size of a level in Å: the size in the volume's path times the downscaling factor of the level.
     *
     * <p>The size in the path takes precedence over the one in the metadata.
     *
     * @param full the size in the path
     */
    static double voxelSize(Volume volume, int index, double full) {
        double factor = Math.pow(2, index);
        double[] scale = volume.level(index).scale().orElse(new double[0]);
        double[] first = volume.level(0).scale().orElse(new double[0]);
        if (scale.length > 0 && first.length == scale.length && first[first.length - 1] > 0) {
            factor = scale[scale.length - 1] / first[first.length - 1];
        }
        return factor > 0 ? full * factor : full;
    }

    /** Returns the lengths of boxes that align with chunks, so that each chunk is decoded once; cuts large chunks. */
    static long[] boxes(Level level) {
        return VoxelWalk.box(spatial(level.shape()), spatial(level.array().chunkShape()), LARGEST_BOX);
    }

    private static long[] spatial(long[] lengths) {
        return Arrays.copyOfRange(lengths, lengths.length - 3, lengths.length);
    }

    /** Returns the MRC type that holds all labels. */
    private static DataType labelType(VolumeData data, long[] boxes) {
        boolean unsigned = data.type() == DataType.UINT64;
        long[] shape = data.shape();
        long least = 0;
        long greatest = 0;
        for (long z = 0; z < shape[0]; z += boxes[0]) {
            for (long y = 0; y < shape[1]; y += boxes[1]) {
                for (long x = 0; x < shape[2]; x += boxes[2]) {
                    long[] length = {
                        Math.min(boxes[0], shape[0] - z),
                        Math.min(boxes[1], shape[1] - y),
                        Math.min(boxes[2], shape[2] - x)
                    };
                    Numbers labels = read(data, Region.of(new long[] {z, y, x}, length));
                    for (int i = 0; i < labels.size(); i++) {
                        long label = labels.whole(i);
                        if (unsigned ? Long.compareUnsigned(label, greatest) > 0 : label > greatest) {
                            greatest = label;
                        } else if (!unsigned && label < least) {
                            least = label;
                        }
                    }
                }
            }
        }
        if (least >= Short.MIN_VALUE && greatest >= 0 && greatest <= Short.MAX_VALUE) {
            return DataType.INT16;
        }
        if (least == 0 && greatest >= 0 && greatest <= 0xffff) {
            return DataType.UINT16;
        }
        boolean high = Long.compareUnsigned(greatest, 0xffff) > 0;
        throw new InvalidDataException("the label " + data.type().text(high ? greatest : least)
                + " does not fit into an MRC file" + (high ? "" : " with labels up to " + greatest)
                + ", whose whole numbers have 16 bits; export it as zarr");
    }

    private static Numbers read(VolumeData data, Region box) {
        ByteBuffer elements = ByteBuffer.allocate(
                        Math.toIntExact(box.size() * data.type().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        data.source().read(box, elements.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return new Numbers(data.type(), elements);
    }

    private static void requireSpatial(Path file, long[] shape) {
        if (shape.length != 3) {
            throw new InvalidDataException("cannot write " + file + ": MRC files have three axes, not "
                    + Arrays.toString(shape) + "; export it as zarr");
        }
    }

    private static String parent(Path folder) {
        Path parent = folder.toAbsolutePath().getParent();
        return parent == null ? "." : parent.toString();
    }

    private static String name(Path folder) {
        return java.util.Objects.requireNonNull(folder.getFileName()) + "/";
    }
}
