package org.copick.fuzz;

import java.nio.charset.StandardCharsets;
import org.copick.config.ProjectConfig;
import org.copick.error.CopickException;

/** Reads configurations. Readable ones can be stored, and reading and storing them again changes nothing. */
public final class ConfigTarget {
    private ConfigTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        ProjectConfig config;
        try {
            config = ProjectConfig.parse(new String(input, StandardCharsets.UTF_8), "input");
        } catch (CopickException refused) {
            return;
        }
        String stored = config.toJson();
        Expected.same(stored, ProjectConfig.parse(stored, "again").toJson());
    }
}
