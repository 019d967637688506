package org.copick;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;

/**
 * A filter for annotations, such as {@code AnnotationFilter.any().objects("ribosome").users("alice")}.
 *
 * <p>An annotation passes if it meets every condition. Names are compared exactly; to match patterns, use a {@link
 * CopickUri}. Immutable.
 */
public final class AnnotationFilter {
    private static final AnnotationFilter ANY = new AnnotationFilter(
            key -> true, EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL), MetadataFilter.any());

    private final Predicate<EntityKey.Annotation> condition;
    private final Set<SegmentationType> types;
    private final MetadataFilter metadata;

    private AnnotationFilter(
            Predicate<EntityKey.Annotation> condition, Set<SegmentationType> types, MetadataFilter metadata) {
        this.condition = condition;
        this.types = types;
        this.metadata = metadata;
    }

    /**
     * {@return a filter without conditions, except that it rejects instance and panoptic segmentations}
     *
     * <p>Those have to be requested with {@link #types} or {@link #anyType} (spec section 2.7).
     */
    public static AnnotationFilter any() {
        return ANY;
    }

    /**
     * {@return a filter that also requires one of these names}
     *
     * <p>A multilabel or panoptic segmentation has a free name; other annotations have the name of their object.
     *
     * @param names exact names; with none, no annotation passes
     */
    public AnnotationFilter objects(String... names) {
        Set<String> accepted = new HashSet<>(Arrays.asList(names));
        return and(key -> accepted.contains(key.object()));
    }

    /**
     * {@return a filter that also requires one of these user ids}
     *
     * @param ids exact user ids, which name people or tools; with none, no annotation passes
     */
    public AnnotationFilter users(String... ids) {
        Set<String> accepted = new HashSet<>(Arrays.asList(ids));
        return and(key -> accepted.contains(key.user()));
    }

    /**
     * {@return a filter that also requires one of these session ids}
     *
     * @param ids exact session ids; with none, no annotation passes
     */
    public AnnotationFilter sessions(String... ids) {
        Set<String> accepted = new HashSet<>(Arrays.asList(ids));
        return and(key -> accepted.contains(key.session()));
    }

    /** {@return a filter that also requires an annotation made by a tool: session {@code 0}} */
    public AnnotationFilter fromTools() {
        return sessions("0");
    }

    /** {@return a filter that also requires an annotation made by a person: any session except {@code 0}} */
    public AnnotationFilter fromUsers() {
        return and(key -> !key.session().equals("0"));
    }

    /**
     * {@return a filter that also requires segmentations to have this voxel spacing}
     *
     * <p>Other annotations have no voxel spacing and pass.
     *
     * @param angstrom voxel spacing in Å; rounded to 0.001
     * @throws org.copick.error.InvalidNameException if the size is not possible
     */
    public AnnotationFilter voxelSize(double angstrom) {
        VoxelSize wanted = new VoxelSize(angstrom);
        return and(key -> !(key instanceof EntityKey.Segmentation s) || s.size().equals(wanted));
    }

    /**
     * {@return a filter that accepts segmentations only of these types, which replace the types set before}
     *
     * <p>Other annotations pass.
     *
     * @param wanted the accepted types; with none, no segmentation passes
     */
    public AnnotationFilter types(SegmentationType... wanted) {
        Set<SegmentationType> accepted = EnumSet.noneOf(SegmentationType.class);
        accepted.addAll(Arrays.asList(wanted));
        return new AnnotationFilter(condition, accepted, metadata);
    }

    /** {@return a filter that accepts segmentations of all four types} */
    public AnnotationFilter anyType() {
        return types(SegmentationType.values());
    }

    /**
     * {@return a filter that also requires annotations to pass a filter of their metadata}
     *
     * <p>Calls that list annotations with this filter throw {@link org.copick.error.NotFoundException} if the project
     * has no such fields.
     *
     * @param further the conditions on what the catalogue knows about annotations
     */
    public AnnotationFilter metadata(MetadataFilter further) {
        return new AnnotationFilter(condition, types, metadata.and(further));
    }

    boolean accepts(EntityKey.Annotation key) {
        return condition.test(key) && (!(key instanceof EntityKey.Segmentation s) || types.contains(s.type()));
    }

    /** Returns the annotations of a kind that pass. Refuses fields that the kind does not have, also in an empty list. */
    <A extends Annotation> List<A> select(Root root, EntityKind kind, List<A> annotations) {
        Predicate<Entity> described = metadata.on(root, kind);
        return annotations.stream()
                .filter(a -> accepts(a.key()) && described.test(a))
                .toList();
    }

    private AnnotationFilter and(Predicate<EntityKey.Annotation> further) {
        return new AnnotationFilter(condition.and(further), types, metadata);
    }

    @Override
    public String toString() {
        return "annotations that pass a filter; segmentations of the types " + types + "; " + metadata;
    }
}
