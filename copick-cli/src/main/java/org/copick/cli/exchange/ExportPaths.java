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

/** The target paths of an export, which must all differ. */
final class ExportPaths {
    private final Map<Path, String> taken = new HashMap<>();

    ExportPaths() {}

    /** Returns the file name of an annotation without extension; it contains the run. */
    static String name(Annotation annotation) {
        return FileName.of(annotation.run().name() + "_" + annotation.objectName() + "_" + annotation.userId() + "_"
                + annotation.sessionId());
    }

    /** Refuses two entities with the same target; called before anything is written. */
    void take(Path file, String location) {
        String other = taken.putIfAbsent(file, location);
        if (other != null) {
            throw new CommandFailure(other + " and " + location + " would both be written to " + file
                    + "; nothing was exported; narrow the URI");
        }
    }

    /** Refuses existing targets unless they may be replaced; called before anything is written. */
    static void requireFree(Collection<Path> files, boolean overwrite) {
        for (Path file : files) {
            if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new CommandFailure(file + " exists already; nothing was exported; --overwrite replaces it");
            }
        }
    }

    /** Creates the folder of a file. */
    static void createParent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            OutputFile.makeFolder(parent, file);
        }
    }
}
