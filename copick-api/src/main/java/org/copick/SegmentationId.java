package org.copick;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a segmentation within a run: its type, object or name, voxel size, user and session. Reads like a sentence,
 * {@code SegmentationId.multilabel("cells").at(10).user("alice").session("1")}. The voxel size must be named; a user or session
 * that is not named is the configuration's. Immutable.
 */
public final class SegmentationId {
    private final SegmentationType type;
    private final String name;
    private final @Nullable VoxelSize size;
    private final @Nullable String user;
    private final @Nullable String session;

    private SegmentationId(
            SegmentationType type,
            String name,
            @Nullable VoxelSize size,
            @Nullable String user,
            @Nullable String session) {
        this.type = type;
        this.name = name;
        this.size = size;
        this.user = user;
        this.session = session;
    }

    /** A segmentation of one object, 1 inside it. */
    public static SegmentationId binary(String object) {
        Objects.requireNonNull(object, "object");
        return of(SegmentationType.BINARY, object);
    }

    /** A segmentation of many objects by their labels, under a free name. */
    public static SegmentationId multilabel(String name) {
        return of(SegmentationType.MULTILABEL, name);
    }

    /** A segmentation that tells instances of one object apart. */
    public static SegmentationId instance(String object) {
        Objects.requireNonNull(object, "object");
        return of(SegmentationType.INSTANCE, object);
    }

    /** A segmentation by labels and instances, under a free name. */
    public static SegmentationId panoptic(String name) {
        return of(SegmentationType.PANOPTIC, name);
    }

    /** A segmentation of that type. */
    public static SegmentationId of(SegmentationType type, String name) {
        return new SegmentationId(requireNonNull(type, "type"), requireNonNull(name, "name"), null, null, null);
    }

    /** Names the segmentation that a key is of. */
    public static SegmentationId of(EntityKey.Segmentation key) {
        return new SegmentationId(key.type(), key.object(), key.size(), key.user(), key.session());
    }

    /**
     * Names the voxel size.
     *
     * @param voxelSize in Å, rounded to 0.001
     * @throws org.copick.error.InvalidNameException for a size that is not possible
     */
    public SegmentationId at(double voxelSize) {
        return new SegmentationId(type, name, new VoxelSize(voxelSize), user, session);
    }

    /** Names the person or tool. */
    public SegmentationId user(String id) {
        return new SegmentationId(type, name, size, requireNonNull(id, "user"), session);
    }

    /** Names the session; tools use {@code 0}. */
    public SegmentationId session(String id) {
        return new SegmentationId(type, name, size, user, requireNonNull(id, "session"));
    }

    public SegmentationType type() {
        return type;
    }

    /** The object, or the free name of a multilabel or panoptic segmentation. */
    public String name() {
        return name;
    }

    /** In Å; empty until it is named. */
    public Optional<Double> voxelSize() {
        return Optional.ofNullable(size).map(VoxelSize::angstrom);
    }

    /** The user; empty for the configuration's. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** The session; empty for the configuration's. */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /**
     * The key within a run.
     *
     * @throws IllegalArgumentException without a voxel size
     */
    EntityKey.Segmentation in(Run run) {
        if (size == null) {
            throw new IllegalArgumentException("the segmentation " + name + " needs a voxel size: add at(10) for 10 Å");
        }
        return new EntityKey.Segmentation(
                run.name(),
                size,
                name,
                user != null ? user : run.root().requireUserId(),
                session != null ? session : run.root().requireSessionId(),
                type);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SegmentationId that
                && type == that.type
                && name.equals(that.name)
                && Objects.equals(size, that.size)
                && Objects.equals(user, that.user)
                && Objects.equals(session, that.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, name, size, user, session);
    }

    /** As in a copick URI, {@code cells:alice/1@10.000}, with {@code (configured)} for what the configuration says. */
    @Override
    public String toString() {
        return name + ":" + (user == null ? "(configured)" : user) + "/" + (session == null ? "(configured)" : session)
                + "@" + (size == null ? "?" : size.text());
    }
}
