package org.copick.cli.exchange;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.copick.Annotation;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.FileName;
import org.copick.cli.output.OutputFile;

/** Where exported entities go, each to a file of its own. */
final class ExportPaths {
    private final Map<Path, String> taken = new HashMap<>();

    ExportPaths() {}

    /** The name, without an ending, of an annotation's file among those of several runs. */
    static String name(Annotation annotation) {
        return FileName.of(annotation.run().name() + "_" + annotation.objectName() + "_" + annotation.userId() + "_"
                + annotation.sessionId());
    }

    /** Refuses two entities in one file before anything is written. */
    void take(Path file, String location) {
        String other = taken.putIfAbsent(file, location);
        if (other != null) {
            throw new CommandFailure(other + " and " + location + " would both be written to " + file
                    + "; nothing was exported; narrow the URI");
        }
    }

    /** Refuses to replace what nobody said may be replaced, before anything is written. */
    static void requireFree(Collection<Path> files, boolean overwrite) {
        for (Path file : files) {
            if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new CommandFailure(file + " exists already; nothing was exported; --overwrite replaces it");
            }
        }
    }

    static void createParent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            OutputFile.makeFolder(parent, file);
        }
    }
}
