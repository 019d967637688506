package org.copick.s3;

import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.storage.StoreCapability;
import org.jspecify.annotations.Nullable;

/**
 * Finds the conditions on writes that a service honours. Amazon's honours all. Some others ignore them and overwrite, so each
 * bucket of another service is tried once, with a small object that is deleted again, before the first write that relies on
 * conditions. The result is kept as long as this program runs.
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

    /** Returns the findings about the service at this endpoint, or about Amazon's for null. */
    static ConditionalWrites at(@Nullable URI endpoint) {
        return endpoint == null
                ? new ConditionalWrites(true)
                : OTHERS.computeIfAbsent(endpoint, service -> new ConditionalWrites(false));
    }

    /** Returns the conditions that the bucket honours. */
    Set<StoreCapability> of(String bucket, Trial trial) {
        return known ? ALL : found.computeIfAbsent(bucket, key -> tried(trial));
    }

    /** Returns the conditions that the bucket honours for objects sent in parts, which some services treat differently. */
    Set<StoreCapability> ofParts(String bucket, Trial trial) {
        return known ? ALL : foundForParts.computeIfAbsent(bucket, key -> tried(trial));
    }

    /** Attempts on an object that nobody else uses. */
    interface Trial {
        /** Writes the object for the first time. */
        void create();

        /** Whether the service refuses to create what is there. */
        boolean refusesToCreate();

        /** Whether the service refuses to replace a version that is not there. */
        boolean refusesToReplace();

        /** Whether the service replaces the version that is there. */
        boolean replaces();

        /** Removes the object. */
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
