package org.example.zarrjava;

import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.Array;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.copick.Copick;
import org.copick.Level;
import org.copick.Root;
import org.copick.Tomogram;
import org.copick.zarrjava.CopickStore;

/** Reads the middle plane of each level of a project's first tomogram through zarr-java. */
public final class ZarrJavaExample {
    private ZarrJavaExample() {}

    /**
     * Prints the numbers of a project.
     *
     * @param arguments the path of the project's configuration; after it {@code plain}, to have the levels decoded by
     *     copick, if zarr-java lacks a codec or type
     * @throws IOException if a level cannot be read
     * @throws ZarrException if zarr-java cannot read a level
     */
    public static void main(String[] arguments) throws IOException, ZarrException {
        boolean plain = arguments.length == 2 && arguments[1].equals("plain");
        if (arguments.length == 0 || arguments.length > (plain ? 2 : 1)) {
            System.err.println("usage: ZarrJavaExample copick.json [plain]");
            System.exit(2);
        }
        print(Path.of(arguments[0]), plain, System.out);
    }

    static void print(Path config, boolean plain, PrintStream out) throws IOException, ZarrException {
        try (Root root = Copick.open(config)) {
            Tomogram tomogram = root.runs().stream()
                    .flatMap(run -> run.voxelSpacings().stream())
                    .flatMap(spacing -> spacing.tomograms().stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(config + " has no tomogram"));
            out.println(tomogram.voxelSpacing().run().name() + " " + tomogram.type() + " at "
                    + tomogram.voxelSpacing().voxelSize() + " Å");
            CopickStore store = plain ? CopickStore.plain(tomogram) : CopickStore.of(tomogram);
            int number = 0;
            for (Level level : tomogram.volume().levels()) {
                String name = plain ? Integer.toString(number) : level.path();
                out.println("level " + number++ + ": " + middlePlane(Array.open(store.resolve(name))));
            }
        }
    }

    private static String middlePlane(Array array) throws ZarrException {
        long[] shape = array.metadata().shape;
        long z = shape[0] / 2;
        // zarr-java reads whole chunks; a box that begins within a chunk must not reach over a third one
        ucar.ma2.Array plane = array.read(new long[] {z, 0, 0}, new int[] {1, (int) shape[1], (int) shape[2]});
        double sum = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < plane.getSize(); i++) {
            sum += plane.getDouble(i);
            highest = Math.max(highest, plane.getDouble(i));
        }
        return String.format(
                Locale.ROOT,
                "%s voxels, plane z = %d has the mean %.4f and the maximum %.4f",
                Arrays.toString(shape),
                z,
                sum / plane.getSize(),
                highest);
    }
}
