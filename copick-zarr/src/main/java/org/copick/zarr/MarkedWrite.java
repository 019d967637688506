package org.copick.zarr;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.zarr.WritingMark.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Writes an image on a store that cannot exchange several objects at once, while holding the
 * {@linkplain WritingMark marker} beside it.
 *
 * <p>A new image is written at its place, metadata last; until then the marker declares it incomplete. If the place
 * holds an image, the new one is staged beside it, committed by one conditional write of the marker, and then copied to
 * its place, metadata last. From the commit on, this library reads the staged image. After a crash, {@link #finish}
 * undoes the replacement if it was not committed, and completes it otherwise.
 */
final class MarkedWrite {
    private static final int PAGE = 1000;
    private static final String UNFINISHED =
            " is being written by another writer, or was left unfinished; nothing was written; replace it";

    private final StorePlace place;
    private final MarkHold hold;

    private MarkedWrite(StorePlace place, MarkHold hold) {
        this.place = place;
        this.hold = hold;
    }

    /** Checks that the place holds nothing, or only a marker. */
    static void requireFree(StorePlace place) {
        boolean free = place.store().list(place.prefix(), null, 2).objects().stream()
                .allMatch(object -> object.key().equals(place.writingMark()));
        if (!free) {
            throw taken(place, MarkHold.read(place), null);
        }
    }

    private static AlreadyExistsException taken(
            StorePlace place, Optional<MarkHold.Stored> mark, @Nullable Exception cause) {
        boolean incomplete =
                mark.filter(found -> found.mark().stage() == Stage.CREATING).isPresent();
        String what = place.location() + (incomplete ? UNFINISHED : " exists already; nothing was written");
        return cause == null ? new AlreadyExistsException(what) : new AlreadyExistsException(what, cause);
    }

    /**
     * Writes an image at a place that is empty, or holds a new image that its writer left incomplete. Waits for a writer
     * of another machine until it is done, or has been silent for long enough to be taken for ended.
     */
    static void create(StorePlace place, Consumer<ObjectStore> writer) {
        MarkHold hold;
        try {
            requireFree(place);
            hold = MarkHold.create(place, Stage.CREATING);
        } catch (AlreadyExistsException e) {
            continueIncomplete(place, writer, e);
            return;
        }
        try {
            // another writer may have created it, and finished, since the place was found empty
            requireFree(place);
        } catch (RuntimeException | Error failure) {
            StagedWrite.cleanUp(failure, hold::finish);
            hold.close();
            throw failure;
        }
        new MarkedWrite(place, hold).writeInPlace(writer);
    }

    private static void continueIncomplete(
            StorePlace place, Consumer<ObjectStore> writer, AlreadyExistsException failure) {
        MarkHold hold =
                MarkHold.takeOverIncomplete(place).orElseThrow(() -> taken(place, MarkHold.read(place), failure));
        if (hold.stage() != Stage.CREATING) {
            // it was completed, and is being replaced
            settled(place, hold);
            throw taken(place, Optional.empty(), failure);
        }
        MarkedWrite write = new MarkedWrite(place, hold);
        try {
            write.deleteContent();
        } catch (RuntimeException | Error e) {
            hold.giveUp();
            throw e;
        }
        write.writeInPlace(writer);
    }

    /** Writes an image in place of any existing content. */
    static void replace(StorePlace place, Consumer<ObjectStore> writer) {
        if (place.prefix().isEmpty()) {
            // the place is a whole store, so there is no place beside it to stage in
            MarkedWrite write = new MarkedWrite(place, MarkHold.acquire(place, Stage.CREATING));
            try {
                write.deleteContent();
            } catch (RuntimeException | Error failure) {
                write.hold.giveUp();
                throw failure;
            }
            write.writeInPlace(writer);
            return;
        }
        MarkHold hold = MarkHold.acquire(place, Stage.STAGING);
        MarkedWrite write = new MarkedWrite(place, hold);
        try {
            write.settle();
            if (hold.stage() == Stage.CREATING) {
                write.deleteContent();
            } else if (place.store().list(place.prefix(), null, 1).isEmpty()) {
                hold.begin(Stage.CREATING);
            } else if (hold.isTakenOver()) {
                hold.begin(Stage.STAGING);
            }
        } catch (RuntimeException | Error failure) {
            hold.giveUp();
            throw failure;
        }
        if (hold.stage() == Stage.CREATING) {
            write.writeInPlace(writer);
        } else {
            write.writeStaged(writer);
        }
    }

    /**
     * Undoes or completes a replacement whose writer is known to have ended. An incomplete new image stays, with its
     * marker.
     *
     * @return whether there was such a replacement
     */
    static boolean finish(StorePlace place) {
        Optional<MarkHold> taken = MarkHold.takeOverAbandoned(place);
        taken.ifPresent(hold -> settled(place, hold));
        return taken.isPresent();
    }

    /** Waits until a writer is done, or {@linkplain #finish finishes} its abandoned write. */
    static void await(StorePlace place) {
        if (MarkHold.read(place).isPresent()) {
            settled(place, MarkHold.acquire(place, Stage.STAGING));
        }
    }

    /** Deletes an image and everything that writers left beside it. */
    static void delete(StorePlace place) {
        MarkHold hold = MarkHold.acquire(place, Stage.CREATING);
        MarkedWrite write = new MarkedWrite(place, hold);
        try {
            if (hold.stage() != Stage.CREATING) {
                String staged = hold.staged();
                hold.advance(Stage.CREATING);
                write.deletePages(staged);
            }
            write.deleteContent();
            hold.finish();
        } catch (RuntimeException | Error failure) {
            hold.giveUp();
            throw failure;
        }
    }

    private static void settled(StorePlace place, MarkHold hold) {
        try {
            new MarkedWrite(place, hold).settle();
            if (hold.stage() == Stage.CREATING) {
                hold.giveUp();
            } else {
                hold.finish();
            }
        } catch (RuntimeException | Error failure) {
            hold.giveUp();
            throw failure;
        }
    }

    /**
     * Removes staged content: completes a committed image, and deletes one that was not. An incomplete new image stays.
     */
    private void settle() {
        if (hold.stage() == Stage.COMMITTED) {
            complete();
        }
        if (hold.stage() != Stage.CREATING && hold.isTakenOver()) {
            deletePages(hold.staged());
        }
    }

    private void writeInPlace(Consumer<ObjectStore> writer) {
        try {
            writer.accept(new HeldStore(place.scoped(), hold));
        } catch (RuntimeException | Error failure) {
            StagedWrite.cleanUp(failure, () -> {
                deleteContent();
                hold.finish();
            });
            hold.close();
            throw failure;
        }
        hold.finish();
    }

    private void writeStaged(Consumer<ObjectStore> writer) {
        HeldStore staged = new HeldStore(new StorePlace(place.store(), hold.staged()).scoped(), hold);
        try {
            writer.accept(staged);
            if (!staged.isWritten()) {
                hold.begin(Stage.CREATING);
                deleteContent();
                hold.finish();
                return;
            }
            commit();
        } catch (RuntimeException | Error failure) {
            StagedWrite.cleanUp(failure, () -> {
                hold.advance(Stage.STAGING); // a commit still in transit then fails
                deletePages(hold.staged());
                hold.finish();
            });
            hold.close();
            throw failure;
        }
        if (copyCommitted()) {
            removeStaged();
        }
    }

    /**
     * Copies the committed image to its place. Returns false if another writer took over the marker and completes the
     * copy.
     */
    private boolean copyCommitted() {
        try {
            complete();
            return true;
        } catch (OperationInterruptedException e) {
            hold.giveUp();
            throw e;
        } catch (CopickException e) {
            if (e instanceof ConflictException && isTaken()) {
                hold.close();
                return false;
            }
            hold.giveUp();
            throw new StorageException(
                    place.location()
                            + " was replaced, and this library reads the new image, but copying it to its place for"
                            + " other programs failed; copick validate --repair or the next writer completes it",
                    e);
        } catch (RuntimeException | Error e) {
            hold.giveUp();
            throw e;
        }
    }

    private boolean isTaken() {
        try {
            return !hold.isStoredAs(Stage.COMMITTED);
        } catch (CopickException e) {
            return false;
        }
    }

    /** Commits the staged image. If the response is lost, the stored marker shows whether the commit succeeded. */
    private void commit() {
        try {
            hold.advance(Stage.COMMITTED);
        } catch (StorageException e) {
            if (!hold.isStoredAs(Stage.COMMITTED)) {
                throw e;
            }
            hold.advance(Stage.COMMITTED);
        }
    }

    /** Copies the committed image to its place. */
    private void complete() {
        new StagedCopy(place, hold.staged(), hold::require).run();
        hold.advance(Stage.COPIED);
    }

    /** Deletes the staged image. The new image is complete, so a failure is not reported; the next writer cleans up. */
    private void removeStaged() {
        boolean interrupted = Thread.interrupted();
        try {
            deletePages(hold.staged());
            hold.finish();
        } catch (CopickException e) {
            hold.giveUp();
        } finally {
            hold.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Deletes the content of the place, metadata first. */
    private void deleteContent() {
        hold.require();
        ImageMetadata.deleteFrom(place.scoped());
        deletePages(place.prefix());
    }

    /** Deletes page by page, so that a writer that loses its marker in between stops deleting. */
    private void deletePages(String prefix) {
        ObjectStore store = place.store();
        boolean folders = store.can(StoreCapability.FOLDERS);
        @Nullable String after = null;
        for (boolean more = true; more; ) {
            ListPage page = store.list(prefix, after, PAGE);
            List<String> keys = page.objects().stream().map(ObjectInfo::key).toList();
            if (!keys.isEmpty()) {
                hold.require();
                store.deleteAll(keys.stream()
                        .filter(key -> !key.equals(place.writingMark()))
                        .toList());
                after = keys.get(keys.size() - 1);
            }
            folders |= !page.folders().isEmpty();
            more = !page.complete();
        }
        if (folders) {
            hold.require();
            List<String> emptied = prefix.isEmpty() ? store.listFolder("").prefixes() : List.of(prefix);
            emptied.forEach(store::deletePrefix);
        }
    }
}
