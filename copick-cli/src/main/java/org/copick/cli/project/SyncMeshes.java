package org.copick.cli.project;

import java.util.List;
import org.copick.Annotation;
import org.copick.Run;
import org.copick.entity.EntityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code copick sync meshes}. */
@Command(
        name = "meshes",
        description = {"Copy meshes to another project.", "Adds the object definitions that it lacks."},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick sync meshes --target-config other.json",
            "  copick sync meshes --target-config other.json --source-users membrain"
        })
final class SyncMeshes extends SyncAnnotations {
    @Mixin
    private ObjectMapOptions objects = new ObjectMapOptions();

    SyncMeshes() {}

    @Override
    NameMap names() {
        return objects.names();
    }

    @Override
    List<? extends Annotation> annotations(Run run) {
        return run.meshes();
    }

    @Override
    EntityKey key(Annotation source, String run, String name, String user) {
        return new EntityKey.Mesh(run, name, user, source.sessionId());
    }
}
