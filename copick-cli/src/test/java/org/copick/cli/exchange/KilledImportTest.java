package org.copick.cli.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.Called;
import org.copick.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that killing an import at any moment leaves only whole entities, and repeating it completes them. */
final class KilledImportTest {
    private static final int KILLS = Integer.getInteger("copick.kills", 6);
    private static final int RUNS = 40;
    private static final int POINTS = 300;

    @TempDir
    private Path folder;

    @Test
    void picksAreWholeOrAbsentAndTheImportIsRepeated() throws IOException, InterruptedException {
        long seed = Long.getLong("copick.seed", System.nanoTime());
        System.out.println("killed imports, seed " + seed);
        Random random = new Random(seed);
        Path csv = csv();
        int left = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path config = Files.writeString(folder.resolve("copick-" + kill + ".json"), """
                    {"config_type": "filesystem", "overlay_root": "project-%d", "pickable_objects": [
                      {"name": "ribosome", "is_particle": true, "label": 1}]}
                    """.formatted(kill));
            Path runs = folder.resolve("project-" + kill + "/ExperimentRuns");
            killOnce(runs, random.nextInt(RUNS), random.nextInt(2000), csv, config);

            int whole = wholePicks(config);
            left += whole;
            Called again = Called.copick("add", "picks", csv, "--object-name", "ribosome", "-c", config)
                    .succeeded();
            assertEquals("", again.err());
            assertEquals(RUNS, again.out().lines().count());
            assertEquals(
                    whole,
                    again.out()
                            .lines()
                            .filter(line -> line.endsWith("\tthere already"))
                            .count());
            assertEquals(RUNS, wholePicks(config));
        }
        System.out.println("killed imports: " + KILLS + " kills left " + left + " picks, all whole");
    }

    /** Returns the number of picks of a project, and checks that each has all points. */
    private static int wholePicks(Path config) {
        int picks = 0;
        try (Root root = Copick.open(config)) {
            for (Run run : root.runs()) {
                for (Picks each : run.picks()) {
                    assertEquals(POINTS, each.points().size(), each::location);
                    picks++;
                }
            }
        }
        return picks;
    }

    /** Starts the import and kills it {@code micros} µs after it has begun {@code begun} runs, unless it ends first. */
    private void killOnce(Path runs, int begun, int micros, Path csv, Path config)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "add",
                        "picks",
                        csv.toString(),
                        "--object-name",
                        "ribosome",
                        "-c",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (program.isAlive() && count(runs) <= begun) {
                assertTrue(System.nanoTime() < end, "the import does not go on");
                Thread.sleep(1);
            }
            TimeUnit.MICROSECONDS.sleep(micros);
        } finally {
            program.destroyForcibly();
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
        }
        assertTrue(count(runs) > 0, () -> "the import did not begin: " + text(output));
    }

    private static long count(Path runs) throws IOException {
        if (!Files.exists(runs)) {
            return 0;
        }
        try (Stream<Path> children = Files.list(runs)) {
            return children.count();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path csv() throws IOException {
        StringBuilder csv = new StringBuilder("run_name,x,y,z\n");
        for (int run = 0; run < RUNS; run++) {
            for (int point = 0; point < POINTS; point++) {
                csv.append("TS_").append(run).append(',').append(point).append(",2,3\n");
            }
        }
        return Files.writeString(folder.resolve("picks.csv"), csv);
    }
}
