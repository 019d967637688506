package org.example.spark;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.copick.Copick;
import org.copick.CopickUri;
import org.copick.Level;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.picks.Point;
import org.copick.zarr.Region;

/**
 * Prints statistics of a project without Spark, as {@code statistics.py} and {@code SparkStatistics} do with it.
 *
 * <p>The lines of the three programs are equal, because each adds the same doubles in the same order: points in the
 * order of their file, voxels in C order, files by run, user and session.
 */
public final class PlainStatistics {
    private static final long BLOCK = 64;

    private final Consumer<String> out;

    private PlainStatistics(Consumer<String> out) {
        this.out = out;
    }

    /**
     * Runs the example.
     *
     * @param args the configuration of a project, a path or URL
     */
    public static void main(String[] args) {
        try (Root root = Copick.open(args[0])) {
            print(root, System.out::println);
        }
    }

    static void print(Root root, Consumer<String> out) {
        List<Run> runs =
                root.runs().stream().sorted(Comparator.comparing(Run::name)).toList();
        PlainStatistics statistics = new PlainStatistics(out);
        statistics.printDistances(runs);
        for (Run run : runs) {
            run.voxelSpacings().stream()
                    .map(VoxelSpacing::tomograms)
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(PlainStatistics::uri))
                    .forEach(tomogram -> statistics.printBlocks(run, tomogram));
        }
    }

    private void printDistances(List<Run> runs) {
        Map<String, double[]> objects = new TreeMap<>();
        for (Run run : runs) {
            List<Picks> files = run.picks().stream()
                    .sorted(Comparator.comparing(Picks::objectName)
                            .thenComparing(Picks::userId)
                            .thenComparing(Picks::sessionId))
                    .toList();
            for (Picks picks : files) {
                List<Point> points = picks.points();
                if (points.size() > 1) {
                    double total = 0;
                    for (int i = 0; i < points.size(); i++) {
                        total += nearest(i, points);
                    }
                    String file = picks.objectName() + ":" + picks.userId() + "/" + picks.sessionId();
                    out.accept("picks " + run.name() + " " + file + " " + digits(total / points.size()));
                    double[] sums = objects.computeIfAbsent(picks.objectName(), name -> new double[2]);
                    sums[0] += total;
                    sums[1] += points.size();
                }
            }
        }
        objects.forEach((name, sums) -> out.accept("object " + name + " " + digits(sums[0] / sums[1])));
    }

    private static double nearest(int index, List<Point> points) {
        Point point = points.get(index);
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < points.size(); i++) {
            if (i != index) {
                double x = point.x() - points.get(i).x();
                double y = point.y() - points.get(i).y();
                double z = point.z() - points.get(i).z();
                nearest = Math.min(nearest, Math.sqrt(x * x + y * y + z * z));
            }
        }
        return nearest;
    }

    private void printBlocks(Run run, Tomogram tomogram) {
        Level level = tomogram.volume().level(0);
        long[] shape = level.shape();
        for (long z = 0; z < shape[0]; z += BLOCK) {
            for (long y = 0; y < shape[1]; y += BLOCK) {
                for (long x = 0; x < shape[2]; x += BLOCK) {
                    float[] voxels = level.readFloats(Region.at(z, y, x)
                            .size(
                                    Math.min(BLOCK, shape[0] - z),
                                    Math.min(BLOCK, shape[1] - y),
                                    Math.min(BLOCK, shape[2] - x)));
                    double total = 0;
                    for (float voxel : voxels) {
                        total += voxel;
                    }
                    String place = uri(tomogram) + " " + z + "," + y + "," + x;
                    out.accept("block " + run.name() + " " + place + " " + digits(total / voxels.length));
                }
            }
        }
    }

    private static String uri(Tomogram tomogram) {
        return CopickUri.of(tomogram.key());
    }

    /** Rounds like Python: the exact value of the double, half to even. */
    private static String digits(double value) {
        return new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    }
}
