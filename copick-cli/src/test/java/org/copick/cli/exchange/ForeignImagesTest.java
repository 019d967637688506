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
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.Level;
import org.copick.Root;
import org.copick.Tomogram;
import org.copick.cli.Called;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of OME-Zarr images by other programs, imported or placed in a project.
 *
 * <p>The elements are 0, 1, … in stored order.
 */
class ForeignImagesTest {
    private static final String ANGSTROM = "angstrom";

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() {
        config = folder.resolve("copick.json");
        succeeds(
                "config",
                "filesystem",
                "--overlay-root",
                folder.resolve("project"),
                "--objects",
                "ribosome,true,120",
                "--config",
                config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // axes, shape, unit, scale of the level, scale of the image, voxel size
                "zyx | 4,5,6 | nanometer | 1,1,1 | - | 10.000",
                "zyx | 4,5,6 | nm | 0.784,0.784,0.784 | - | 7.840",
                "zyx | 4,5,6 | \u00b5m | 0.001,0.001,0.001 | - | 10.000",
                "zyx | 4,5,6 | \u03bcm | 0.001,0.001,0.001 | - | 10.000",
                "zyx | 4,5,6 | Micron | 0.001,0.001,0.001 | - | 10.000",
                "zyx | 4,5,6 | \u212b | 10,10,10 | - | 10.000",
                "zyx | 4,5,6 | picometre | 1000,1000,1000 | - | 10.000",
                "zyx | 4,5,6 | angstrom | \"10.0\",\"10.0\",\"10.0\" | - | 10.000",
                "zyx | 4,5,6 | angstrom | 1,1,1 | 10,10,10 | 10.000",
                "zyx | 4,5,6 | nm | - | 1.348,1.348,1.348 | 13.480",
                "tczyx | 1,1,4,5,6 | angstrom | 1,1,10,10,10 | - | 10.000",
                "czyx | 1,4,5,6 | nm | 1,1,1,1 | - | 10.000",
                "zyxc | 4,5,6,1 | nm | 1,1,1,1 | - | 10.000",
                "ZYX | 4,5,6 | nm | 1,1,1 | - | 10.000"
            })
    void volumesAreReadRight(String axes, String shape, String unit, String level, String image, String size)
            throws IOException {
        Path file = write(folder.resolve("TS_1.zarr"), axes, shape, units(axes, unit), level, image);

        imported(file, size, new long[] {4, 5, 6}, counting(120));
        inProject(axes, shape, units(axes, unit), level, image, size, new long[] {4, 5, 6}, counting(120));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"xyz | 4,5,6", "xyzct | 4,5,6,1,1", "cxyz | 1,4,5,6"})
    void axesGoByTheirNames(String axes, String shape) throws IOException {
        String scale = axes.replaceAll("[xyz]", "1,").replaceAll("[ct]", "7,").replaceAll(",$", "");
        Path file = write(folder.resolve("TS_1.zarr"), axes, shape, units(axes, "nm"), scale, "-");
        float[] turned = new float[120];
        for (int x = 0; x < 4; x++) {
            for (int y = 0; y < 5; y++) {
                for (int z = 0; z < 6; z++) {
                    turned[(z * 5 + y) * 4 + x] = (x * 5 + y) * 6 + z;
                }
            }
        }

        imported(file, "10.000", new long[] {6, 5, 4}, turned);
        inProject(axes, shape, units(axes, "nm"), scale, "-", "10.000", new long[] {6, 5, 4}, turned);
    }

    @Test
    void eachAxisHasItsOwnUnit() throws IOException {
        Path file = write(
                folder.resolve("TS_1.zarr"), "zyx", "4,5,6", List.of("nanometer", ANGSTROM, "\u00c5"), "1,10,10", "-");

        imported(file, "10.000", new long[] {4, 5, 6}, counting(120));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zyx | 4,5,6 | angstrom | 30,10,10 | voxels are 30 × 10 × 10 Å (z, y, x); pass --voxel-size to treat them as cubes",
                "xyz | 4,5,6 | nm | 1,1,3 | voxels are 30 × 10 × 10 Å (z, y, x); pass --voxel-size to treat them as cubes",
                "zyx | 4,5,6 | - | 10,10,10 | a voxel size of 10 without a unit; if it is in Å, pass --voxel-size 10",
                "zyx | 4,5,6 | parsec | 1,1,1 | unsupported unit of length \"parsec\"",
                "zyx | 4,5,6 | pixel | 1,1,1 | unsupported unit of length \"pixel\"",
                "zyx | 4,5,6 | nm | - | has no voxel size; pass --voxel-size",
                "zyx | 4,5,6 | nm | 0,1,1 | pass --voxel-size"
            })
    void sizesThatAreNotClearNeedTheOption(String axes, String shape, String unit, String scale, String told)
            throws IOException {
        Path file = write(
                folder.resolve("TS_1.zarr"),
                axes,
                shape,
                unit.equals("-") ? List.of("", "", "") : units(axes, unit),
                scale,
                "-");

        Called refused = Called.copick("add", "tomogram", file, "--config", config);
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains(told) && refused.err().contains("TS_1.zarr"), refused::err);
        assertFalse(Files.exists(folder.resolve("project/ExperimentRuns/TS_1")), "nothing was made");

        succeeds("add", "tomogram", file, "--voxel-size", "10", "--config", config);
        assertTrue(Files.exists(folder.resolve("project/ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/.zgroup")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "czyx | 2,4,5,6 | 2 channels",
                "tzyx | 3,4,5,6 | 3 channels or time points",
                "yx | 5,6 | not a volume with the axes z, y and x",
                "cyx | 4,5,6 | not a volume with the axes z, y and x",
                "tczyx | 2,2,4,5,6 | not a volume with the axes z, y and x"
            })
    void whatIsNoSingleVolumeIsRefused(String axes, String shape, String told) throws IOException {
        String scale = axes.replaceAll("[a-z]", "10,").replaceAll(",$", "");
        Path file = write(folder.resolve("TS_1.zarr"), axes, shape, units(axes, ANGSTROM), scale, "-");

        Called refused = Called.copick("add", "tomogram", file, "--voxel-size", "10", "--config", config);

        assertEquals(1, refused.status());
        assertTrue(
                refused.err().contains("cannot import " + file) && refused.err().contains(told), refused::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/0", "0/", "s0", "//levels//0/"})
    void pathsOfLevels(String path) throws IOException {
        Path file = folder.resolve("TS_1.zarr");
        array(file.resolve(path.replaceAll("^/+", "")), "4,5,6", counting(120));
        group(file, image("zyx", units("zyx", "nm"), "-", dataset(path, "1,1,1")));

        imported(file, "10.000", new long[] {4, 5, 6}, counting(120));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2,2,2 | 1,1,1 | 10.000", "- | - | -"})
    void theFinestLevelIsTakenWhateverTheOrder(String coarse, String fine, String size) throws IOException {
        Path file = folder.resolve("TS_1.zarr");
        array(file.resolve("a"), "2,3,3", counting(18));
        array(file.resolve("b"), "4,5,6", counting(120));
        group(file, image("zyx", units("zyx", "nm"), "-", dataset("a", coarse) + "," + dataset("b", fine)));

        if (size.equals("-")) {
            succeeds("add", "tomogram", file, "--voxel-size", "10", "--config", config);
            tomogram("TS_1", "10.000", new long[] {4, 5, 6}, counting(120));
        } else {
            imported(file, size, new long[] {4, 5, 6}, counting(120));
        }
    }

    @Test
    void theOnlySeriesOfBioformats2rawIsTaken() throws IOException {
        Path file = folder.resolve("TS_1.zarr");
        write(file.resolve("0"), "tczyx", "1,1,4,5,6", units("tczyx", "nm"), "1,1,1,1,1", "-");
        group(file, "\"bioformats2raw.layout\": 3");

        imported(file, "10.000", new long[] {4, 5, 6}, counting(120));

        group(file.resolve("OME"), "\"series\": [\"0\", \"1\"]");
        Called refused = Called.copick("add", "tomogram", file, "--tomo-type", "two", "--config", config);
        assertEquals(1, refused.status());
        assertTrue(
                refused.err().contains("2 bioformats2raw images")
                        && refused.err().contains("TS_1.zarr/0"),
                refused::err);
    }

    @Test
    void withoutMultiscalesArraysGoByName() throws IOException {
        Path file = folder.resolve("TS_1.zarr");
        array(file.resolve("0"), "4,5,6", counting(120));
        array(file.resolve("1"), "2,3,3", counting(18));
        group(file, "\"multiscales\": []");

        Called refused = Called.copick("add", "tomogram", file, "--config", config);
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("--voxel-size"), refused::err);
        succeeds("add", "tomogram", file, "--voxel-size", "10", "--config", config);
        tomogram("TS_1", "10.000", new long[] {4, 5, 6}, counting(120));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"xyzc | 4,5,6,1 | nm | 1,1,1,1 | -", "xyz | 4,5,6 | nm | - | 1,1,1", "xyz | 4,5,6 | nm | - | -"})
    void copiesAndExportsAreVolumesInAngstrom(String axes, String shape, String unit, String level, String image)
            throws IOException {
        write(
                folder.resolve("project/ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr"),
                axes,
                shape,
                units(axes, unit),
                level,
                image);
        Path other = folder.resolve("other.json");
        succeeds("config", "filesystem", "--overlay-root", folder.resolve("other"), "--config", other);

        succeeds("copy", "--to", other, "--zarr-format", "3", "--config", config);
        succeeds(
                "export",
                "tomogram",
                "--tomogram-uri",
                "wbp",
                "--output-format",
                "mrc",
                "--output-dir",
                folder.resolve("out"),
                "--config",
                config);

        succeeds(
                "add",
                "tomogram",
                folder.resolve("out/TS_1/VoxelSpacing10.000/wbp.mrc"),
                "--run",
                "TS_3",
                "--config",
                config);
        try (Root copied = Copick.open(other);
                Root own = Copick.open(config)) {
            Level full = level(copied, "TS_1", "10.000");
            assertArrayEquals(new long[] {6, 5, 4}, full.shape());
            assertArrayEquals(new double[] {10, 10, 10}, full.scale().orElseThrow());
            assertEquals(
                    List.of("z", "y", "x"),
                    copied.run("TS_1").voxelSpacing(10).tomogram("wbp").volume().axes());
            assertArrayEquals(level(own, "TS_1", "10.000").readFloats(), full.readFloats());
            assertArrayEquals(full.readFloats(), level(own, "TS_3", "10.000").readFloats());
        }
    }

    @Test
    void validateTellsSizesThatAreWrong() throws IOException {
        Path spacing = folder.resolve("project/ExperimentRuns/TS_1/VoxelSpacing10.000");
        write(spacing.resolve("flat.zarr"), "zyx", "4,5,6", units("zyx", "nm"), "3,1,1", "-");
        write(spacing.resolve("odd.zarr"), "zyx", "4,5,6", units("zyx", "furlong"), "1,1,1", "-");
        write(spacing.resolve("small.zarr"), "zyx", "4,5,6", units("zyx", ANGSTROM), "1,1,1", "-");
        write(spacing.resolve("right.zarr"), "zyx", "4,5,6", units("zyx", "nm"), "1,1,1", "-");

        Called told = Called.copick("validate", "--config", config);

        assertEquals(1, told.status());
        List<String> lines = told.out().lines().toList();
        assertEquals(3, lines.size(), told::out);
        assertTrue(lines.get(0).contains("flat.zarr") && lines.get(0).contains("[30.0, 10.0, 10.0] Å"), told::out);
        assertTrue(lines.get(1).contains("odd.zarr") && lines.get(1).contains("\"furlong\""), told::out);
        assertTrue(lines.get(2).contains("small.zarr") && lines.get(2).contains("[1.0, 1.0, 1.0] Å"), told::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"compressor\":null | \"compressor\":{\"id\":\"lzma\"} | unsupported codec \"lzma\"",
                "<f4 | <c8 | unsupported dtype \"<c8\"",
                "- | - | is missing",
                "\"shape\" | \"sha | is not valid JSON"
            })
    void anArrayThatCannotBeReadHidesNothingElse(String usual, String other, String told) throws IOException {
        Path spacing = folder.resolve("project/ExperimentRuns/TS_1/VoxelSpacing10.000");
        Path metadata = write(spacing.resolve("wbp.zarr"), "zyx", "4,5,6", units("zyx", "nm"), "1,1,1", "-")
                .resolve("0/.zarray");
        if (usual.equals("-")) {
            Files.delete(metadata);
        } else {
            String text = Files.readString(metadata);
            Files.writeString(
                    metadata,
                    told.contains("JSON") ? text.substring(0, text.indexOf(usual) + 4) : text.replace(usual, other));
        }
        write(
                folder.resolve("project/ExperimentRuns/TS_2/VoxelSpacing10.000/wbp.zarr"),
                "zyx",
                "4,5,6",
                units("zyx", "nm"),
                "1,1,1",
                "-");

        Called listed = Called.copick("ls", "--long", "--config", config);

        assertEquals(1, listed.status(), listed::err);
        List<String> lines = listed.out()
                .lines()
                .filter(line -> line.contains("\ttomogram\t"))
                .toList();
        assertEquals(2, lines.size(), listed::out);
        assertTrue(lines.get(0).contains("unreadable: ") && lines.get(0).contains(told), listed::out);
        assertTrue(lines.get(1).contains("TS_2") && lines.get(1).contains("4×5×6 <f4"), listed::out);
        assertFalse(listed.out().contains("unexpected") || listed.err().contains("unexpected"), listed::err);
    }

    /** Imports a file into run TS_1, and checks the tomogram. */
    private void imported(Path file, String size, long[] shape, float[] values) {
        succeeds("add", "tomogram", file, "--config", config);
        tomogram("TS_1", size, shape, values);
    }

    /** Puts an image into a project, as another tool would, and checks it; {@code validate} must find nothing. */
    private void inProject(
            String axes,
            String stored,
            List<String> units,
            String level,
            String image,
            String size,
            long[] shape,
            float[] values)
            throws IOException {
        write(
                folder.resolve("project/ExperimentRuns/TS_2/VoxelSpacing" + size + "/wbp.zarr"),
                axes,
                stored,
                units,
                level,
                image);
        tomogram("TS_2", size, shape, values);
        Called valid = Called.copick("validate", "--config", config);
        assertEquals(0, valid.status(), () -> valid.out() + valid.err());
        try (Root root = Copick.open(config)) {
            Level full = level(root, "TS_2", size);
            double angstrom = Double.parseDouble(size);
            assertArrayEquals(
                    new double[] {angstrom, angstrom, angstrom}, full.scale().orElseThrow());
            assertArrayEquals(slice(values, shape), full.plane(Axis.Y, 2));
        }
    }

    /** Returns the plane y = 2. */
    private static float[] slice(float[] values, long[] shape) {
        float[] plane = new float[(int) (shape[0] * shape[2])];
        for (int z = 0; z < shape[0]; z++) {
            for (int x = 0; x < shape[2]; x++) {
                plane[(int) (z * shape[2] + x)] = values[(int) ((z * shape[1] + 2) * shape[2] + x)];
            }
        }
        return plane;
    }

    private void tomogram(String run, String size, long[] shape, float[] values) {
        try (Root root = Copick.open(config)) {
            Level full = level(root, run, size);
            assertArrayEquals(shape, full.shape());
            assertArrayEquals(values, full.readFloats());
        }
    }

    private static Level level(Root root, String run, String size) {
        Tomogram tomogram = root.run(run).voxelSpacing(Double.parseDouble(size)).tomogram("wbp");
        return tomogram.volume().level(0);
    }

    static float[] counting(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        return values;
    }

    static List<String> units(String axes, String unit) {
        return axes.chars()
                .mapToObj(axis -> "xyzXYZ".indexOf(axis) < 0 ? "" : unit)
                .toList();
    }

    static Path write(Path file, String axes, String shape, List<String> units, String level, String image)
            throws IOException {
        int count = 1;
        for (String length : shape.split(",", -1)) {
            count *= Integer.parseInt(length);
        }
        array(file.resolve("0"), shape, counting(count));
        group(file, image(axes, units, image, dataset("0", level)));
        return file;
    }

    static String image(String axes, List<String> units, String scale, String datasets) {
        StringJoiner named = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < axes.length(); i++) {
            String unit = units.get(i);
            named.add("{\"name\": \"" + axes.charAt(i) + "\"" + (unit.isEmpty() ? "" : ", \"unit\": \"" + unit + "\"")
                    + "}");
        }
        return "\"multiscales\": [{\"version\": \"0.4\", \"axes\": " + named + ", \"datasets\": [" + datasets + "]"
                + (scale.equals("-") ? "" : ", \"coordinateTransformations\": [" + scale(scale) + "]") + "}]";
    }

    static String dataset(String path, String scale) {
        return "{\"path\": \"" + path + "\""
                + (scale.equals("-") ? "" : ", \"coordinateTransformations\": [" + scale(scale) + "]") + "}";
    }

    private static String scale(String values) {
        return "{\"type\": \"scale\", \"scale\": [" + values + "]}";
    }

    static void group(Path folder, String attributes) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(folder.resolve(".zattrs"), "{" + attributes + "}");
    }

    static void array(Path folder, String shape, float[] values) throws IOException {
        Path chunk = folder.resolve(shape.replaceAll("[0-9]+", "0").replace(',', '/'));
        Files.createDirectories(chunk.getParent());
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(chunk, bytes.array());
        Files.writeString(
                folder.resolve(".zarray"),
                String.format(
                        Locale.ROOT,
                        "{\"zarr_format\":2,\"shape\":[%1$s],\"chunks\":[%1$s],\"dtype\":\"<f4\",\"compressor\":null,"
                                + "\"filters\":null,\"fill_value\":\"0\",\"order\":\"C\",\"dimension_separator\":\"/\"}",
                        shape));
    }

    private static void succeeds(Object... arguments) {
        Called called = Called.copick(arguments);
        assertEquals(0, called.status(), called::err);
    }
}
