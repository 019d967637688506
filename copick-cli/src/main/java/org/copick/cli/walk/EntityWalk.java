package org.copick.cli.walk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Filaments;
import org.copick.Picks;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidNameException;

/** The entities of a run, and their names for people. */
public final class EntityWalk {
    /** The kinds that have copick URIs, in the order of listings. */
    static final List<EntityKind> WITH_URI = Stream.concat(
                    Stream.of(EntityKind.TOMOGRAM, EntityKind.FEATURES), EntityKind.annotations().stream())
            .toList();

    private EntityWalk() {}

    /**
     * Returns the run, then all its entities, each once, and reports those that cannot be listed.
     *
     * <p>Copies of a tomogram in several layers list the same features.
     */
    public static List<Entity> of(Run run, Attempts attempts) {
        Set<Entity> all = new LinkedHashSet<>();
        all.add(run);
        all.addAll(volumes(run, attempts));
        for (EntityKind kind : EntityKind.annotations()) {
            attempts.attempt(run.location(), () -> all.addAll(run.annotations(kind)));
        }
        return List.copyOf(all);
    }

    /** Returns the entities of the run that match the URI, and reports those that cannot be listed. */
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

    /** Returns voxel spacings, tomograms and features. */
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

    /**
     * Returns a planned copy whose target is another source.
     *
     * <p>That source would be replaced or deleted before it is copied itself.
     *
     * @param plan the source of each target
     */
    public static Optional<Map.Entry<EntityKey, Entity>> ontoSource(Map<EntityKey, Entity> plan) {
        Set<EntityKey> sources = plan.values().stream().map(Entity::key).collect(Collectors.toSet());
        return plan.entrySet().stream()
                .filter(copy -> !copy.getKey().equals(copy.getValue().key()) && sources.contains(copy.getKey()))
                .findFirst();
    }

    /** Releases a cached document, so that the documents of a project need not all fit into memory. */
    public static void forget(Entity entity) {
        if (entity instanceof Picks picks) {
            picks.refresh();
        } else if (entity instanceof Filaments filaments) {
            filaments.refresh();
        }
    }

    /** Returns the copick URI, or the plain name of an entity without a URI. */
    public static String nameOf(Entity entity) {
        return nameOf(entity.key());
    }

    /** Returns the copick URI of a key, or the plain name of an entity without a URI. */
    public static String nameOf(EntityKey key) {
        if (key instanceof EntityKey.Run run) {
            return run.run();
        } else if (key instanceof EntityKey.Spacing spacing) {
            return spacing.size().text();
        }
        return key instanceof EntityKey.DensityMap map ? map.object() : CopickUri.of(key);
    }

    /** Returns the name of the run that holds the entity; empty for density maps. */
    public static String runOf(EntityKey key) {
        return key instanceof EntityKey.InRun inRun ? inRun.run() : "";
    }

    /** Returns the kind in lower case with hyphens, such as {@code voxel-spacing}. */
    public static String kindOf(EntityKey key) {
        return key.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Parses a text as the URI of every kind whose grammar it follows.
     *
     * @throws InvalidNameException when it follows the grammar of no kind
     */
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
