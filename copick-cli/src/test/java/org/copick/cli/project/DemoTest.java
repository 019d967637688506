package org.copick.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Picks;
import org.copick.Root;
import org.copick.cli.Called;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, from an empty folder to its picture. */
final class DemoTest {
    @TempDir
    private Path temporary;

    @Test
    void theDemoLeavesAProjectThatTheOtherCommandsOpen() throws IOException {
        Path folder = temporary.resolve("my demo");
        Called demo = Called.copick("demo", folder);
        assertEquals(0, demo.status(), demo.err());
        assertTrue(demo.out().contains("Try next"), demo::out);
        assertTrue(demo.out().contains("  copick info -c '" + folder.resolve("copick.json") + "'"), demo::out);

        Path config = folder.resolve("copick.json");
        try (Root root = Copick.open(config)) {
            Picks picks = root.run("TS_001")
                    .picks(AnnotationId.of("proteasome").user("me").session("1"));
            assertEquals("overlay", picks.layer().name());
            assertEquals(8, picks.points().size());
            assertTrue(picks.points().stream().allMatch(p -> p.z() == 280), "in the plane z = 28 at 10 Å");
            double radius = root.object("proteasome").radius().orElseThrow();
            List<Point> known =
                    root.run("TS_001").picks("proteasome:gapstop/0").get(0).points();
            for (Point found : picks.points()) {
                assertTrue(
                        known.stream()
                                .anyMatch(p ->
                                        Math.hypot(Math.hypot(p.x() - found.x(), p.y() - found.y()), p.z() - found.z())
                                                < radius),
                        () -> found + " lies in no proteasome");
            }
        }
        BufferedImage picture = ImageIO.read(folder.resolve("slice.png").toFile());
        assertNotNull(picture);
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colors.add(picture.getRGB(x, y) & 0xffffff);
            }
        }
        assertTrue(colors.contains(0xff5e3a), "the picks are drawn in their object's colour");
        assertTrue(colors.stream().filter(c -> (c & 0xff) == (c >> 8 & 0xff)).count() > 50, "over grey values");

        assertEquals(0, Called.copick("info", "-c", config).status());
        Called listed = Called.copick("ls", "proteasome:me/*", "--json", "--long", "-c", config);
        JsonNode rows = new ObjectMapper().readTree(listed.out());
        assertEquals(1, rows.size());
        assertEquals(8, rows.get(0).get("points").asInt());
        Called manifest = Called.copick("manifest", "-c", config, "-o", folder.resolve("manifest.json"));
        assertEquals(0, manifest.status(), manifest.err());
        assertEquals(
                0,
                Called.copick("verify", folder.resolve("manifest.json"), "-c", config)
                        .status());

        Called.copick("rm", "picks", "proteasome:me/1", "-c", config).succeeded();
        Called changed = Called.copick("verify", folder.resolve("manifest.json"), "-c", config);
        assertEquals("copick: 1 difference", changed.err().strip());
        String long3 = Called.copick("ls", "ribosome", "--run", "TS_003", "--long", "-c", config)
                .out();
        assertTrue(long3.contains("\t4 points  "), long3);
    }

    @Test
    void itProposesCommandsAsTheUserTypedIt() {
        System.setProperty("copick.program", "./copick");
        try {
            Path folder = temporary.resolve("demo");
            String out = Called.copick("demo", folder).succeeded().out();
            assertTrue(out.contains("  ./copick ls --long -c " + folder.resolve("copick.json")), out);
        } finally {
            System.clearProperty("copick.program");
        }
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("mine.txt"), "mine");
        Called demo = Called.copick("demo", temporary);
        assertEquals(1, demo.status());
        assertTrue(demo.err().contains("not empty"), demo::err);
        try (var files = Files.list(temporary)) {
            assertEquals(List.of(temporary.resolve("mine.txt")), files.toList());
        }
        assertEquals(1, Called.copick("demo", temporary.resolve("mine.txt")).status());
    }

    @Test
    void aDemoThatWasInterruptedIsRepeated() throws IOException {
        Path folder = temporary.resolve("demo");
        Called.copick("demo", folder).succeeded();
        Path unfinished = folder.resolve(".copick-demo-unfinished");
        assertTrue(Files.notExists(unfinished));
        Called.copick("demo", folder).refused();
        Files.writeString(unfinished, "on disk");
        Files.delete(folder.resolve("slice.png"));
        Called.copick("demo", folder).succeeded();
        assertTrue(Files.exists(folder.resolve("slice.png")));
        assertTrue(Files.notExists(unfinished));
        try (Root root = Copick.open(folder.resolve("copick.json"))) {
            assertEquals(
                    8,
                    root.run("TS_001")
                            .picks(AnnotationId.of("proteasome").user("me").session("1"))
                            .points()
                            .size());
        }
    }

    @Test
    void everyWayToDrawASlice() throws IOException {
        Path folder = temporary.resolve("demo");
        assertEquals(0, Called.copick("demo", folder).status());
        Path config = folder.resolve("copick.json");
        Path out = temporary.resolve("out.png");
        for (String axis : List.of("z", "y", "X")) {
            Called drawn = Called.copick(
                    "render",
                    "denoised@10",
                    "--run",
                    "TS_001",
                    "--axis",
                    axis,
                    "--index",
                    3,
                    "--level",
                    1,
                    "--picks",
                    "proteasome",
                    "--segmentation",
                    "*?multilabel=true",
                    "-o",
                    out,
                    "-c",
                    config);
            assertEquals(0, drawn.status(), drawn.err());
            assertTrue(drawn.out().contains(axis.toLowerCase(java.util.Locale.ROOT) + " = 3"), drawn::out);
            assertNotNull(ImageIO.read(out.toFile()));
        }
        assertEquals(
                1, Called.copick("render", "wbp@10", "-o", out, "-c", config).status(), "of several runs");
        for (String[] bad : new String[][] {
            {"--index", "99"}, {"--level", "9"}, {"--picks", "nothing"}, {"--segmentation", "nothing"}
        }) {
            Called failed = Called.copick(
                    "render",
                    "wbp@10",
                    "--run",
                    "TS_001",
                    bad[0],
                    bad[1],
                    "-o",
                    temporary.resolve("no.png"),
                    "-c",
                    config);
            assertEquals(1, failed.status(), () -> String.join(" ", bad));
            assertEquals(1, failed.err().lines().count(), failed::err);
        }
        assertTrue(Files.notExists(temporary.resolve("no.png")));
    }
}
