package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.tools.ToolProvider;

/** Compiles sources that tests find or write. */
final class JavaCompiler {
    private JavaCompiler() {}

    /** Asserts that the compiler accepts its arguments; a failure shows its messages. */
    static void assertCompiles(List<String> arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(null, messages, messages, arguments.toArray(String[]::new));
        assertEquals(0, status, () -> messages.toString(StandardCharsets.UTF_8));
    }
}
