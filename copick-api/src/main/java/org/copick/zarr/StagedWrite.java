package org.copick.zarr;

import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.copick.error.AlreadyExistsException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;

/**
 * Writes everything at a place anew, so that nobody reads a mixture: staged beside it and exchanged where the store can do
 * that, otherwise by deleting first, metadata before everything else, and writing them last.
 */
final class StagedWrite {
    /** Whoever creates this object may write a new image; left behind by a crash it tells that the image is not whole. */
    static final String CLAIM = ".writing";

    private StagedWrite() {}

    /**
     * Writes.
     *
     * @param writer writes everything, what makes it visible last
     * @throws AlreadyExistsException for {@link WriteCondition#IF_ABSENT} when anything is there
     */
    static void at(StorePlace place, WriteCondition condition, Consumer<ObjectStore> writer) {
        boolean create = condition instanceof WriteCondition.IfAbsent;
        if (!create && !(condition instanceof WriteCondition.Any)) {
            throw new IllegalArgumentException("an image has no version to wait for");
        }
        ObjectStore store = place.store();
        if (create && !store.list(place.prefix(), null, 1).objects().isEmpty()) {
            boolean claimed = place.scoped().info(CLAIM).isPresent();
            throw new AlreadyExistsException(place.location()
                    + (claimed
                            ? " is being written by somebody else, or was left unfinished; replace or delete it"
                            : " exists already; nothing was written"));
        }
        if (place.prefix().isEmpty() || !store.capabilities().contains(StoreCapability.REPLACE_PREFIX)) {
            if (create) {
                claimAndWrite(place, writer);
            } else {
                replace(place.scoped(), writer);
            }
            return;
        }
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        String staged = place.prefix().substring(0, place.prefix().length() - 1) + "." + random + ".staged/";
        try {
            writer.accept(new StorePlace(store, staged).scoped());
            store.replacePrefix(staged, place.prefix(), condition);
        } catch (RuntimeException | Error failure) {
            cleanUp(failure, () -> store.deletePrefix(staged));
            throw failure;
        }
    }

    private static void claimAndWrite(StorePlace place, Consumer<ObjectStore> writer) {
        ObjectStore scoped = place.scoped();
        boolean atomically = scoped.capabilities().contains(StoreCapability.CREATE_IF_ABSENT);
        scoped.write(CLAIM, new byte[0], atomically ? WriteCondition.IF_ABSENT : WriteCondition.ANY);
        try {
            writer.accept(scoped);
        } catch (RuntimeException | Error failure) {
            cleanUp(failure, () -> deleteAll(scoped));
            throw failure;
        }
        scoped.delete(CLAIM);
    }

    /** The claim is there from the first change to the last, so that the place is never empty in between. */
    private static void replace(ObjectStore scoped, Consumer<ObjectStore> writer) {
        scoped.write(CLAIM, new byte[0], WriteCondition.ANY);
        deleteAllBut(CLAIM, scoped);
        writer.accept(scoped);
        scoped.delete(CLAIM);
    }

    private static void deleteAll(ObjectStore scoped) {
        deleteAllBut("", scoped);
    }

    private static void deleteAllBut(String kept, ObjectStore scoped) {
        ImageMetadata.deleteFrom(scoped);
        var level = scoped.listLevel("");
        level.prefixes().forEach(scoped::deletePrefix);
        // the claim goes last
        level.objects().stream()
                .map(ObjectInfo::key)
                .filter(key -> !key.equals(kept))
                .sorted(Comparator.comparing(CLAIM::equals))
                .forEach(scoped::delete);
    }

    private static void cleanUp(Throwable failure, Runnable deletion) {
        // an interrupt would end the deletion, too
        boolean interrupted = Thread.interrupted();
        try {
            deletion.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
