package org.copick.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.copick.error.CopickException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.exchange.MrcFile;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;

/** Reads MRC volumes, writes them, and checks that reading them again gives the same volume. */
public final class MrcTarget {
    private MrcTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path copy = InputFiles.named("again.mrc");
        long[] shape;
        DataType type;
        byte[] voxels;
        try (MrcFile mrc = MrcFile.open(InputFiles.of("input.mrc", input))) {
            shape = mrc.shape();
            type = mrc.type();
            voxels = voxels(mrc);
            OptionalDouble size = mrc.voxelSize();
            try {
                MrcFile.write(copy, shape, type, size.orElse(10), mrc.source());
            } catch (UnsupportedFeatureException refused) {
                return;
            }
        } catch (CopickException refused) {
            return;
        }
        try (MrcFile again = MrcFile.open(copy)) {
            Expected.that(Arrays.equals(shape, again.shape()));
            Expected.same(type, again.type());
            Expected.that(Arrays.equals(voxels, voxels(again)));
        }
    }

    private static byte[] voxels(MrcFile mrc) {
        Region all = Region.all(mrc.shape());
        byte[] voxels = new byte[Math.toIntExact(all.size() * mrc.type().bytes())];
        mrc.source().read(all, ByteBuffer.wrap(voxels).order(ByteOrder.LITTLE_ENDIAN));
        return voxels;
    }
}
