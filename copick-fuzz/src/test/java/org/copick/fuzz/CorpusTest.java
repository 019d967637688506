package org.copick.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests that every input of the corpus is read or refused with a typed error, within little memory and time. */
class CorpusTest {
    /** Time-out for inputs that hang; every input takes less than a hundredth of it. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @TestFactory
    Stream<DynamicTest> inputsAreReadOrRefused() {
        return Target.ALL.stream().map(target -> DynamicTest.dynamicTest(target.label(), () -> replay(target)));
    }

    private static void replay(Target target) throws IOException {
        List<Path> inputs = target.inputs();
        assertTrue(inputs.size() > 3, "inputs: " + inputs);
        for (Path file : inputs) {
            byte[] input = Files.readAllBytes(file);
            String name = file.getFileName().toString();
            assertTimeoutPreemptively(
                    LONGEST,
                    () -> {
                        try {
                            target.run(input);
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError(target.label() + "/" + name, e);
                        }
                    },
                    () -> target.label() + "/" + name);
        }
    }
}
