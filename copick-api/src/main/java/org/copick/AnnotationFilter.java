package org.copick;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;

/**
 * A filter for annotations, such as {@code AnnotationFilter.any().objects("ribosome").users("alice")}.
 *
 * <p>An annotation passes if it meets every condition. Names are compared exactly; to match patterns, use a {@link
 * CopickUri}. Immutable.
 */
public final class AnnotationFilter {
    private static final AnnotationFilter ANY =
            new AnnotationFilter(key -> true, EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL));

    private final Predicate<EntityKey.Annotation> condition;
    private final Set<SegmentationType> types;

    private AnnotationFilter(Predicate<EntityKey.Annotation> condition, Set<SegmentationType> types) {
        this.condition = condition;
        this.types = types;
    }

    /**
     * Returns a filter without conditions, except that it rejects instance and panoptic segmentations.
     *
     * <p>Those have to be requested with {@link #types} or {@link #anyType} (spec section 2.7).
     */
    public static AnnotationFilter any() {
        return ANY;
    }

    /**
     * Returns a filter that also requires one of these names.
     *
     * <p>A multilabel or panoptic segmentation has a free name; other annotations have the name of their object.
     */
    public AnnotationFilter objects(String... names) {
        Set<String> accepted = new HashSet<>(Arrays.asList(names));
        return and(key -> accepted.contains(key.object()));
    }

    /** Returns a filter that also requires one of these user ids, which name people or tools. */
    public AnnotationFilter users(String... ids) {
        Set<String> accepted = new HashSet<>(Arrays.asList(ids));
        return and(key -> accepted.contains(key.user()));
    }

    /** Returns a filter that also requires one of these session ids. */
    public AnnotationFilter sessions(String... ids) {
        Set<String> accepted = new HashSet<>(Arrays.asList(ids));
        return and(key -> accepted.contains(key.session()));
    }

    /** Returns a filter that also requires an annotation made by a tool: session {@code 0}. */
    public AnnotationFilter fromTools() {
        return sessions("0");
    }

    /** Returns a filter that also requires an annotation made by a person: any session except {@code 0}. */
    public AnnotationFilter fromUsers() {
        return and(key -> !key.session().equals("0"));
    }

    /**
     * Returns a filter that also requires segmentations to have this voxel spacing.
     *
     * <p>Other annotations have no voxel spacing and pass.
     *
     * @param angstrom in Å; rounded to 0.001
     */
    public AnnotationFilter voxelSize(double angstrom) {
        VoxelSize wanted = new VoxelSize(angstrom);
        return and(key -> !(key instanceof EntityKey.Segmentation s) || s.size().equals(wanted));
    }

    /**
     * Returns a filter that accepts segmentations only of these types, which replace the types set before.
     *
     * <p>Other annotations pass.
     */
    public AnnotationFilter types(SegmentationType... wanted) {
        Set<SegmentationType> accepted = EnumSet.noneOf(SegmentationType.class);
        accepted.addAll(Arrays.asList(wanted));
        return new AnnotationFilter(condition, accepted);
    }

    /** Returns a filter that accepts segmentations of all four types. */
    public AnnotationFilter anyType() {
        return types(SegmentationType.values());
    }

    boolean accepts(EntityKey.Annotation key) {
        return condition.test(key) && (!(key instanceof EntityKey.Segmentation s) || types.contains(s.type()));
    }

    <A extends Annotation> List<A> select(List<A> annotations) {
        return annotations.stream().filter(a -> accepts(a.key())).toList();
    }

    private AnnotationFilter and(Predicate<EntityKey.Annotation> further) {
        return new AnnotationFilter(condition.and(further), types);
    }

    @Override
    public String toString() {
        return "annotations that pass a filter; segmentations of the types " + types;
    }
}
