package org.copick.cli.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.copick.VolumeData;
import org.copick.cli.output.CommandFailure;
import org.copick.zarr.BoxSource;
import org.copick.zarr.Region;
import picocli.CommandLine.Option;

/** Options that reorder and reverse the axes of an imported volume. */
final class AxisOptions {
    private static final int SPATIAL = 3;

    @Option(
            names = "--transpose",
            defaultValue = "",
            paramLabel = "2,1,0",
            description = "Order of the file's axes; 0 is z, 1 is y, 2 is x (default: as in the file).")
    private String transpose = "";

    @Option(
            names = "--flip",
            defaultValue = "",
            paramLabel = "0,2",
            description = "Axes to reverse, after --transpose (default: none).")
    private String flip = "";

    AxisOptions() {}

    /** Returns the volume with its axes z, y and x reordered, then reversed; an axis before these stays as it is. */
    VolumeData apply(VolumeData data) {
        if (transpose.isBlank() && flip.isBlank()) {
            return data;
        }
        long[] shape = data.shape();
        int rank = shape.length;
        int leading = rank - SPATIAL;
        int[] from = new int[rank];
        Arrays.setAll(from, i -> i);
        if (!transpose.isBlank()) {
            int[] order = numbers("--transpose", transpose);
            if (order.length != SPATIAL || Arrays.stream(order).distinct().count() != SPATIAL) {
                throw new CommandFailure("--transpose must name each of the 3 axes once, as in 2,1,0");
            }
            Arrays.setAll(from, i -> i < leading ? i : leading + order[i - leading]);
        }
        boolean[] turned = new boolean[rank];
        if (!flip.isBlank()) {
            for (int axis : numbers("--flip", flip)) {
                turned[leading + axis] = true;
            }
        }
        long[] wanted = new long[rank];
        for (int i = 0; i < rank; i++) {
            wanted[i] = shape[from[i]];
        }
        BoxSource source = (box, into) -> read(data, from, turned, wanted, box, into);
        return VolumeData.of(data.type(), source, wanted);
    }

    private static void read(
            VolumeData data, int[] from, boolean[] turned, long[] wanted, Region box, ByteBuffer into) {
        int rank = from.length;
        int size = data.type().bytes();
        long[] start = new long[rank];
        long[] length = new long[rank];
        for (int i = 0; i < rank; i++) {
            length[from[i]] = box.length(i);
            start[from[i]] = turned[i] ? wanted[i] - box.start(i) - box.length(i) : box.start(i);
        }
        byte[] stored = new byte[Math.toIntExact(box.size() * size)];
        data.source().read(Region.of(start, length), ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));
        long[] strides = new long[rank];
        long stride = size;
        for (int i = rank - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= length[i];
        }
        ByteBuffer out = into.duplicate();
        long[] at = new long[rank];
        for (long n = box.size(); n > 0; n--) {
            long offset = 0;
            for (int i = 0; i < rank; i++) {
                offset += strides[from[i]] * (turned[i] ? box.length(i) - 1 - at[i] : at[i]);
            }
            out.put(stored, (int) offset, size);
            for (int i = rank - 1; i >= 0 && ++at[i] == box.length(i); i--) {
                at[i] = 0;
            }
        }
    }

    private static int[] numbers(String option, String text) {
        try {
            int[] numbers = Arrays.stream(text.split(",", -1))
                    .mapToInt(part -> Integer.parseInt(part.strip()))
                    .toArray();
            if (Arrays.stream(numbers).allMatch(axis -> axis >= 0 && axis < SPATIAL)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new CommandFailure(option + " takes axis numbers, as in 2,1,0", e);
        }
        throw new CommandFailure(option + ": the axes are 0 to " + (SPATIAL - 1));
    }
}
