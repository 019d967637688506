package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Level;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.copick.exchange.MrcFile;
import org.copick.picks.Point;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that exported data can be imported unchanged, and that broken files change nothing. */
final class ExchangeCommandsTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() {
        config = folder.resolve("copick.json");
        Called made = Called.copick(
                "config",
                "filesystem",
                "--overlay-root",
                folder.resolve("project"),
                "--objects",
                "ribosome,true,120",
                "--objects",
                "membrane,false",
                "--config",
                config);
        assertEquals(0, made.status(), made::err);
        succeeds("add", "object", "--name", "microtubule", "--object-type", "filament");
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT8", "INT16", "UINT16", "FLOAT16", "FLOAT32"})
    @Tag("statement-70")
    void tomogramsOfEveryMode(DataType type) {
        long[] shape = {5, 6, 7};
        short[] shorts = new short[210];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) (type == DataType.FLOAT16 ? 0x3c00 + i : i);
        }
        float[] floats = new float[210];
        byte[] bytes = new byte[210];
        for (int i = 0; i < 210; i++) {
            floats[i] = i / 3f;
            bytes[i] = (byte) i;
        }
        BoxSource source = switch (type) {
            case FLOAT32 -> BoxSource.of(floats, shape);
            case INT8 -> BoxSource.of(bytes, shape);
            default -> BoxSource.of(shorts, shape);
        };
        Path file = folder.resolve("TS_1.mrc");
        MrcFile.write(file, shape, type, 7.84, source);
        succeeds("add", "tomogram", file, "--tomo-type", "float");
        succeeds("add", "tomogram", file, "--tomo-type", "kept", "--no-create-pyramid");
        succeeds("add", "tomogram", file, "--tomo-type", "turned", "--transpose", "2,0,1", "--flip", "0,2");
        succeeds("add", "tomogram", file, "--voxel-size", "10", "--zarr-format", "3", "--chunk-size", "4,4,4");
        try (Root root = Copick.open(config)) {
            Run run = root.run("TS_1");
            Level kept = run.voxelSpacing(7.84).tomogram("kept").volume().level(0);
            assertEquals(type, kept.dataType());
            Level asFloat = run.voxelSpacing(7.84).tomogram("float").volume().level(0);
            assertEquals(DataType.FLOAT32, asFloat.dataType());
            assertArrayEquals(kept.readFloats(), asFloat.readFloats());
            assertEquals(
                    3,
                    run.voxelSpacing(7.84).tomogram("float").volume().levels().size());
            assertEquals(
                    3,
                    run.voxelSpacing(10).tomogram("wbp").volume().zarrFormat().orElseThrow());
            float[] turned =
                    run.voxelSpacing(7.84).tomogram("turned").volume().level(0).readFloats();
            float[] straight = asFloat.readFloats();
            // --transpose makes z, y, x from section y, row x, column z; --flip reverses two axes
            for (int z = 0; z < 7; z++) {
                for (int y = 0; y < 5; y++) {
                    for (int x = 0; x < 6; x++) {
                        assertEquals(straight[(y * 6 + (5 - x)) * 7 + 6 - z], turned[(z * 5 + y) * 6 + x]);
                    }
                }
            }
        }
        succeeds("export", "tomogram", "--tomogram-uri", "float", "--output-dir", folder, "--output-format", "mrc");
        try (MrcFile exported = MrcFile.open(folder.resolve("TS_1/VoxelSpacing7.840/float.mrc"))) {
            assertArrayEquals(shape, exported.shape());
            assertEquals(7.84, exported.voxelSize().orElseThrow(), 1e-6);
            assertEquals(DataType.FLOAT32, exported.type());
        }
        succeeds(
                "export",
                "tomogram",
                "--tomogram-uri",
                "float",
                "--output-dir",
                folder,
                "--output-format",
                "mrc",
                "--overwrite",
                "--level",
                "1");
        try (MrcFile exported = MrcFile.open(folder.resolve("TS_1/VoxelSpacing7.840/float.mrc"))) {
            assertArrayEquals(new long[] {3, 3, 4}, exported.shape());
            assertEquals(15.68, exported.voxelSize().orElseThrow(), 1e-5);
        }
    }

    @Test
    void zarrIsExportedAsStoredAndImportedAgain() throws IOException {
        Path golden = Golden.unpack("v2", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path out = folder.resolve("out");
        assertEquals(
                0,
                Called.copick(
                                "export",
                                "tomogram",
                                "--tomogram-uri",
                                "wbp@13.48",
                                "--output-dir",
                                out,
                                "--output-format",
                                "zarr",
                                "-c",
                                source)
                        .status());
        Path exported = out.resolve("TS_001/VoxelSpacing13.480/wbp.zarr");
        assertEquals(
                files(golden.resolve("static/ExperimentRuns/TS_001/VoxelSpacing13.480/wbp.zarr")), files(exported));
        succeeds("add", "tomogram", exported, "--run", "A");
        succeeds("add", "object-volume", "--object-name", "ribosome", "--volume-path", exported);
        isThere("add", "object-volume", "--object-name", "ribosome", "--volume-path", exported);
        fails(
                "exists",
                "add",
                "object-volume",
                "--object-name",
                "ribosome",
                "--volume-path",
                exported,
                "--voxel-size",
                "9");
        fails("particle", "add", "object-volume", "--object-name", "membrane", "--volume-path", exported);
        try (Root from = Copick.open(source);
                Root to = Copick.open(config)) {
            float[] values = from.run("TS_001")
                    .voxelSpacing(13.48)
                    .tomogram("wbp")
                    .volume()
                    .level(0)
                    .readFloats();
            assertArrayEquals(
                    values,
                    to.run("A")
                            .voxelSpacing(13.48)
                            .tomogram("wbp")
                            .volume()
                            .level(0)
                            .readFloats());
            assertArrayEquals(
                    values, to.object("ribosome").densityMap().level(0).readFloats());
        }
        assertEquals(
                0,
                Called.copick(
                                "export",
                                "tomogram",
                                "--tomogram-uri",
                                "wbp@13.48",
                                "--output-dir",
                                out,
                                "--output-format",
                                "zarr",
                                "--level-only",
                                "--overwrite",
                                "--level",
                                "1",
                                "-c",
                                source)
                        .status());
        assertTrue(Files.exists(exported.resolve("0/zarr.json")));
        assertFalse(Files.exists(exported.resolve("1")));
    }

    @Test
    @Tag("statement-68")
    @Tag("statement-77")
    void picksGoOutAndComeBack() throws IOException {
        List<Point> points = new ArrayList<>();
        try (Root root = Copick.open(config)) {
            Run run = root.newRun("001");
            run.newVoxelSpacing(10).newTomogram("wbp", org.copick.VolumeData.of(new float[20 * 40 * 64], 20, 40, 64));
            org.copick.picks.Transform turned = org.copick.picks.Transform.of(
                    0.043412044,
                    0.909615886,
                    -0.413175911,
                    0,
                    -0.829598373,
                    0.263258355,
                    0.492403877,
                    0,
                    0.556670399,
                    0.321393805,
                    0.766044443,
                    0,
                    0,
                    0,
                    0,
                    1);
            points.add(Point.at(100, 200, 50, turned)
                    .withInstanceId((1L << 53) + 1)
                    .withScore(0.1));
            points.add(Point.at(1.5, 2.25, -3).withInstanceId(Long.MAX_VALUE).withScore(-2.5e-300));
            run.newPicks(AnnotationId.of("ribosome").user("alice").session("1"), points);
        }
        Path csv = folder.resolve("all.csv");
        Path star = folder.resolve("all.star");
        succeeds("export", "picks", "--picks-uri", "ribosome", "--output-format", "csv", "--output-file", csv);
        succeeds("export", "picks", "--picks-uri", "ribosome", "--output-format", "star", "--output-file", star);
        succeeds("add", "picks", csv, "--object-name", "ribosome", "--user-id", "csv");
        succeeds("add", "picks", star, "--object-name", "ribosome", "--user-id", "star");
        succeeds("add", "picks", csv, "--object-name", "ribosome", "--user-id", "csv", "--run", "other");
        isThere("add", "picks", csv, "--object-name", "ribosome", "--user-id", "csv");
        fails("exists already", "add", "picks", star, "--object-name", "ribosome", "--user-id", "csv");
        succeeds("add", "picks", csv, "--object-name", "ribosome", "--user-id", "csv", "--overwrite");
        try (Root root = Copick.open(config)) {
            Run run = root.run("001");
            assertEquals(
                    points,
                    run.picks(AnnotationId.of("ribosome").user("csv").session("1"))
                            .points());
            assertEquals(
                    points,
                    root.run("other")
                            .picks(AnnotationId.of("ribosome").user("csv").session("1"))
                            .points());
            Picks fromStar = run.picks(AnnotationId.of("ribosome").user("star").session("1"));
            assertArrayEquals(
                    new double[] {100, 200, 50, 1.5, 2.25, -3},
                    fromStar.document().positions(),
                    1e-9);
            assertArrayEquals(
                    points.get(0).transform().rotation(),
                    fromStar.points().get(0).transform().rotation(),
                    1e-8);
        }
    }

    @Test
    @Tag("statement-92")
    void filamentsGoToRelionsImportLayout() throws IOException {
        try (Root root = Copick.open(config)) {
            Run run = root.newRun("A");
            run.newVoxelSpacing(10).newTomogram("wbp", org.copick.VolumeData.of(new float[1000], 10, 10, 10));
            run.newPicks(AnnotationId.of("microtubule").user("me").session("1"))
                    .write(List.of(
                            Point.at(0, 0, 0).withInstanceId(1L),
                            Point.at(30, 40, 0).withInstanceId(1L),
                            Point.at(5, 5, 5).withInstanceId(2L)));
            run.newFilaments(AnnotationId.of("microtubule").user("me").session("1"));
        }
        Path index = folder.resolve("import/index.star");
        fails(
                "filament",
                "export",
                "picks",
                "--picks-uri",
                "microtubule",
                "--output-format",
                "star",
                "--output-file",
                index,
                "--star-layout",
                "import");
        assertFalse(Files.exists(index), "nothing is written");
        succeeds(
                "export",
                "picks",
                "--picks-uri",
                "microtubule",
                "--output-format",
                "star",
                "--output-file",
                index,
                "--star-layout",
                "import",
                "--no-polarity-from-filaments",
                "--half-sets",
                "filament");
        String listed = Files.readString(index);
        assertTrue(listed.contains("data_coordinate_files") && listed.contains("coordinates/A.star"), listed);
        String particles = Files.readString(folder.resolve("import/coordinates/A.star"));
        for (String column : new String[] {
            "rlnHelicalTubeID",
            "rlnHelicalTrackLengthAngst",
            "rlnAnglePsiFlipRatio",
            "rlnRandomSubset",
            "rlnAngleTiltPrior"
        }) {
            assertTrue(particles.contains(column), () -> column + " in " + particles);
        }
        succeeds(
                "export",
                "picks",
                "--picks-uri",
                "microtubule",
                "--output-format",
                "star",
                "--output-dir",
                folder,
                "--filament-columns",
                "off");
        assertFalse(Files.readString(folder.resolve("A_microtubule_me_1.star")).contains("Helical"));
    }

    @Test
    @Tag("statement-45")
    void meshesGoOutAndComeBack() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path out = folder.resolve("out");
        assertEquals(
                0,
                Called.copick("export", "mesh", "--mesh-uri", "membrane:membrain/0", "--output-dir", out, "-c", source)
                        .status());
        Path glb = out.resolve("TS_001_membrane_membrain_0.glb");
        assertArrayEquals(
                Files.readAllBytes(golden.resolve("static/ExperimentRuns/TS_001/Meshes/membrain_0_membrane.glb")),
                Files.readAllBytes(glb));
        succeeds("add", "mesh", glb, "--object-name", "membrane", "--run", "A");
        isThere("add", "mesh", glb, "--object-name", "membrane", "--run", "A");
        succeeds("add", "mesh", glb, "--object-name", "membrane", "--run", "A", "--overwrite");
        try (Root from = Copick.open(source);
                Root to = Copick.open(config)) {
            var mesh = from.run("TS_001")
                    .mesh(AnnotationId.of("membrane").user("membrain").session("0"));
            var copied =
                    to.run("A").mesh(AnnotationId.of("membrane").user("copick").session("1"));
            assertArrayEquals(
                    mesh.scene().flatten().vertices(), copied.scene().flatten().vertices());
            assertArrayEquals(
                    mesh.scene().flatten().faces(), copied.scene().flatten().faces());
        }
    }

    @ParameterizedTest
    @CsvSource({"binary,membrane", "multilabel,cells", "instance,ribosome"})
    void segmentationsGoOutAndComeBack(String type, String name) {
        short[] labels =
                type.equals("binary") ? new short[] {0, 1, 1, 1, 1, 1, 0, 0} : new short[] {0, 1, 2, 3, 1, 1, 0, 0};
        Path file = folder.resolve("A.mrc");
        MrcFile.write(file, new long[] {2, 2, 2}, DataType.INT16, 10, BoxSource.of(labels, 2, 2, 2));
        succeeds("add", "segmentation", file, "--name", name, "--segmentation-type", type);
        succeeds(
                "export",
                "segmentation",
                "--segmentation-uri",
                name + (type.equals("instance") ? "?instance=true" : ""),
                "--output-dir",
                folder,
                "--output-format",
                "mrc");
        Path exported = folder.resolve(
                "A/" + (type.equals("instance") ? "Instance" : "") + "Segmentations/" + name + "_copick_1.mrc");
        try (MrcFile mrc = MrcFile.open(exported)) {
            assertEquals(DataType.INT16, mrc.type());
            ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            mrc.source().read(Region.all(mrc.shape()), bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            short[] read = new short[8];
            bytes.asShortBuffer().get(read);
            assertArrayEquals(labels, read);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty.mrc||MRC",
                "short.mrc|12345|MRC",
                "a.csv|run_name,x,y\nA,1,2\n|z",
                "a.csv|run_name,x,y,z\nA,1,2\n|line 2",
                "a.csv|run_name,x,y,z\nA,1,2,three\n|line 2",
                "a.csv|run_name,x,y,z\n../../b,1,2,3\n|run",
                "a.csv||empty",
                "a.star|data_particles\n\nloop_\n_rlnTomoName #1\nA\n|rlnCoordinate",
                "a.star|data_particles\n\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n_rlnCoordinateZ #3\n1 2\n|line",
                "a.star|data_particles\n\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n_rlnCoordinateZ #3\n1 2 x\n|rlnCoordinateZ",
                "a.star|data_particles\n\nloop_\n_rlnTomoName #1\n_rlnCoordinateX #2\n_rlnCoordinateY #3\n_rlnCoordinateZ #4\nA 1 2 3\n|pixel",
                "a.star|data_particles\n\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n_rlnCoordinateZ #3\n1 2 3\n|--run",
                "a.star|not a star file|a.star",
                "a.glb|glTF|GLB",
                "a.em|x|converted",
                "a.txt|x|a.txt"
            })
    void brokenFilesChangeNothing(String test) throws IOException {
        String[] parts = test.split("\\|", -1);
        Path file = folder.resolve(parts[0]);
        Files.writeString(file, parts[1]);
        Map<String, Long> before = files(folder);
        String kind = parts[0].endsWith("mrc") ? "tomogram" : parts[0].endsWith("glb") ? "mesh" : "picks";
        Called called = kind.equals("tomogram")
                ? Called.copick("add", kind, file, "-c", config)
                : Called.copick("add", kind, file, "--object-name", "ribosome", "-c", config);
        called.refused();
        assertTrue(called.err().contains(parts[2]) || parts[2].equals("converted"), called::err);
        assertTrue(called.err().contains(parts[0]) || !parts[0].endsWith("glb"), called::err);
        assertEquals(before, files(folder));
    }

    @Test
    void headersThatContradictTheFileAreRefused() throws IOException {
        Path file = folder.resolve("TS_1.mrc");
        MrcFile.write(file, new long[] {4, 4, 4}, DataType.FLOAT32, 10, BoxSource.zeros());
        byte[] valid = Files.readAllBytes(file);
        for (int[] change : new int[][] {{0, 1 << 30}, {8, -1}, {12, 99}, {92, -5}, {92, 1 << 30}, {0, 0}}) {
            byte[] broken = valid.clone();
            ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putInt(change[0], change[1]);
            Files.write(file, broken);
            fails("TS_1.mrc", "add", "tomogram", file);
        }
        Files.write(file, java.util.Arrays.copyOf(valid, valid.length - 1));
        fails("TS_1.mrc", "add", "tomogram", file);
        Files.write(file, java.util.Arrays.copyOf(valid, valid.length + (1 << 20) + 1));
        fails("TS_1.mrc", "add", "tomogram", file);
        Files.write(file, valid);
        succeeds("add", "tomogram", file);
        isThere("add", "tomogram", file);
        fails("exists", "add", "tomogram", file, "--pyramid-levels", "2");
        fails("exists", "add", "tomogram", file, "--zarr-format", "3");
        fails("no file", "add", "tomogram", folder.resolve("none.mrc"));
        fails("no file matches", "add", "tomogram", folder.resolve("none*.mrc"));
        fails("no run", "add", "tomogram", file, "--no-create", "--run", "nobody", "--tomo-type", "x");
        fails("features", "add", "tomogram", file, "--tomo-type", "my-features");
        fails("--transpose", "add", "tomogram", file, "--tomo-type", "x", "--transpose", "0,0,1");
        fails("--run-regex", "add", "tomogram", file, "--tomo-type", "x", "--run-regex", "(");
        succeeds("add", "tomogram", file, "--tomo-type", "x", "--run-regex", "TS_(.*)", "--run-name-prefix", "run-");
        try (Root root = Copick.open(config)) {
            assertTrue(root.findRun("run-1").isPresent());
        }
    }

    @Test
    void labelsThatNoObjectHasAreRefused() throws IOException {
        Path file = folder.resolve("A.mrc");
        MrcFile.write(file, new long[] {1, 1, 2}, DataType.INT16, 10, BoxSource.of(new short[] {1, 9}, 1, 1, 2));
        fails("label 9", "add", "segmentation", file, "--name", "cells");
        fails("or accept any labels with --any-labels", "add", "segmentation", file, "--name", "cells");
        MrcFile.write(file, new long[] {1, 1, 2}, DataType.FLOAT32, 10, BoxSource.of(new float[] {1, 1.5f}, 1, 1, 2));
        fails("1.5", "add", "segmentation", file, "--name", "cells");
        MrcFile.write(file, new long[] {1, 1, 2}, DataType.INT16, 10, BoxSource.of(new short[] {1, -1}, 1, 1, 2));
        fails("-1", "add", "segmentation", file, "--name", "membrane", "--segmentation-type", "binary");
        fails("panoptic", "add", "segmentation", file, "--name", "cells", "--segmentation-type", "panoptic");
        fails("no object", "add", "segmentation", file, "--name", "cells", "--segmentation-type", "binary");
        MrcFile.write(file, new long[] {1, 1, 2}, DataType.INT16, 10, BoxSource.of(new short[] {1, 9}, 1, 1, 2));
        succeeds("add", "segmentation", file, "--name", "cells", "--any-labels");
    }

    @Test
    void axesOfPanopticSegmentationsAreSpatial() {
        byte[] labels = new byte[2 * 3 * 4 * 5];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) i;
        }
        succeeds("add", "tomogram", mrc("TS_1.mrc"));
        try (Root root = Copick.open(config)) {
            root.run("TS_1")
                    .newSegmentation(
                            SegmentationId.panoptic("cells").at(10).user("me").session("1"),
                            VolumeData.of(labels, 2, 3, 4, 5),
                            VolumeOptions.defaults().anyLabels());
        }
        succeeds(
                "export",
                "segmentation",
                "--segmentation-uri",
                "cells?panoptic=true",
                "--output-dir",
                folder,
                "--output-format",
                "zarr");
        Path zarr = folder.resolve("TS_1/PanopticSegmentations/cells_me_1.zarr");
        succeeds(
                "add",
                "segmentation",
                zarr,
                "--run",
                "TS_2",
                "--name",
                "cells",
                "--segmentation-type",
                "panoptic",
                "--any-labels",
                "--transpose",
                "2,1,0",
                "--flip",
                "0");
        try (Root root = Copick.open(config)) {
            Level turned = root.run("TS_2").segmentations().get(0).volume().level(0);
            assertArrayEquals(new long[] {2, 5, 4, 3}, turned.shape());
            float[] values = turned.readFloats();
            for (int channel = 0; channel < 2; channel++) {
                for (int z = 0; z < 5; z++) {
                    for (int y = 0; y < 4; y++) {
                        for (int x = 0; x < 3; x++) {
                            assertEquals(
                                    ((channel * 3 + x) * 4 + y) * 5 + 4 - z,
                                    values[((channel * 5 + z) * 4 + y) * 3 + x]);
                        }
                    }
                }
            }
        }
    }

    private Path mrc(String name) {
        Path file = folder.resolve(name);
        MrcFile.write(file, new long[] {1, 1, 2}, DataType.INT16, 10, BoxSource.of(new short[] {1, 9}, 1, 1, 2));
        return file;
    }

    private Called succeeds(Object... arguments) {
        return Called.copick(withConfig(arguments)).succeeded();
    }

    /** Requires that a repeated import finds everything and changes nothing. */
    private void isThere(Object... arguments) throws IOException {
        Map<String, Long> before = files(folder);
        Called called = succeeds(arguments);
        assertTrue(called.out().lines().allMatch(line -> line.endsWith("\tthere already")), called::out);
        assertEquals(before, files(folder));
    }

    private void fails(String told, Object... arguments) {
        Called called = Called.copick(withConfig(arguments)).refused();
        assertTrue(called.err().contains(told), () -> told + " in " + called.err());
    }

    private Object[] withConfig(Object... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray();
    }

    private static Map<String, Long> files(Path of) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(of)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sizes.put(Objects.toString(of.relativize(file)), Files.size(file));
            }
        }
        return sizes;
    }
}
