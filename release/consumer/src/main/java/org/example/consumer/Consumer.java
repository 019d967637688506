package org.example.consumer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.exchange.StarFile;
import org.copick.exchange.Table;
import org.copick.imagej.CopickImagePlus;
import org.copick.imglib2.CopickImages;
import org.copick.picks.Point;
import org.copick.storage.StorageProviders;

/** Reads a slice of the demo's project, writes picks, and prints what it found. */
public final class Consumer {
    private Consumer() {}

    /** Arguments: the demo's folder and "class path" or "module path", which is where copick must be. */
    public static void main(String[] arguments) {
        String where = Copick.class.getModule().isNamed() ? "module path" : "class path";
        require(where.equals(arguments[1]), "copick is on the " + where);

        Set<String> schemes = new StorageProviders()
                .all().stream()
                        .flatMap(provider -> provider.schemes().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        require(schemes.containsAll(Set.of("file", "s3", "gs")), "the stores open " + schemes);

        Path demo = Path.of(arguments[0]);
        AnnotationId id = AnnotationId.of("ribosome").user("consumer").session("1");
        try (Root root = Copick.open(demo.resolve("copick.json"))) {
            Run run = root.run("TS_001");
            float[] slice = run.voxelSpacing(10).tomogram("wbp").plane(Axis.Z, 28);
            require(slice.length == 192 * 192, "a slice has " + slice.length + " voxels");
            float voxel = CopickImages.openFloats(run.voxelSpacing(10).tomogram("wbp"))
                    .level(0)
                    .getAt(7, 5, 28)
                    .get();
            require(voxel == slice[5 * 192 + 7], "an image has the voxel " + voxel);
            int planes = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"))
                    .getStackSize();
            require(planes == 56, "a stack has " + planes + " planes");
            double sum = 0;
            for (float value : slice) {
                sum += value;
            }
            run.newPicks(id, List.of(Point.at(120.5, 300, 184)), OnExisting.REPLACE);
            System.out.printf("mean of a slice: %.6f%n", sum / slice.length);
        }
        try (Root root = Copick.open(demo.resolve("copick.json"))) {
            Picks picks = root.run("TS_001").picks(id);
            require(picks.points().equals(List.of(Point.at(120.5, 300, 184))), "picks are " + picks.points());
        }

        Path star = demo.resolve("consumer.star");
        StarFile.of(Map.of("optics", Table.ofPairs(Map.of("rlnVoltage", "300")))).write(star);
        require(StarFile.read(star).blocks().containsKey("optics"), "the STAR file has its block");
        System.out.println("consumer passed on the " + where + " of Java " + Runtime.version().feature());
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("not as expected: " + what);
        }
    }
}
