package org.copick;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.jspecify.annotations.Nullable;

/**
 * The identity of picks, filaments or a mesh within a run: an object, a user and a session.
 *
 * <p>Example: {@code AnnotationId.of("ribosome").user("alice").session("7")}. An id without a user or session stands
 * for the user or session that the configuration names. If it names none, methods that take the id throw {@link
 * org.copick.error.InvalidConfigException}, also those that look up. Immutable.
 */
public final class AnnotationId {
    private final String object;
    private final @Nullable String user;
    private final @Nullable String session;

    private AnnotationId(String object, @Nullable String user, @Nullable String session) {
        this.object = object;
        this.user = user;
        this.session = session;
    }

    /**
     * {@return the id of an annotation of this object, with the configuration's user and session}
     *
     * @param object name of the annotated object, such as {@code ribosome}
     */
    public static AnnotationId of(String object) {
        return new AnnotationId(requireNonNull(object, "object"), null, null);
    }

    /**
     * {@return the id of the annotation that has this key}
     *
     * @param key the key of an annotation, from which object, user and session are taken
     */
    public static AnnotationId of(EntityKey.Annotation key) {
        return new AnnotationId(key.object(), key.user(), key.session());
    }

    /**
     * {@return this id with another user}
     *
     * @param id the user id: a person or a tool
     */
    public AnnotationId user(String id) {
        return new AnnotationId(object, requireNonNull(id, "user"), session);
    }

    /**
     * {@return this id with another session}
     *
     * @param id the session id; tools use {@code 0}
     */
    public AnnotationId session(String id) {
        return new AnnotationId(object, user, requireNonNull(id, "session"));
    }

    /** {@return the name of the annotated object} */
    public String object() {
        return object;
    }

    /** {@return the user id, or empty for the configuration's} */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** {@return the session id, or empty for the configuration's} */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    EntityKey.Picks picks(Run run) {
        return new EntityKey.Picks(run.name(), object, user(run), session(run));
    }

    EntityKey.Filaments filaments(Run run) {
        return new EntityKey.Filaments(run.name(), object, user(run), session(run));
    }

    EntityKey.Mesh mesh(Run run) {
        return new EntityKey.Mesh(run.name(), object, user(run), session(run));
    }

    private String user(Run run) {
        return user != null ? user : run.root().requireUserId();
    }

    private String session(Run run) {
        return session != null ? session : run.root().requireSessionId();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnnotationId that
                && object.equals(that.object)
                && Objects.equals(user, that.user)
                && Objects.equals(session, that.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(object, user, session);
    }

    /**
     * {@return the id in the form of a copick URI, such as {@code ribosome:alice/7}}
     *
     * <p>{@code (configured)} stands for a user or session that the configuration names.
     */
    @Override
    public String toString() {
        return object + ":" + (user == null ? "(configured)" : user) + "/"
                + (session == null ? "(configured)" : session);
    }
}
