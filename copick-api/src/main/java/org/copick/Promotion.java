package org.copick;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.entity.SegmentationType;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;

/**
 * A checked plan to copy entities from a project's writable layer into another project.
 *
 * <p>{@link #of} checks everything that can be checked and writes nothing. {@link #run} then copies.
 */
public final class Promotion {
    private final Root to;
    private final CopyOptions options;
    private final List<Entity> entities;
    private final List<ObjectDefinition> definitions = new ArrayList<>();
    private final Set<Entity> present = new HashSet<>();

    private Promotion(Root to, CopyOptions options, List<Entity> entities) {
        this.to = to;
        this.options = options;
        this.entities = entities;
    }

    /**
     * Checks a promotion.
     *
     * <p>Reads and compares entities that exist in the target already. An equal one is not copied again, so an
     * interrupted promotion can be repeated.
     *
     * @param from the project whose writable layer has the entities
     * @param entities entities of {@code from}; runs and voxel spacings are promoted without their contents
     * @param to another project; its writable layer may be one of the layers below the writable layer of {@code from}
     * @param options how to copy, and whether to replace existing entities
     * @return the checked plan, of which nothing has been written
     * @throws IllegalArgumentException if an entity does not belong to {@code from}
     * @throws ReadOnlyException if an entity does not lie in the writable layer, or the target has no writable layer
     * @throws AlreadyExistsException if the target has an entity with another content, unless the options allow it; or
     *     if in the target an object has another label or a label belongs to another object
     * @throws NotFoundException if the target's configuration excludes a run
     * @throws InvalidConfigException if the target writes to the same place as {@code from}
     */
    public static Promotion of(Root from, Collection<? extends Entity> entities, Root to, CopyOptions options) {
        Objects.requireNonNull(from, "from");
        Map<EntityKey, Entity> distinct = new LinkedHashMap<>();
        for (Entity entity : entities) {
            if (!from.isProjectOf(entity.root())) {
                throw new IllegalArgumentException(entity + " is not an entity of this project");
            }
            if (entity.readOnly()) {
                throw new ReadOnlyException("cannot promote " + entity + ": it lies in the read-only layer "
                        + entity.layer().name() + "; only entities of the writable layer can be promoted");
            }
            distinct.put(entity.key(), entity);
        }
        Layer own = from.layers().get(0);
        Layer target = to.layers().get(0);
        if (target.readOnly()) {
            throw new ReadOnlyException("cannot promote to " + target.location() + ": it is read-only");
        }
        if (target.isPlaceOf(own)) {
            throw new InvalidConfigException("cannot promote to the project itself: both write to " + own.location());
        }
        Promotion promotion = new Promotion(
                to,
                options,
                distinct.values().stream()
                        .sorted(Comparator.comparing(Entity::key, LayerWalk.ORDER))
                        .toList());
        promotion.entities.forEach(promotion::check);
        promotion.addDefinitions(from);
        return promotion;
    }

    /** {@return the entities to promote, by run and then in listing order} */
    public List<Entity> entities() {
        return entities;
    }

    /** {@return how many of the entities exist in the target with equal content} These are not copied. */
    public int present() {
        return present.size();
    }

    /**
     * {@return the definitions of the objects that the target lacks and the entities need}
     *
     * <p>These are the annotated objects. Multilabel and panoptic segmentations need all objects that have a label.
     */
    public List<ObjectDefinition> definitions() {
        return List.copyOf(definitions);
    }

    /**
     * Adds the missing objects to the target, then copies the entities that the target does not have.
     *
     * <p>The target's configuration is saved if it was opened from a file. If an entity cannot be copied, those copied
     * before it stay.
     *
     * @return the entities in the target, in the order of {@link #entities}
     */
    public List<Entity> run() {
        definitions.forEach(to::addObjectAsIs);
        if (!definitions.isEmpty() && to.isOpenedByFile()) {
            to.save();
        }
        List<Entity> promoted = new ArrayList<>();
        for (Entity entity : entities) {
            promoted.add(
                    present.contains(entity)
                            ? to.find(entity.key())
                                    .orElseThrow(() -> new NotFoundException(
                                            entity.key() + " is gone from the target; promote it again"))
                            : to.copy(entity, entity.key(), options));
        }
        return promoted;
    }

    private void check(Entity entity) {
        EntityKey key = entity.key();
        to.requireAllowed(key, "promote " + entity);
        if (key.kind().content() != EntityKind.Content.CONTAINER && options.onExisting == OnExisting.FAIL) {
            to.find(key).ifPresent(existing -> {
                if (!to.holdsCopy(entity, key)) {
                    throw new AlreadyExistsException(existing + " exists already; nothing was written");
                }
                present.add(entity);
            });
        }
    }

    private void addDefinitions(Root from) {
        Map<String, ObjectDefinition> needed = new LinkedHashMap<>();
        for (Entity entity : entities) {
            if (entity instanceof Segmentation segmentation && isOfManyObjects(segmentation)) {
                for (ObjectDefinition definition : from.config().objects()) {
                    if (definition.label().isPresent()) {
                        needed.putIfAbsent(definition.name(), definition);
                        requireSameLabel(definition, segmentation);
                    }
                }
            } else if (entity instanceof Annotation annotation) {
                from.config()
                        .object(annotation.objectName())
                        .ifPresent(definition -> needed.putIfAbsent(definition.name(), definition));
            }
        }
        for (ObjectDefinition definition : needed.values()) {
            if (to.config().object(definition.name()).isEmpty()) {
                requireFreeLabel(definition);
                definitions.add(definition);
            }
        }
    }

    private static boolean isOfManyObjects(Segmentation segmentation) {
        return segmentation.type() == SegmentationType.MULTILABEL || segmentation.type() == SegmentationType.PANOPTIC;
    }

    private void requireSameLabel(ObjectDefinition definition, Segmentation segmentation) {
        Optional<ObjectDefinition> known = to.config().object(definition.name());
        if (known.isPresent() && !known.get().label().equals(definition.label())) {
            throw new AlreadyExistsException("cannot promote " + segmentation + ": in the target \""
                    + definition.name() + "\" has another label, "
                    + text(known.get().label()) + " and not "
                    + text(definition.label()) + "; nothing was written");
        }
    }

    private static String text(OptionalLong label) {
        return label.isPresent() ? Long.toString(label.getAsLong()) : "none";
    }

    /** Checks that no other object of the target has this label; otherwise segmentations would change their meaning. */
    private void requireFreeLabel(ObjectDefinition definition) {
        for (ObjectDefinition other : to.config().objects()) {
            if (definition.label().isPresent() && other.label().equals(definition.label())) {
                throw new AlreadyExistsException(
                        "the label " + definition.label().getAsLong() + " of \"" + definition.name()
                                + "\" belongs to \"" + other.name() + "\" in the target; nothing was written");
            }
        }
    }

    @Override
    public String toString() {
        return entities.size() + " entities for " + to;
    }
}
