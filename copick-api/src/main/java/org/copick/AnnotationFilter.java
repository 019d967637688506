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
 * Which annotations are wanted. Reads like a sentence, {@code AnnotationFilter.any().objects("ribosome").users("alice")};
 * every condition narrows. Names are compared exactly; for patterns use a {@link CopickUri}. Immutable.
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

    /** No condition, except that instance and panoptic segmentations have to be asked for (spec section 2.7). */
    public static AnnotationFilter any() {
        return ANY;
    }

    /** Keeps annotations of one of these objects or names. */
    public AnnotationFilter objects(String... names) {
        Set<String> accepted = new HashSet<>(Arrays.asList(names));
        return and(key -> accepted.contains(key.object()));
    }

    /** Keeps annotations by one of these people or tools. */
    public AnnotationFilter users(String... ids) {
        Set<String> accepted = new HashSet<>(Arrays.asList(ids));
        return and(key -> accepted.contains(key.user()));
    }

    /** Keeps annotations of one of these sessions. */
    public AnnotationFilter sessions(String... ids) {
        Set<String> accepted = new HashSet<>(Arrays.asList(ids));
        return and(key -> accepted.contains(key.session()));
    }

    /** Keeps what tools made: session {@code 0}. */
    public AnnotationFilter fromTools() {
        return sessions("0");
    }

    /** Keeps what people made: any session but {@code 0}. */
    public AnnotationFilter fromUsers() {
        return and(key -> !key.session().equals("0"));
    }

    /** Segmentations of this voxel spacing in Å, rounded to 0.001; other annotations have none and pass. */
    public AnnotationFilter voxelSize(double angstrom) {
        VoxelSize wanted = new VoxelSize(angstrom);
        return and(key -> !(key instanceof EntityKey.Segmentation s) || s.size().equals(wanted));
    }

    /** Segmentations of these types; other annotations pass. */
    public AnnotationFilter types(SegmentationType... wanted) {
        Set<SegmentationType> accepted = EnumSet.noneOf(SegmentationType.class);
        accepted.addAll(Arrays.asList(wanted));
        return new AnnotationFilter(condition, accepted);
    }

    /** Segmentations of all four types. */
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
