package org.copick;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.jspecify.annotations.Nullable;

/**
 * The identity of picks, filaments or a mesh within a run: an object, a user and a session. Reads like a sentence, {@code
 * AnnotationId.of("ribosome").user("alice").session("7")}. A user or session that is not named is the configuration's.
 * Immutable.
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

    /** Names the object, by the configuration's user in the configuration's session. */
    public static AnnotationId of(String object) {
        return new AnnotationId(requireNonNull(object, "object"), null, null);
    }

    /** Names the annotation that a key is of. */
    public static AnnotationId of(EntityKey.Annotation key) {
        return new AnnotationId(key.object(), key.user(), key.session());
    }

    /** Names the person or tool. */
    public AnnotationId user(String id) {
        return new AnnotationId(object, requireNonNull(id, "user"), session);
    }

    /** Names the session; tools use {@code 0}. */
    public AnnotationId session(String id) {
        return new AnnotationId(object, user, requireNonNull(id, "session"));
    }

    public String object() {
        return object;
    }

    /** The user; empty for the configuration's. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** The session; empty for the configuration's. */
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

    /** As in a copick URI, {@code ribosome:alice/7}, with {@code (configured)} for what the configuration says. */
    @Override
    public String toString() {
        return object + ":" + (user == null ? "(configured)" : user) + "/"
                + (session == null ? "(configured)" : session);
    }
}
