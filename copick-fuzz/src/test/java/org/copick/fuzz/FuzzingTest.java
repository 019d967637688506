package org.copick.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs Jazzer on each target.
 *
 * <p>The system property {@code copick.fuzz.seconds} is the time per target; with 0, the default, only
 * {@link CorpusTest} runs. {@code copick.fuzz.targets} selects targets. An input with a finding is in
 * {@code target/fuzz}; copy it into the corpus to replay it in every build.
 */
class FuzzingTest {
    private static final int SECONDS = Integer.getInteger("copick.fuzz.seconds", 0);
    private static final List<String> CHOSEN =
            List.of(System.getProperty("copick.fuzz.targets", "").split(",", -1));

    @TestFactory
    Stream<DynamicTest> noInputBreaksATarget() {
        return Target.ALL.stream()
                .filter(target -> SECONDS > 0)
                .filter(target -> CHOSEN.contains("") || CHOSEN.contains(target.label()))
                .map(target -> DynamicTest.dynamicTest(target.label(), () -> fuzz(target)));
    }

    private static void fuzz(Target target) throws IOException, InterruptedException {
        Path work =
                Target.module().resolve("target/fuzz").resolve(target.label()).toAbsolutePath();
        Path found = Files.createDirectories(work.resolve("corpus"));
        Path temporary = Files.createDirectories(work.resolve("tmp"));
        Path log = work.resolve("jazzer.log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=org.copick.**",
                        // instrumenting library classes, too, would take most of a minute
                        "--custom_hook_includes=org.copick.**",
                        // users may give patterns; slow ones are refused
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                        "--reproducer_path=" + work,
                        "-artifact_prefix=" + work + "/",
                        "-max_total_time=" + SECONDS,
                        // the first input also waits for the instrumentation of classes
                        "-timeout=30",
                        // the heap is the limit; Jazzer's memory outside it varies
                        "-rss_limit_mb=0",
                        "-max_len=16384",
                        "-print_final_stats=1",
                        found.toString(),
                        target.corpus().toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = jazzer.waitFor(SECONDS + 300L, TimeUnit.SECONDS);
            String said = Files.readString(log);
            System.out.println(target.label() + ": " + figures(said));
            assertEquals(0, ended ? jazzer.exitValue() : -1, () -> said.substring(Math.max(0, said.length() - 6000)));
        } finally {
            jazzer.destroyForcibly();
        }
    }

    /** Returns seed, executions and coverage of a run. */
    private static String figures(String log) {
        return String.join(
                "; ",
                log.lines()
                        .filter(line -> line.startsWith("INFO: Seed:")
                                || line.startsWith("stat::number_of_executed_units")
                                || line.startsWith("Done ")
                                || line.contains("DONE "))
                        .toList());
    }
}
