package org.copick.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.copick.AnnotationFilter;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.VoxelSpacing;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidNameException;

/** Lists the entities of a table, run by run. */
final class EntityLister {
    /** Most runs to look up one by one; to list all runs costs no more than a few lookups. */
    private static final int MOST_LOOKUPS = 8;

    private final TableKind table;
    private final KeyFilter filter;
    private final CopickUri tomograms;
    private final int level;

    EntityLister(SourceOptions options, KeyFilter filter) {
        this.table = options.table();
        this.filter = filter;
        this.tomograms = CopickUri.parse(EntityKind.TOMOGRAM, options.tomogram());
        this.level = options.level();
    }

    /** Returns the entities that pass the filter, those of one run after the other. Lists a run when it is reached. */
    Iterator<List<ListedEntity>> byRun(Root root) {
        return runs(root).map(this::entities).filter(found -> !found.isEmpty()).iterator();
    }

    private Stream<Run> runs(Root root) {
        var named = filter.runs().filter(names -> names.size() <= MOST_LOOKUPS);
        return named.isPresent()
                ? named.get().stream().flatMap(name -> found(root, name))
                : root.runs().stream().filter(run -> filter.acceptsRun(run.name()));
    }

    private static Stream<Run> found(Root root, String name) {
        try {
            return root.findRun(name).stream();
        } catch (InvalidNameException e) {
            return Stream.empty(); // no run can have this name
        }
    }

    private List<ListedEntity> entities(Run run) {
        List<ListedEntity> found = new ArrayList<>();
        of(run).forEach(entity -> {
            ListedEntity listed = ListedEntity.of(entity.entry());
            if (filter.accepts(column -> Keys.of(listed, column, level))) {
                found.add(listed);
            }
        });
        return found;
    }

    private Stream<? extends Entity> of(Run run) {
        return switch (table) {
            case PICKS -> run.picks().stream();
            case FILAMENTS -> run.filaments().stream();
            case SEGMENTATIONS -> run.segmentations(AnnotationFilter.any().anyType()).stream();
            case TOMOGRAMS -> tomograms(run);
            case BLOCKS -> tomograms(run).filter(tomogram -> tomograms.matches(tomogram.key()));
        };
    }

    private static Stream<? extends Entity> tomograms(Run run) {
        return run.voxelSpacings().stream().map(VoxelSpacing::tomograms).flatMap(List::stream);
    }
}
