package org.copick;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a segmentation within a run: its type, name, voxel size, user and session.
 *
 * <p>Example: {@code SegmentationId.multilabel("cells").at(10).user("alice").session("1")}. The voxel size is required.
 * An id without a user or session stands for the user or session that the configuration names. If it names none,
 * methods that take the id throw {@link org.copick.error.InvalidConfigException}, also those that look up. Immutable.
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

    /**
     * {@return the id of a binary segmentation: 1 inside one object, 0 outside}
     *
     * @param object name of the object
     */
    public static SegmentationId binary(String object) {
        Objects.requireNonNull(object, "object");
        return of(SegmentationType.BINARY, object);
    }

    /**
     * {@return the id of a multilabel segmentation, which contains the labels of many objects}
     *
     * @param name any name, such as {@code cells}
     */
    public static SegmentationId multilabel(String name) {
        return of(SegmentationType.MULTILABEL, name);
    }

    /**
     * {@return the id of an instance segmentation, which numbers the instances of one object}
     *
     * @param object name of the object
     */
    public static SegmentationId instance(String object) {
        Objects.requireNonNull(object, "object");
        return of(SegmentationType.INSTANCE, object);
    }

    /**
     * {@return the id of a panoptic segmentation, which contains labels and instances}
     *
     * @param name any name, such as {@code cells}
     */
    public static SegmentationId panoptic(String name) {
        return of(SegmentationType.PANOPTIC, name);
    }

    /**
     * {@return the id of a segmentation of this type}
     *
     * @param type the type of the segmentation
     * @param name name of the object for a binary or instance segmentation, any name otherwise
     */
    public static SegmentationId of(SegmentationType type, String name) {
        return new SegmentationId(requireNonNull(type, "type"), requireNonNull(name, "name"), null, null, null);
    }

    /**
     * {@return the id of the segmentation that has this key}
     *
     * @param key the key of a segmentation, from which everything except the run is taken
     */
    public static SegmentationId of(EntityKey.Segmentation key) {
        return new SegmentationId(key.type(), key.object(), key.size(), key.user(), key.session());
    }

    /**
     * {@return this id with another voxel size}
     *
     * @param voxelSize voxel size in Å; rounded to 0.001
     * @throws org.copick.error.InvalidNameException if the size is not possible
     */
    public SegmentationId at(double voxelSize) {
        return new SegmentationId(type, name, new VoxelSize(voxelSize), user, session);
    }

    /**
     * {@return this id with another user}
     *
     * @param id the user id: a person or a tool
     */
    public SegmentationId user(String id) {
        return new SegmentationId(type, name, size, requireNonNull(id, "user"), session);
    }

    /**
     * {@return this id with another session}
     *
     * @param id the session id; tools use {@code 0}
     */
    public SegmentationId session(String id) {
        return new SegmentationId(type, name, size, user, requireNonNull(id, "session"));
    }

    /** {@return the type of the segmentation} */
    public SegmentationType type() {
        return type;
    }

    /** {@return the name of the object, or the free name of a multilabel or panoptic segmentation} */
    public String name() {
        return name;
    }

    /** {@return the voxel size in Å, or empty if it has not been set} */
    public Optional<Double> voxelSize() {
        return Optional.ofNullable(size).map(VoxelSize::angstrom);
    }

    /** {@return the user id, or empty for the configuration's} */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** {@return the session id, or empty for the configuration's} */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /**
     * Returns the key of this segmentation in a run.
     *
     * @throws IllegalArgumentException if the voxel size has not been set
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

    /**
     * {@return the id in the form of a copick URI, such as {@code cells:alice/1@10.000}}
     *
     * <p>{@code (configured)} stands for a user or session that the configuration names.
     */
    @Override
    public String toString() {
        return name + ":" + (user == null ? "(configured)" : user) + "/" + (session == null ? "(configured)" : session)
                + "@" + (size == null ? "?" : size.text());
    }
}
