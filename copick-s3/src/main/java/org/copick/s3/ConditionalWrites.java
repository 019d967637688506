package org.copick.s3;

import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.storage.StoreCapability;
import org.jspecify.annotations.Nullable;

/**
 * The conditional writes that a service supports.
 *
 * <p>Amazon's service supports all. Some others ignore conditions and overwrite. Each bucket of another service is
 * therefore probed once, with a small object that is deleted again, before the first write that relies on conditions.
 * The result is cached until the program ends.
 */
final class ConditionalWrites {
    static final Set<StoreCapability> ALL =
            Set.of(StoreCapability.CREATE_IF_ABSENT, StoreCapability.REPLACE_IF_VERSION);

    private static final Map<URI, ConditionalWrites> OTHERS = new ConcurrentHashMap<>();

    private final boolean known;
    private final Map<String, Set<StoreCapability>> found = new ConcurrentHashMap<>();
    private final Map<String, Set<StoreCapability>> foundForParts = new ConcurrentHashMap<>();

    private ConditionalWrites(boolean known) {
        this.known = known;
    }

    /** Returns the results for the service at this endpoint, or for Amazon's if it is null. */
    static ConditionalWrites at(@Nullable URI endpoint) {
        return endpoint == null
                ? new ConditionalWrites(true)
                : OTHERS.computeIfAbsent(endpoint, service -> new ConditionalWrites(false));
    }

    /** Returns the conditions that the bucket supports. */
    Set<StoreCapability> of(String bucket, Trial trial) {
        return known ? ALL : found.computeIfAbsent(bucket, key -> tried(trial));
    }

    /** Returns the conditions that the bucket supports for multipart uploads, which some services treat differently. */
    Set<StoreCapability> ofParts(String bucket, Trial trial) {
        return known ? ALL : foundForParts.computeIfAbsent(bucket, key -> tried(trial));
    }

    /** Conditional writes of an object that nobody else uses. */
    interface Trial {
        /** Writes the object for the first time. */
        void create();

        /** Returns whether the service refuses to create an existing object. */
        boolean refusesToCreate();

        /** Returns whether the service refuses to replace a version that is not the current one. */
        boolean refusesToReplace();

        /** Returns whether the service replaces the current version. */
        boolean replaces();

        /** Deletes the object. */
        void clear();
    }

    private static Set<StoreCapability> tried(Trial trial) {
        EnumSet<StoreCapability> honoured = EnumSet.noneOf(StoreCapability.class);
        trial.create();
        try {
            if (trial.refusesToCreate()) {
                honoured.add(StoreCapability.CREATE_IF_ABSENT);
            }
            if (trial.refusesToReplace() && trial.replaces()) {
                honoured.add(StoreCapability.REPLACE_IF_VERSION);
            }
        } finally {
            trial.clear();
        }
        return Set.copyOf(honoured);
    }
}
