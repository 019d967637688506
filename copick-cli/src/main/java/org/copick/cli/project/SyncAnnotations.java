package org.copick.cli.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.Annotation;
import org.copick.Entity;
import org.copick.Run;
import org.copick.entity.EntityKey;
import picocli.CommandLine.Mixin;

/** Common parts of commands that copy annotations to another project. */
abstract class SyncAnnotations extends Sync {
    @Mixin
    private UserMapOptions users = new UserMapOptions();

    /** Returns the objects to copy, with their names in the target. */
    abstract NameMap names();

    /** Returns the candidates in a run, before they are filtered by name and user. */
    abstract List<? extends Annotation> annotations(Run run);

    /** Returns the key of a copy. */
    abstract EntityKey key(Annotation source, String run, String name, String user);

    /** Returns whether the target needs the object of an annotation. */
    boolean needsObject(Annotation source) {
        return true;
    }

    @Override
    final Map<Entity, EntityKey> plan(Run run, String targetRun) {
        NameMap names = names();
        NameMap authors = users.names();
        Map<Entity, EntityKey> plan = new LinkedHashMap<>();
        for (Annotation source : annotations(run)) {
            if (names.accepts(source.objectName()) && authors.accepts(source.userId())) {
                plan.put(
                        (Entity) source,
                        key(source, targetRun, names.of(source.objectName()), authors.of(source.userId())));
            }
        }
        return plan;
    }

    @Override
    final boolean needsObjects() {
        return true;
    }

    @Override
    final Map<String, String> objects(Set<Entity> sources) {
        NameMap names = names();
        Map<String, String> needed = new LinkedHashMap<>();
        for (Entity each : sources) {
            Annotation source = (Annotation) each;
            if (needsObject(source)) {
                needed.putIfAbsent(names.of(source.objectName()), source.objectName());
            }
        }
        return needed;
    }
}
