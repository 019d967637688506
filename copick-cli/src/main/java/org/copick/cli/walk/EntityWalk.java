package org.copick.cli.walk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidNameException;

/** All entities of a run, and what people call them. */
public final class EntityWalk {
    /** The kinds that have copick URIs, in the order of lists. */
    static final List<EntityKind> WITH_URI = Stream.concat(
                    Stream.of(EntityKind.TOMOGRAM, EntityKind.FEATURES), EntityKind.annotations().stream())
            .toList();

    private EntityWalk() {}

    /** The run, then everything in it that can be listed, each once: copies of a tomogram list the same features. */
    public static List<Entity> of(Run run, Attempts attempts) {
        Set<Entity> all = new LinkedHashSet<>();
        all.add(run);
        all.addAll(volumes(run, attempts));
        for (EntityKind kind : EntityKind.annotations()) {
            attempts.attempt(run.location(), () -> all.addAll(run.annotations(kind)));
        }
        return List.copyOf(all);
    }

    /** Everything in the run that the URI matches and that can be listed. */
    public static List<Entity> matching(Run run, CopickUri uri, Attempts attempts) {
        List<Entity> candidates = new ArrayList<>();
        if (uri.kind() == EntityKind.TOMOGRAM || uri.kind() == EntityKind.FEATURES) {
            candidates.addAll(volumes(run, attempts));
        } else {
            attempts.attempt(run.location(), () -> candidates.addAll(run.annotations(uri.kind())));
        }
        return candidates.stream()
                .filter(entity -> entity.key().kind() == uri.kind() && uri.matches(entity.key()))
                .distinct()
                .toList();
    }

    /** Voxel spacings, tomograms and features. */
    private static List<Entity> volumes(Run run, Attempts attempts) {
        List<Entity> all = new ArrayList<>();
        attempts.attempt(run.location(), () -> {
            for (VoxelSpacing spacing : run.voxelSpacings()) {
                all.add(spacing);
                attempts.attempt(spacing.location(), () -> {
                    for (Tomogram tomogram : spacing.tomograms()) {
                        all.add(tomogram);
                        attempts.attempt(tomogram.location(), () -> all.addAll(tomogram.features()));
                    }
                });
            }
        });
        return all;
    }

    /** The copick URI, or the plain name of what has none. */
    public static String nameOf(Entity entity) {
        return nameOf(entity.key());
    }

    public static String nameOf(EntityKey key) {
        if (key instanceof EntityKey.Run run) {
            return run.run();
        } else if (key instanceof EntityKey.Spacing spacing) {
            return spacing.size().text();
        }
        return key instanceof EntityKey.DensityMap map ? map.object() : CopickUri.of(key);
    }

    /** The run that it is in; empty for density maps. */
    public static String runOf(EntityKey key) {
        return key instanceof EntityKey.InRun inRun ? inRun.run() : "";
    }

    public static String kindOf(EntityKey key) {
        return key.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The URI as one of each kind whose grammar it follows. */
    public static List<CopickUri> urisLike(String text) {
        List<CopickUri> uris = new ArrayList<>();
        List<InvalidNameException> refusals = new ArrayList<>();
        for (EntityKind kind : WITH_URI) {
            try {
                uris.add(CopickUri.parse(kind, text));
            } catch (InvalidNameException e) {
                refusals.add(e);
            }
        }
        if (uris.isEmpty()) {
            throw refusals.get(0);
        }
        return uris;
    }
}
