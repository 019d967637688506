package org.copick.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.config.Color;
import org.copick.config.FilamentSpec;
import org.copick.config.ObjectDefinition;
import org.copick.entity.SegmentationType;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.copick.picks.Transform;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;

/**
 * A program that writes a project with random valid names, shapes, types, picks, filaments and meshes.
 *
 * <p>The checks with real Python use it. Arguments: the folder, the Zarr version, the seed.
 */
final class RandomProject {
    private static final String LETTERS = "abcdefXYZ0123456789éßµΩжи中文";
    private static final String INNER = LETTERS + ".-+=,~'";

    private final Random random;
    private final int zarrFormat;
    private final Root root;
    private int names;

    private RandomProject(Root root, int zarrFormat, long seed) {
        this.root = root;
        this.zarrFormat = zarrFormat;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        Path config = folder.resolve("copick.json");
        Files.writeString(config, """
                {"config_type": "filesystem", "name": "random", "description": "seed %s", "version": "1.31.0",
                 "pickable_objects": [], "overlay_root": "local://%s/root", "overlay_fs_args": {"auto_mkdir": true}}
                """.formatted(arguments[2], folder.toString().replace('\\', '/')));
        try (Root root = Copick.open(config)) {
            new RandomProject(root, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2])).fill();
            root.save();
        }
    }

    private void fill() {
        for (int i = 0; i < 4; i++) {
            ObjectDefinition.Builder object = ObjectDefinition.builder(name(), i != 1)
                    .color(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256), 255))
                    .radius(random.nextDouble() * 200);
            if (i > 1) {
                object.label(100L * i + random.nextInt(90));
            }
            root.addObject(
                    i == 3 ? object.filament(new FilamentSpec(true, 8.1, null)).build() : object.build());
        }
        PickableObject particle = root.objects().get(0);
        particle.newDensityMap(floats(4, 5, 6), 1 + random.nextInt(9), options());
        for (int i = 0; i < 2; i++) {
            fill(root.newRun(i == 0 ? name() : name() + " _" + name()));
        }
        root.newRun(name());
    }

    private void fill(Run run) {
        double size = random.nextInt(1000, 20000) / 1000.0;
        VoxelSpacing spacing = run.newVoxelSpacing(size);
        long[] shape = shape();
        Tomogram tomogram = spacing.newTomogram(name(), floats(shape), options().levels(1 + random.nextInt(4)));
        spacing.newTomogram(
                name(), shorts(shape), options().levels(1).type(shorts(shape).type()));
        tomogram.newFeatures(name(), floats(shape), options());
        tomogram.newFeatures(name(), floats(3, shape[0], shape[1], shape[2]), options());
        for (PickableObject object : root.objects()) {
            run.newPicks(AnnotationId.of(object.name()).user(name()).session(random.nextBoolean() ? "0" : name()))
                    .write(points(random.nextInt(12)));
        }
        String filament = root.objects().get(3).name();
        run.newFilaments(AnnotationId.of(filament).user(name()).session(name())).write(filaments(run));
        run.newMesh(AnnotationId.of(root.objects().get(1).name()).user(name()).session(name()), scene());
        run.newMesh(AnnotationId.of(root.objects().get(0).name()).user(name()).session("0"), MeshScene.empty());
        for (SegmentationType type : SegmentationType.values()) {
            segment(run, type, size, shape);
        }
    }

    private void segment(Run run, SegmentationType type, double size, long[] shape) {
        boolean ofObject = type == SegmentationType.BINARY || type == SegmentationType.INSTANCE;
        String name = ofObject ? root.objects().get(1).name() : name();
        int voxels = (int) (shape[0] * shape[1] * shape[2]);
        long[] labels = new long[type == SegmentationType.PANOPTIC ? 2 * voxels : voxels];
        for (int i = 0; i < voxels; i++) {
            long label = switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> root.objects().get(random.nextInt(4)).label().orElseThrow();
                default -> root.objects().get(0).label().orElseThrow();
            };
            labels[i] = switch (type) {
                case BINARY -> label == 0 ? 0 : 1;
                case INSTANCE -> label == 0 ? 0 : random.nextInt(1, 100_000);
                case MULTILABEL, PANOPTIC -> label;
            };
            if (type == SegmentationType.PANOPTIC) {
                labels[voxels + i] = label == 0 ? 0 : random.nextInt(70_000);
            }
        }
        long[] full = type == SegmentationType.PANOPTIC ? new long[] {2, shape[0], shape[1], shape[2]} : shape;
        Segmentation made = run.newSegmentation(
                SegmentationId.of(type, name).at(size).user(name()).session(name()),
                VolumeData.of(labels, full),
                options().levels(1 + random.nextInt(3)));
        if (type == SegmentationType.MULTILABEL) {
            long[] box = {1, 1 + random.nextInt((int) shape[1]), shape[2]};
            Region region = Region.of(new long[] {random.nextInt((int) shape[0]), 0, 0}, box);
            made.writeRegion(region, VolumeData.zeros(box));
            made.updateLevels(region);
        }
    }

    private List<Point> points(int count) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = random.nextDouble() * 7;
            Transform turned = Transform.of(
                    Math.cos(angle),
                    -Math.sin(angle),
                    0,
                    random.nextGaussian(),
                    Math.sin(angle),
                    Math.cos(angle),
                    0,
                    random.nextGaussian(),
                    0,
                    0,
                    1,
                    0,
                    0,
                    0,
                    0,
                    1);
            points.add(Point.at(
                            random.nextGaussian() * 1000,
                            random.nextInt(1000),
                            random.nextDouble(),
                            random.nextBoolean() ? turned : Transform.IDENTITY)
                    .withInstanceId(random.nextBoolean() ? random.nextLong() >>> 1 : (long) i)
                    .withScore(random.nextGaussian()));
        }
        return points;
    }

    private FilamentsDocument filaments(Run run) {
        List<Filament> filaments = new ArrayList<>();
        filaments.add(Filament.of(Long.MAX_VALUE, line(5)));
        filaments.add(Filament.of(1, Curve.catmullRom(line(4), 20, 0.5)));
        filaments.add(Filament.of(2, Curve.linear(line(3), 30)));
        filaments.add(
                Filament.of(3, line(2)).withCurve(new Curve("spiral", line(2), 1, null, null, null, null, Map.of())));
        return run.filaments().get(0).document().withFilaments(filaments).withVoxelSpacing(10.0);
    }

    private Polyline line(int points) {
        double[] xyz = new double[3 * points];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = 100 * (i / 3) + random.nextDouble() * 50;
        }
        return Polyline.of(xyz);
    }

    private MeshScene scene() {
        MeshScene.Builder scene = MeshScene.builder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int vertices = 4 + random.nextInt(20);
            float[] xyz = new float[3 * vertices];
            for (int k = 0; k < xyz.length; k++) {
                xyz[k] = random.nextFloat() * 1000;
            }
            int[] faces = new int[3 * (1 + random.nextInt(20))];
            for (int k = 0; k < faces.length; k++) {
                faces[k] = random.nextInt(vertices);
            }
            double[] place = {1, 0, 0, random.nextInt(100), 0, 1, 0, 5, 0, 0, 1, random.nextDouble(), 0, 0, 0, 1};
            Geometry geometry = Geometry.triangles("g" + i, xyz, faces);
            if (random.nextBoolean()) {
                scene.place(geometry);
            } else {
                scene.place("n" + i, geometry, place);
            }
        }
        return scene.build();
    }

    private VolumeOptions options() {
        ImageFormat format = zarrFormat == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3;
        return VolumeOptions.defaults()
                .format(random.nextBoolean() ? format : format.withChunk(8, 8 + 2 * random.nextInt(8), 16));
    }

    private long[] shape() {
        return new long[] {1 + random.nextInt(20), 1 + random.nextInt(30), 1 + random.nextInt(40)};
    }

    private VolumeData floats(long... shape) {
        float[] values = new float[(int) Region.all(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return VolumeData.of(values, shape);
    }

    private VolumeData shorts(long... shape) {
        short[] values = new short[(int) Region.all(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) random.nextInt();
        }
        return VolumeData.of(values, shape);
    }

    /** Returns a valid name that was not used before. */
    private String name() {
        StringBuilder name = new StringBuilder();
        name.appendCodePoint(LETTERS.codePointAt(random.nextInt(LETTERS.length())));
        for (int i = random.nextInt(6); i > 0; i--) {
            name.append(INNER.charAt(random.nextInt(INNER.length())));
        }
        return name.append(names++).toString();
    }
}
