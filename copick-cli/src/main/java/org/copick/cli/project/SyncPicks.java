package org.copick.cli.project;

import java.util.List;
import org.copick.Annotation;
import org.copick.AnnotationFilter;
import org.copick.MetadataFilter;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.MetadataOptions;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code copick sync picks}. */
@Command(
        name = "picks",
        description = {"Copy picks to another project.", "Adds the object definitions that it lacks."},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick sync picks --target-config other.json",
            "  copick sync picks --target-config other.json --source-objects ribosome \\",
            "      --target-objects ribosome:ribo-80S"
        })
final class SyncPicks extends SyncAnnotations {
    @Mixin
    private ObjectMapOptions objects = new ObjectMapOptions();

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    private MetadataFilter filter = MetadataFilter.any();

    SyncPicks() {}

    @Override
    void prepare(Root from) {
        filter = metadata.filter(from, EntityKind.PICKS);
    }

    @Override
    NameMap names() {
        return objects.names();
    }

    @Override
    List<? extends Annotation> annotations(Run run) {
        return run.picks(AnnotationFilter.any().metadata(filter));
    }

    @Override
    EntityKey key(Annotation source, String run, String name, String user) {
        return new EntityKey.Picks(run, name, user, source.sessionId());
    }
}
