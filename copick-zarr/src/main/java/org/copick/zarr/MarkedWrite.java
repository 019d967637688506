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
 * Writes an image on a store that cannot exchange several objects at once, holding the {@linkplain WritingMark mark} beside it.
 *
 * <p>A new image is written at its place, metadata last; the mark says that it is incomplete until then. Where there is an
 * image, the new one is staged beside it, committed by one conditional write of the mark, and then copied to its place, metadata
 * last. From the commit on this library reads the staged one. The mark tells what a crash left: {@link #finish} undoes it before
 * the commit and completes it behind.
 */
final class MarkedWrite {
    private static final int PAGE = 1000;
    private static final String UNFINISHED =
            " is being written by somebody else, or was left unfinished; nothing was written, replace it";

    private final StorePlace place;
    private final MarkHold hold;

    private MarkedWrite(StorePlace place, MarkHold hold) {
        this.place = place;
        this.hold = hold;
    }

    /** Requires that nothing but a mark is there. */
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

    /** Writes an image where there is nothing. */
    static void create(StorePlace place, Consumer<ObjectStore> writer) {
        MarkHold hold;
        try {
            hold = MarkHold.create(place, Stage.CREATING);
        } catch (AlreadyExistsException e) {
            throw taken(place, MarkHold.read(place), e);
        }
        try {
            // somebody may have created it, and be done, since it was free
            requireFree(place);
        } catch (RuntimeException | Error failure) {
            StagedWrite.cleanUp(failure, hold::finish);
            hold.close();
            throw failure;
        }
        new MarkedWrite(place, hold).writeInPlace(writer);
    }

    /** Writes an image in place of whatever is there. */
    static void replace(StorePlace place, Consumer<ObjectStore> writer) {
        if (place.prefix().isEmpty()) {
            // all of a store: there is nothing beside it to stage in
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
     * Undoes or completes a replacement whose writer is known to have ended. An incomplete new image stays, with its mark.
     *
     * @return whether there was one
     */
    static boolean finish(StorePlace place) {
        Optional<MarkHold> taken = MarkHold.takeOverAbandoned(place);
        taken.ifPresent(hold -> settled(place, hold));
        return taken.isPresent();
    }

    /** Waits until a writer is done, or {@linkplain #finish finishes} what it left. */
    static void await(StorePlace place) {
        if (MarkHold.read(place).isPresent()) {
            settled(place, MarkHold.acquire(place, Stage.STAGING));
        }
    }

    /** Deletes an image and what writers left of it. */
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

    /** Brings the place into a state without anything staged; an incomplete new image stays. */
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
                hold.advance(Stage.STAGING); // so that no commit on its way arrives late
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

    /** Returns whether there is something left to do: not if another writer took the mark, who completes it. */
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
                    place.location() + " is replaced for this library, but could not be copied to its place for others;"
                            + " copick validate --repair or the next writer does it",
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

    /** Commits what is staged; an answer that gets lost is looked for. */
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

    /** Copies what is committed to its place. */
    private void complete() {
        new StagedCopy(place, hold.staged(), hold::require).run();
        hold.advance(Stage.COPIED);
    }

    /** The new image is complete: a failure here leaves something to those who come next, and is none of the write. */
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

    /** Deletes what is at the place, metadata first. */
    private void deleteContent() {
        hold.require();
        ImageMetadata.deleteFrom(place.scoped());
        deletePages(place.prefix());
    }

    /** Deletes page by page, so that a writer that lost its mark in between deletes nothing more. */
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
