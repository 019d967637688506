package org.copick.cli.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.Annotation;
import org.copick.Entity;
import org.copick.Run;
import org.copick.spi.EntityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Picks and meshes. */
abstract sealed class SyncObjects extends Sync {
    @Option(
            names = "--source-objects",
            defaultValue = "",
            paramLabel = "OBJECT,OBJECT",
            description = "Only these objects, separated by commas.")
    String sourceObjects = "";

    @Option(
            names = "--target-objects",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Rename objects in the target: SOURCE:TARGET,…")
    String targetObjects = "";

    @Option(
            names = "--source-users",
            defaultValue = "",
            paramLabel = "USER,USER",
            description = "Only these users, separated by commas.")
    String sourceUsers = "";

    @Option(
            names = "--target-users",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Rename users in the target: SOURCE:TARGET,…")
    String targetUsers = "";

    abstract List<? extends Annotation> annotations(Run run);

    abstract EntityKey key(String run, String object, String user, String session);

    @Override
    Map<Entity, EntityKey> plan(Run run, String targetRun) {
        NameMap objects = NameMap.of(sourceObjects, targetObjects);
        NameMap users = NameMap.of(sourceUsers, targetUsers);
        Map<Entity, EntityKey> plan = new LinkedHashMap<>();
        for (Annotation annotation : annotations(run)) {
            if (objects.accepts(annotation.objectName()) && users.accepts(annotation.userId())) {
                plan.put(
                        (Entity) annotation,
                        key(
                                targetRun,
                                objects.of(annotation.objectName()),
                                users.of(annotation.userId()),
                                annotation.sessionId()));
            }
        }
        return plan;
    }

    @Override
    Map<String, String> objects(Set<Entity> sources) {
        NameMap objects = NameMap.of(sourceObjects, targetObjects);
        Map<String, String> names = new LinkedHashMap<>();
        for (Entity source : sources) {
            String name = ((Annotation) source).objectName();
            names.putIfAbsent(objects.of(name), name);
        }
        return names;
    }

    /** {@code copick sync picks}. */
    @Command(name = "picks", description = "Copy picks.", mixinStandardHelpOptions = true)
    static final class OfPicks extends SyncObjects {
        @Override
        List<? extends Annotation> annotations(Run run) {
            return run.picks();
        }

        @Override
        EntityKey key(String run, String object, String user, String session) {
            return new EntityKey.Picks(run, object, user, session);
        }
    }

    /** {@code copick sync meshes}. */
    @Command(name = "meshes", description = "Copy meshes.", mixinStandardHelpOptions = true)
    static final class OfMeshes extends SyncObjects {
        @Override
        List<? extends Annotation> annotations(Run run) {
            return run.meshes();
        }

        @Override
        EntityKey key(String run, String object, String user, String session) {
            return new EntityKey.Mesh(run, object, user, session);
        }
    }
}
