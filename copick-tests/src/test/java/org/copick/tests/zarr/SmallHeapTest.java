package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which large chunks a process with a heap of 96 MB can read and write, and the messages for those that it
 * cannot.
 */
@Timeout(300)
class SmallHeapTest {
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    void chunksAreReadAsFarAsTheyFitAndRefusedBefore(String collector) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        collector,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, String> outcomes = new LinkedHashMap<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                outcomes.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
            }
        }
        assertEquals(0, process.waitFor(), outcomes::toString);

        for (SmallHeapProcess.Task task : SmallHeapProcess.Task.values()) {
            String outcome = String.valueOf(outcomes.get(task.name()));
            if (task.fits) {
                assertEquals("ok", outcome, task.name());
            } else {
                assertTrue(outcome.startsWith("UnsupportedFeatureException"), task + ": " + outcome);
                assertTrue(outcome.contains(task.bytes) && outcome.contains("-Xmx"), task + ": " + outcome);
            }
        }
    }
}
