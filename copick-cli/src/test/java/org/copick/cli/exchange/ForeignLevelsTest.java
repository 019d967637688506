package org.copick.cli.exchange;

import static org.copick.cli.exchange.ForeignImagesTest.array;
import static org.copick.cli.exchange.ForeignImagesTest.counting;
import static org.copick.cli.exchange.ForeignImagesTest.dataset;
import static org.copick.cli.exchange.ForeignImagesTest.group;
import static org.copick.cli.exchange.ForeignImagesTest.image;
import static org.copick.cli.exchange.ForeignImagesTest.units;
import static org.copick.cli.exchange.ForeignImagesTest.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.Level;
import org.copick.Root;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.cli.Called;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that imports refuse, and {@code validate} reports, images with unsupported axes, levels or groups. */
class ForeignLevelsTest {
    private static final String ANGSTROM = "angstrom";

    @TempDir
    private Path folder;

    private Path config = Path.of("");
    private Path spacing = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"overlay_root": "project", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1}]}
                """);
        spacing = folder.resolve("project/ExperimentRuns/TS_1/VoxelSpacing10.000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4,5,6 | 10,10,10 | 2,3,3 | 20,20,20",
                "4,5,6 | 10,10,10 | 2,2,3 | 20,20,20",
                "5,7,9 | 10,10,10 | 3,4,5 | 20,20,20",
                "5,7,9 | 10,10,10 | 1,2,3 | 40,40,40",
                "4,16,16 | 10,10,10 | 4,8,8 | 10,20,20",
                "2,64,64 | 10,10,10 | 1,17,15 | 40,40,40",
                "1,64,64 | 10,10,10 | 1,32,32 | 20,20,20",
                "1,64,65 | 10,10,10 | 1,32,32 | 10,20,20.31",
                "4,5,6 | 10,10,10 | 1,1,1 | 80,80,80",
                "2,3,3 | 20,20,20 | 4,5,6 | 10,10,10"
            })
    void levelsThatFitTheirScales(String shape, String scale, String other, String otherScale) throws IOException {
        Path file = levels(folder.resolve("TS_1.zarr"), shape, scale, other, otherScale);
        called("add", "tomogram", file).succeeded();
        called("validate").succeeded();
        long largest = Math.max(elements(shape), elements(other));
        assertEquals(largest, elements(tomogram("wbp").shapes().get(0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4,5,6 | 20,20,20 | 2,3,3 | 10,10,10",
                "2,64,64 | 10,10,10 | 2,32,32 | 40,40,40",
                "2,64,64 | 10,10,10 | 2,32,32 | 10,10,10",
                "2,32,32 | 10,10,10 | 2,64,64 | 10,10,10",
                "16,16,16 | 10,10,10 | 16,8,8 | 20,20,20"
            })
    void levelsThatContradictTheirScales(String shape, String scale, String other, String otherScale)
            throws IOException {
        Path file = levels(folder.resolve("TS_1.zarr"), shape, scale, other, otherScale);
        String message =
                called("add", "tomogram", file, "--voxel-size", "10").refused().err();
        assertTrue(message.contains("cannot import " + file), message);
        assertTrue(message.contains("\"0\" ") && message.contains("\"1\" "), message);
        assertTrue(message.contains("[" + shape.replace(",", ", ") + "]"), message);

        levels(spacing.resolve("wbp.zarr"), shape, scale, other, otherScale);
        assertEquals(
                1,
                problems().stream()
                        .filter(line -> line.contains("contradict their scales"))
                        .count());
    }

    @Test
    void ofEqualScalesTheLargestLevelIsTheFirst() throws IOException {
        levels(spacing.resolve("own.zarr"), "2,3,3", "10,10,10", "4,5,6", "10,10,10");
        Path image = spacing.resolve("image.zarr");
        array(image.resolve("0"), "2,3,3", counting(18));
        array(image.resolve("1"), "4,5,6", counting(120));
        group(image, image("zyx", units("zyx", ANGSTROM), "10,10,10", dataset("0", "-") + "," + dataset("1", "-")));
        for (String name : new String[] {"own", "image"}) {
            assertArrayEquals(new long[] {4, 5, 6}, tomogram(name).shapes().get(0), name);
            assertArrayEquals(new long[] {2, 3, 3}, tomogram(name).shapes().get(1), name);
        }
        List<String> problems = problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("own.zarr"), "only levels with a scale of their own contradict it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yx | 5,6 | [5, 6] along y, x",
                "tyx | 4,5,6 | [4, 5, 6] along t, y, x",
                "cyx | 4,5,6 | [4, 5, 6] along c, y, x",
                "czyx | 2,4,5,6 | [2, 4, 5, 6] along c, z, y, x",
                "x | 6 | [6] along x",
                "tczyx | 2,3,4,5,6 | [2, 3, 4, 5, 6] along t, c, z, y, x"
            })
    void validateReportsWhatImportsRefuse(String axes, String shape, String told) throws IOException {
        String scale = axes.replaceAll("[xyz]", "10,").replaceAll("[tc]", "1,").replaceAll(",$", "");
        write(folder.resolve("in.zarr"), axes, shape, units(axes, ANGSTROM), scale, "-");
        called("add", "tomogram", folder.resolve("in.zarr"), "--voxel-size", "10")
                .refused();
        for (String name : new String[] {"VoxelSpacing10.000/wbp", "Segmentations/10.000_a_1_cells-multilabel"}) {
            write(spacing.resolveSibling(name + ".zarr"), axes, shape, units(axes, ANGSTROM), scale, "-");
        }
        for (String option : new String[] {"--json", "--quick"}) {
            Called checked = called("validate", option);
            assertEquals(1, checked.status());
            assertTrue(checked.out().contains("its shape is " + told + "; a tomogram has"), checked::out);
            assertTrue(checked.out().contains("its shape is " + told + "; a segmentation has"), checked::out);
        }
    }

    @Test
    void featuresAreCheckedLikeTomograms() throws IOException {
        write(spacing.resolve("wbp.zarr"), "zyx", "4,5,6", units("zyx", ANGSTROM), "10,10,10", "-");
        features("one", "czyx", "3,4,5,6", "1,10,10,10");
        features("single", "tczyx", "1,1,4,5,6", "1,1,10,10,10");
        features("last", "zyxc", "4,5,6,1", "10,10,10,1");
        features("plain", "zyx", "4,5,6", "10,10,10");
        called("validate").succeeded();
        features("several", "tczyx", "2,3,4,5,6", "1,1,10,10,10");
        features("flat", "czyx", "3,4,5,6", "1,20,10,10");

        List<String> problems = problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("flat") && problems.get(0).contains("[1.0, 20.0, 10.0, 10.0] Å"));
        assertTrue(problems.get(1).contains("its shape is [2, 3, 4, 5, 6] along t, c, z, y, x; features have"));
        try (Root root = Copick.open(config)) {
            Tomogram tomogram = root.run("TS_1").voxelSpacing(10).tomogram("wbp");
            for (String name : new String[] {"single", "last"}) {
                Volume volume = tomogram.features(name).volume();
                assertArrayEquals(new long[] {1, 4, 5, 6}, volume.level(0).shape(), name);
                assertEquals(List.of("c", "z", "y", "x"), volume.axes(), name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"x\", \"y\", \"z\"] | 6,5,4",
                "[\"z\", \"y\", \"x\"] | 4,5,6",
                "[\"X\", \"Y\", \"Z\"] | 6,5,4",
                "[\"lat\", \"lon\", \"z\"] | 4,5,6",
                "\"zyx\" | 4,5,6"
            })
    void arraysOfXarrayNameTheirAxes(String names, String shape) throws IOException {
        Path file = folder.resolve("TS_1.zarr");
        array(file.resolve("tomo"), "4,5,6", counting(120));
        Files.writeString(file.resolve("tomo/.zattrs"), "{\"_ARRAY_DIMENSIONS\": " + names + "}");
        group(file, "");
        called("add", "tomogram", file, "--voxel-size", "10").succeeded();
        called(
                        "add",
                        "tomogram",
                        file.resolve("tomo"),
                        "--file-type",
                        "zarr",
                        "--run",
                        "TS_1",
                        "--tomo-type",
                        "b",
                        "--voxel-size",
                        "10")
                .succeeded();
        for (String type : new String[] {"wbp", "b"}) {
            assertArrayEquals(numbers(shape), tomogram(type).shapes().get(0));
            boolean turned = shape.startsWith("6");
            assertEquals(turned ? 30f : 1f, tomogram(type).values()[1], "along x");
        }
    }

    @Test
    void axesOfXarrayThatDoNotFitAreRefused() throws IOException {
        Path file = folder.resolve("TS_1.zarr");
        array(file.resolve("tomo"), "4,5,6", counting(120));
        Files.writeString(file.resolve("tomo/.zattrs"), "{\"_ARRAY_DIMENSIONS\": [\"t\", \"x\", \"y\", \"z\"]}");
        group(file, "");
        String message =
                called("add", "tomogram", file, "--voxel-size", "10").refused().err();
        assertTrue(message.contains("name 4 axes"), message);
    }

    @Test
    void systemsOfCoordinatesAreRefusedByName() throws IOException {
        for (Path file : new Path[] {folder.resolve("TS_1.zarr"), spacing.resolve("wbp.zarr")}) {
            array(file.resolve("0"), "4,5,6", counting(120));
            group(
                    file,
                    "\"multiscales\": [{\"version\": \"0.6\", \"coordinateSystems\": [{\"name\": \"a\"}], \"datasets\": ["
                            + dataset("0", "1,1,1") + "]}]");
        }
        String message =
                called("add", "tomogram", folder.resolve("TS_1.zarr")).refused().err();
        assertTrue(message.contains("unsupported \"coordinateSystems\" of OME-NGFF 0.6"), message);
        assertTrue(problems().get(0).contains("unsupported \"coordinateSystems\" of OME-NGFF 0.6"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"plate\": {\"wells\": [{\"path\": \"A/1\"}]} | is a plate of wells | /A/1/7",
                "\"well\": {\"images\": [{\"path\": \"3\"}]} | is a well of a plate | /3",
                "\"labels\": [\"cells\"] | is a group of label images | /cells",
                "\"ome\": {\"labels\": [\"cells\"]} | is a group of label images | /cells",
                "\"ome\": {\"plate\": {}} | is a plate of wells | -"
            })
    void groupsOfImagesSayWhichPathToTake(String attributes, String told, String path) throws IOException {
        for (Path file : new Path[] {folder.resolve("TS_1.zarr"), spacing.resolve("wbp.zarr")}) {
            group(file, attributes);
            group(file.resolve("A/1"), "\"well\": {\"images\": [{\"path\": \"7\"}]}");
            String such = path.equals("-") ? "take one of its images" : "such as " + file + path;
            String message = file.startsWith(spacing)
                    ? problems().get(0)
                    : called("add", "tomogram", file).refused().err();
            assertTrue(message.contains(file + " " + told) && message.contains(such), message);
        }
    }

    @Test
    void metadataThatHoldTheOnlyImageAreNotSaidToBeStray() throws IOException {
        Path file = write(spacing.resolve("wbp.zarr"), "zyx", "4,5,6", units("zyx", ANGSTROM), "10,10,10", "-");
        Files.writeString(file.resolve("zarr.json"), "{\"zarr_format\": 3, \"node_type\": \"group\"}");
        List<String> problems = problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("its zarr.json describes no image"), problems::toString);
        assertFalse(problems.get(0).contains("can be deleted"), problems::toString);

        Files.writeString(file.resolve(".zattrs"), "{}");
        problems = problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.stream().allMatch(line -> line.contains("can be deleted")), problems::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/.zattrs", ".zmetadata"})
    void metadataThatNobodyReadsAreChecked(String name) throws IOException {
        Path file = write(spacing.resolve("wbp.zarr"), "zyx", "4,5,6", units("zyx", ANGSTROM), "10,10,10", "-")
                .resolve(name);
        Files.writeString(file, "{}");
        called("validate").succeeded();
        Files.writeString(file, "{\"a");
        List<String> problems = problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains(file + " is not valid JSON"), problems::toString);
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("../missing"));
        problems = problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains(file + " is a link to"), problems::toString);
    }

    private void features(String name, String axes, String shape, String scale) throws IOException {
        write(spacing.resolve("wbp_" + name + "_features.zarr"), axes, shape, units(axes, ANGSTROM), scale, "-");
    }

    private static Path levels(Path file, String shape, String scale, String other, String otherScale)
            throws IOException {
        array(file.resolve("0"), shape, counting((int) elements(shape)));
        array(file.resolve("1"), other, counting((int) elements(other)));
        group(file, image("zyx", units("zyx", ANGSTROM), "-", dataset("0", scale) + "," + dataset("1", otherScale)));
        return file;
    }

    /** The shapes of all levels, and the values of the first. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Read(List<long[]> shapes, float[] values) {}

    private Read tomogram(String type) {
        try (Root root = Copick.open(config)) {
            Volume volume = root.run("TS_1").voxelSpacing(10).tomogram(type).volume();
            return new Read(
                    volume.levels().stream().map(Level::shape).toList(),
                    volume.level(0).readFloats());
        }
    }

    private List<String> problems() {
        Called checked = called("validate");
        assertEquals(1, checked.status(), () -> checked.out() + checked.err());
        return checked.out().lines().toList();
    }

    private static long[] numbers(String shape) {
        return Arrays.stream(shape.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    private static long elements(String shape) {
        return elements(numbers(shape));
    }

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private Called called(Object... arguments) {
        return Called.copick(
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }
}
