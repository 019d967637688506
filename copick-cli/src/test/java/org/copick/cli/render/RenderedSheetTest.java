package org.copick.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.cli.Called;
import org.copick.picks.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that title and legend do not cover the slice, and that drawings have distinct colours. */
final class RenderedSheetTest {
    private static final int BLACK = 0xff000000;
    private static final int ROWS = 200;
    private static final int COLUMNS = 300;

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(folder.resolve("copick.json"), """
                {"overlay_root": "overlay", "pickable_objects": [
                  {"name": "red", "is_particle": true, "label": 1, "radius": 50, "color": [230, 80, 60, 255]},
                  {"name": "plain-1", "is_particle": true, "label": 2, "radius": 50},
                  {"name": "plain-2", "is_particle": true, "label": 3, "radius": 50, "color": [100, 100, 100, 255]},
                  {"name": "plain-3", "is_particle": true, "label": 4, "radius": 50}]}
                """);
        float[] values = new float[3 * ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 251;
        }
        try (Root root = Copick.open(config)) {
            Run run = root.newRun("TS_1");
            run.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(values, 3, ROWS, COLUMNS));
            for (int i = 1; i <= 3; i++) {
                Picks picks =
                        run.newPicks(AnnotationId.of("plain-" + i).user("me").session("1"));
                picks.write(List.of(Point.at(500 * i, 1000, 10)));
            }
        }
    }

    @Test
    void theSliceIsWholeBetweenTitleAndScaleBar() throws IOException {
        BufferedImage sheet = render("--scale", "1");
        assertEquals(COLUMNS, sheet.getWidth());
        assertTrue(sheet.getHeight() > ROWS + 20, () -> "bands of text: " + sheet.getHeight());
        int top = firstRowOfTheSlice(sheet);
        for (int y = 0; y < ROWS; y++) {
            for (int x = 0; x < COLUMNS; x++) {
                int value = (ROWS * COLUMNS + y * COLUMNS + x) % 251;
                int grey = sheet.getRGB(x, top + y) & 0xff;
                int row = top + y;
                assertEquals(value, grey * 251 / 255.0, 6, "pixel " + x + ", " + row);
            }
        }
        assertTrue(isLettered(sheet, 0, top), "a title");
        assertTrue(isLettered(sheet, top + ROWS, sheet.getHeight()), "a scale bar");
        assertEquals(50, longestWhiteRun(sheet, top + ROWS), "50 nm of 1 nm each");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "2", "3", "1.5"})
    void theScaleSaysTheSize(String scale) throws IOException {
        BufferedImage sheet = render("--scale", scale);
        assertEquals(Math.round(COLUMNS * Double.parseDouble(scale)), sheet.getWidth(), scale);
    }

    @Test
    void aPictureThatIsTooLargeIsRefused() {
        Called called = called("--scale", "1000");
        assertEquals(1, called.status());
        assertTrue(called.err().contains("choose a smaller --scale"), called::err);
        assertEquals(2, called("--scale", "-1").status());
        assertEquals(2, called("--scale", "0").status());
    }

    /** Their quotient, such as 3 × 13.48 / 13.48, may be less than the slice's number. */
    @Test
    void labelsAreThoseOfTheSlice() throws IOException {
        try (Root root = Copick.open(config)) {
            Run run = root.newRun("TS_2");
            byte[] labels = new byte[16 * 8 * 8];
            Arrays.fill(labels, 3 * 64, 4 * 64, (byte) 1);
            run.newVoxelSpacing(13.48).newTomogram("wbp", VolumeData.of(new float[labels.length], 16, 8, 8));
            run.newSegmentation(
                    SegmentationId.multilabel("cells").at(13.48).user("me").session("1"),
                    VolumeData.of(labels, 16, 8, 8));
        }
        for (int z = 0; z < 16; z++) {
            Path file = folder.resolve(z + ".png");
            Called.copick(
                            "render",
                            "wbp@13.48",
                            "--run",
                            "TS_2",
                            "--segmentation",
                            "cells",
                            "--index",
                            z,
                            "-o",
                            file,
                            "-c",
                            config)
                    .succeeded();
            assertEquals(z == 3, !coloursOf(ImageIO.read(file.toFile())).isEmpty(), "slice " + z);
        }
    }

    @Test
    void objectsWithoutAColourGetDistinctOnes() throws IOException {
        Set<Integer> colors = coloursOf(render("--picks", "plain-1", "--picks", "plain-2", "--picks", "plain-3"));
        assertEquals(3, colors.size(), colors::toString);
        assertTrue(!colors.contains(0xffe6503c), "that is the colour of another object");
        assertEquals(colors, coloursOf(render("--picks", "plain-*:me/1")), "the same in every picture");
        List<Integer> single = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            single.addAll(coloursOf(render("--picks", "plain-" + i)));
        }
        assertEquals(colors, new TreeSet<>(single));
    }

    @Test
    void coloursMayBeChosen() throws IOException {
        String[] picks = {"--picks", "plain-1", "--picks", "plain-2"};
        assertEquals(
                Set.of(0xff00ff00, 0xffff8800),
                coloursOf(render(
                        picks[0],
                        picks[1],
                        picks[2],
                        picks[3],
                        "--color",
                        "plain-1=0,255,0",
                        "--color",
                        "plain-2=#ff8800")));
        assertEquals(
                Set.of(0xff0000ff), coloursOf(render(picks[0], picks[1], picks[2], picks[3], "--color", "#0000ff")));
        for (String bad : new String[] {"mauve", "plain-1=1,2", "plain-1=1,2,256", "#12345"}) {
            Called called = called("--color", bad);
            assertEquals(2, called.status(), bad);
            assertTrue(called.err().contains("--color"), called::err);
        }
    }

    @Test
    void aColourForNothingIsAMistake() throws IOException {
        Called called = called("--color", "plian-1=#ff0000");
        assertEquals(2, called.status(), called::err);
        assertEquals(
                "copick: --color: no object \"plian-1\" (did you mean plain-1?); try 'copick render --help'",
                called.err().strip());
        assertFalse(Files.exists(folder.resolve("out.png")));
        called("--color", "red=#ff0000").succeeded();
    }

    @Test
    void severalImagesAreToldApart() throws IOException {
        try (Root root = Copick.open(config)) {
            root.run("TS_1").newVoxelSpacing(20).newTomogram("wbp", VolumeData.of(new float[8], 2, 2, 2));
        }
        String image = folder.resolve("out.png").toString();
        String told = Called.copick("render", "wbp", "-c", config, "-o", image)
                .refused()
                .err();
        assertTrue(told.strip().endsWith("; give the URI of one, such as wbp@10.0"), told);
        try (Root root = Copick.open(config)) {
            root.newRun("TS_2").newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[8], 2, 2, 2));
        }
        told = Called.copick("render", "wbp@10", "-c", config, "-o", image)
                .refused()
                .err();
        assertTrue(told.strip().endsWith("; name one run with --run"), told);
    }

    @Test
    void aBlackSquareIsSeen() throws IOException {
        BufferedImage black = render("--picks", "plain-1", "--color", "plain-1=#000000");
        BufferedImage blue = render("--picks", "plain-1", "--color", "plain-1=#0000ff");
        assertTrue(count(black, 0xff808080) > count(blue, 0xff808080) + 20, "an outline");
    }

    private static int count(BufferedImage image, int rgb) {
        int count = 0;
        for (int y = image.getHeight() - 80; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void onePickCutsTheSlice() {
        assertTrue(called("--picks", "plain-1").succeeded().out().strip().endsWith(", 1 pick cuts it"));
        assertTrue(called("--picks", "plain-*:me/1").succeeded().out().strip().endsWith(", 3 picks cut it"));
    }

    @Test
    void picturesSayHowLargeTheyAre() throws IOException {
        Called called = called("--scale", "2");
        BufferedImage sheet = ImageIO.read(folder.resolve("out.png").toFile());
        assertTrue(called.out().contains(sheet.getWidth() + " × " + sheet.getHeight() + " pixels"), called::out);
        assertNotEquals(ROWS * 2, sheet.getHeight());
    }

    private BufferedImage render(String... more) throws IOException {
        Called called = called(more);
        assertEquals(0, called.status(), called::err);
        return ImageIO.read(folder.resolve("out.png").toFile());
    }

    private Called called(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "render",
                "wbp@10",
                "--index",
                "1",
                "-c",
                config.toString(),
                "-o",
                folder.resolve("out.png").toString()));
        arguments.addAll(List.of(more));
        return Called.copick(arguments.toArray());
    }

    /** Returns the saturated colours in a sheet, which are those of the legend's squares. */
    private static Set<Integer> coloursOf(BufferedImage sheet) {
        Set<Integer> colors = new TreeSet<>();
        for (int y = sheet.getHeight() - 80; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth() - 3; x++) {
                int rgb = sheet.getRGB(x, y);
                boolean grey = (rgb >> 16 & 0xff) == (rgb >> 8 & 0xff) && (rgb & 0xff) == (rgb >> 8 & 0xff);
                if (!grey
                        && rgb == sheet.getRGB(x + 1, y)
                        && rgb == sheet.getRGB(x + 2, y)
                        && rgb == sheet.getRGB(x + 3, y)) {
                    colors.add(rgb);
                }
            }
        }
        return colors;
    }

    private static int firstRowOfTheSlice(BufferedImage sheet) {
        for (int y = 0; y < sheet.getHeight(); y++) {
            int black = 0;
            for (int x = 0; x < sheet.getWidth(); x++) {
                black += sheet.getRGB(x, y) == BLACK ? 1 : 0;
            }
            if (black < sheet.getWidth() / 4) {
                return y;
            }
        }
        throw new AssertionError("no slice");
    }

    private static boolean isLettered(BufferedImage sheet, int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                if (sheet.getRGB(x, y) == 0xffffffff) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int longestWhiteRun(BufferedImage sheet, int from) {
        int longest = 0;
        for (int y = from; y < sheet.getHeight(); y++) {
            int run = 0;
            for (int x = 0; x < sheet.getWidth(); x++) {
                run = sheet.getRGB(x, y) == 0xffffffff ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        return longest;
    }
}
