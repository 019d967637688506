package org.copick.fuzz;

import java.nio.charset.StandardCharsets;
import org.copick.config.ProjectConfig;
import org.copick.error.CopickException;

/** Reads configurations; those that can be read can be stored, and stay as they were stored. */
public final class ConfigTarget {
    private ConfigTarget() {}

    /** The entry that Jazzer looks for. */
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
