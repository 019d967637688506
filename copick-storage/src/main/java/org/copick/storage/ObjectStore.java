package org.copick.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/**
 * A store of objects (byte sequences) under keys. Implement it to let copick keep projects in a new kind of storage.
 * {@code copick-tests} tests this contract with the class {@code ObjectStoreContract}.
 *
 * <p><b>Every store guarantees:</b>
 * <ul>
 *   <li><i>Absence is not a failure.</i> An absent object or prefix is an empty result. Everything that goes wrong is an
 *       exception of {@link org.copick.error}; the message names the location, the operation and the key. Denied access
 *       is an {@link org.copick.error.AccessDeniedException}, a bucket or similar container that does not exist a
 *       {@link org.copick.error.NotFoundException}, data that violate their format a {@link CorruptDataException}. An
 *       unreachable, slow or faulty service and every other failure is a
 *       {@link org.copick.error.StorageException}, which says whether the failure may be transient.
 *   <li><i>Whole writes are atomic.</i> A reader sees the old object or the new one, never part of one, even if the
 *       writer crashes.
 *   <li><i>Listings</i> are complete and in {@linkplain KeyOrder code-point order}, also across the pages of
 *       {@link #list}.
 *   <li><i>Reads of several ranges</i> return one version of the object and cost as few requests as the store allows.
 *   <li>Every method may be called from any thread at any time. Interrupting a thread ends its call promptly with
 *       {@link org.copick.error.OperationInterruptedException}; a call that begins on an interrupted thread has no
 *       effect. The thread's interrupt flag stays set.
 *   <li>Different contents of a key have different {@linkplain Version versions}, even after a deletion. While an object
 *       is not changed, all stores on one place, all reads and all listings return the same version.
 *   <li>Arrays that are passed in or returned belong to the caller; the store keeps no reference to them.
 *   <li>Reading never creates anything in the store.
 * </ul>
 *
 * <p><b>Not guaranteed:</b> atomicity across several keys; that a listing immediately shows another process's write;
 * that a version identifies content more reliably than the store's own ETag, generation or file attributes.
 *
 * <p>Keys and prefixes follow the syntax of {@link Keys}; in every method invalid ones throw
 * {@link org.copick.error.InvalidNameException} before any request is sent or anything is changed. After {@link #close}
 * every method except {@link #location} and {@link #capabilities} throws {@link org.copick.error.ClosedException}.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * {@return the path or URL that opens this store, without a trailing slash or credentials} For a bucket at a custom
     * {@link #endpoint} this is {@code s3://bucket/prefix}, too.
     */
    String location();

    /**
     * {@return the address of the service if it is not the default one for {@link #location}; empty by default} Stores
     * that wrap another store return that store's endpoint.
     */
    default Optional<String> endpoint() {
        return Optional.empty();
    }

    /** {@return a text, made of location and endpoint, that identifies this store in caches and comparisons} */
    default String identity() {
        return endpoint().map(at -> location() + " at " + at).orElse(location());
    }

    /**
     * {@return the store's capabilities, which never change} The first call may cost requests that probe the service.
     */
    Set<StoreCapability> capabilities();

    /**
     * {@return whether this store has a {@linkplain #capabilities capability}} Override it if only some capabilities
     * need requests to be determined, so that only those cost requests. Throws the exceptions of
     * {@link #capabilities()}.
     *
     * @param capability the capability to look up
     */
    default boolean can(StoreCapability capability) {
        return capabilities().contains(capability);
    }

    /**
     * Reads the whole object. Costs one request.
     *
     * @param key the object's key
     * @return the content with its version; empty if the object does not exist
     */
    Optional<StoredObject> read(String key);

    /**
     * Reads ranges of an object. Costs at least one request and at most one per range.
     *
     * @param key the object's key
     * @param ranges the ranges to read, in any order, possibly overlapping or of length zero
     * @param expected the version that all ranges must come from, or null for any one version
     * @return the ranges' content; empty if the object does not exist, even if a version is expected
     * @throws ConflictException if the object no longer has the expected version
     */
    Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected);

    /**
     * Reads a range of an object into the beginning of an array. The range is cut at the object's end. Costs as many
     * requests as {@link #readRanges} with one range. Override it if the store can read without allocating an array;
     * this is worthwhile if its reads are otherwise cheap.
     *
     * @param key the object's key
     * @param range the range to read, no longer than the array
     * @param expected the version that the range must come from, or null for any version
     * @param into receives the bytes, from its first element on; elements after the range are not changed
     * @return the object's key, size and version; empty if the object does not exist
     * @throws ConflictException if the object no longer has the expected version
     * @throws IllegalArgumentException if the array is too short
     */
    default Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        range.requireFits(into);
        Optional<RangesRead> read = readRanges(key, List.of(range), expected);
        read.ifPresent(found -> {
            byte[] part = found.parts().get(0);
            long length = range.lengthIn(found.info().size());
            if (part.length != length) {
                // otherwise the caller would take the array's old content for the missing bytes
                throw new CorruptDataException("only " + part.length + " of " + length + " bytes of " + location() + "/"
                        + key + " were read; read it again");
            }
            System.arraycopy(part, 0, into, 0, part.length);
        });
        return read.map(RangesRead::info);
    }

    /**
     * Requests an object's size and version. Costs one request without content.
     *
     * @param key the object's key
     * @return the object's key, size and version; empty if it does not exist
     */
    Optional<ObjectInfo> info(String key);

    /**
     * Creates or replaces an object. When this returns, the object is visible, and as durable as the store makes
     * objects.
     *
     * @param key the object's key
     * @param bytes the whole content, possibly empty
     * @param condition {@link WriteCondition#ANY}, {@link WriteCondition#IF_ABSENT}, or an
     *     {@linkplain WriteCondition#ifVersion expected version}
     * @return the object's key, size and new version
     * @throws org.copick.error.AlreadyExistsException if the condition is {@link WriteCondition#IF_ABSENT} and the
     *     object exists; on stores with {@link StoreCapability#FOLDERS} also if the key is a folder, or below an object
     * @throws ConflictException if the expected version is not the current one, or if the object does not exist
     * @throws org.copick.error.UnsupportedFeatureException if the store does not declare support for the condition
     * @throws org.copick.error.ReadOnlyException if the store does not declare {@link StoreCapability#WRITE}
     */
    ObjectInfo write(String key, byte[] bytes, WriteCondition condition);

    /**
     * Opens a writer that creates or replaces an object piece by piece, under the same conditions as {@link #write}.
     * The object becomes visible in {@link ObjectWriter#complete}; if the process dies before that, no part of it is
     * ever visible. The caller must close the writer.
     *
     * <p>By default all pieces are kept in memory and written in one call, so that an object must be smaller than 2
     * GiB. Override it if the store accepts pieces one by one; memory is then bounded, whatever the object's size.
     *
     * @param key the object's key
     * @param condition the condition, as for {@link #write}; checked in {@code complete} at the latest
     * @return a writer without any bytes yet
     * @throws org.copick.error.UnsupportedFeatureException here or in {@code complete}, if the store does not declare
     *     support for the condition
     * @throws org.copick.error.ReadOnlyException here or in {@code complete}, if the store does not declare
     *     {@link StoreCapability#WRITE}
     */
    default ObjectWriter writer(String key, WriteCondition condition) {
        return new BufferedWriter(this, key, condition);
    }

    /**
     * Copies an object within this store and atomically replaces the target. By default the content passes through this
     * process; override it if the service can copy by itself.
     *
     * @param object the version to copy, as returned by a listing or {@link #info}
     * @param target another key
     * @throws ConflictException if the object no longer exists, or if its version is another one and the store declares
     *     conditions on versions
     * @throws org.copick.error.ReadOnlyException if the store does not declare {@link StoreCapability#WRITE}
     */
    default void copy(ObjectInfo object, String target) {
        ObjectCopy.copy(this, object, this, target);
    }

    /**
     * Deletes an object; does nothing if it does not exist.
     *
     * @param key the object's key
     * @throws org.copick.error.ReadOnlyException if the store does not declare {@link StoreCapability#WRITE}, even if
     *     the object does not exist
     */
    void delete(String key);

    /**
     * Deletes several objects and ignores absent ones. All keys are checked before anything is deleted. If some objects
     * cannot be deleted, the others still are, and the first failure is thrown.
     *
     * @param keys the objects' keys, in any order, possibly none
     * @throws InvalidNameException if a key is invalid; nothing is deleted
     * @throws org.copick.error.ReadOnlyException if the store does not declare {@link StoreCapability#WRITE}
     */
    default void deleteAll(Collection<String> keys) {
        keys.forEach(Keys::checked);
        RuntimeException first = null;
        for (String key : keys) {
            try {
                delete(key);
            } catch (ClosedException | OperationInterruptedException e) {
                throw e;
            } catch (CopickException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * Deletes all objects whose key begins with {@code prefix} and, on stores with {@link StoreCapability#FOLDERS}, the
     * folders themselves. Links are removed, never followed.
     *
     * @param prefix not empty, ending with {@code /}
     * @throws InvalidNameException if the prefix is empty or invalid
     * @throws org.copick.error.ReadOnlyException if the store does not declare {@link StoreCapability#WRITE}
     */
    void deletePrefix(String prefix);

    /**
     * Replaces all objects below {@code prefix} by those below {@code staged}. Readers see the old objects or the new
     * ones, or for a moment neither, but never a mixture, even after a crash. No objects remain below {@code staged}.
     *
     * @param staged not empty, ending with {@code /}; neither prefix may lie below the other
     * @param prefix not empty, ending with {@code /}; there may be no objects below it
     * @param condition {@link WriteCondition#ANY}, or {@link WriteCondition#IF_ABSENT} to keep existing objects
     * @throws InvalidNameException if a prefix is empty or invalid, or if one lies below the other
     * @throws org.copick.error.NotFoundException if there is nothing below {@code staged}
     * @throws org.copick.error.AlreadyExistsException if the condition is {@code IF_ABSENT} and there is anything below
     *     {@code prefix}; on stores with {@link StoreCapability#FOLDERS} also if the prefix is an object, or below one;
     *     the staged objects remain
     * @throws UnsupportedFeatureException if the store does not declare {@link StoreCapability#REPLACE_PREFIX}, and for
     *     other conditions
     * @throws ReadOnlyException if the store does not declare {@link StoreCapability#WRITE}
     */
    default void replacePrefix(String staged, String prefix, WriteCondition condition) {
        if (!can(StoreCapability.WRITE)) {
            throw new ReadOnlyException("cannot replace " + prefix + " in " + location() + ": it is read-only");
        }
        throw new UnsupportedFeatureException("cannot replace " + prefix + " in " + location()
                + " at once: this kind of store does not exchange several objects together");
    }

    /**
     * {@return one page of all objects whose key begins with {@code prefix}}
     *
     * @param prefix empty or ending with {@code /}
     * @param after list only keys greater than this one; null to start with the first key
     * @param limit the maximum number of objects, at least 1; a store may return fewer
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    ListPage list(String prefix, @Nullable String after, int limit);

    /**
     * {@return the objects and prefixes directly below a prefix; empty if there are none}
     *
     * @param prefix empty or ending with {@code /}
     */
    FolderListing listFolder(String prefix);

    /**
     * {@return whether there is an object or folder below a prefix} On stores with {@link StoreCapability#FOLDERS} the
     * folder itself counts, even if empty. By default this costs a listing of one key. Stores with folders should
     * override it, because the default lists all siblings of an empty folder.
     *
     * @param prefix not empty, ending with {@code /}
     * @throws InvalidNameException if the prefix is empty or invalid
     */
    default boolean holds(String prefix) {
        if (Keys.checkedPrefix(prefix).isEmpty()) {
            throw new InvalidNameException("cannot look for everything in " + location() + ": name a prefix");
        }
        if (!list(prefix, null, 1).isEmpty()) {
            return true;
        }
        return can(StoreCapability.FOLDERS)
                && listFolder(Keys.parentPrefix(prefix)).prefixes().contains(prefix);
    }

    /**
     * Calls an action for every object below a prefix, in key order, reading page by page.
     *
     * @param prefix empty or ending with {@code /}
     * @param action receives each object's key, size and version, in the calling thread
     */
    default void forEach(String prefix, Consumer<ObjectInfo> action) {
        @Nullable String after = null;
        while (true) {
            ListPage page = list(prefix, after, 1000);
            page.objects().forEach(action);
            if (page.complete()) {
                return;
            }
            after = page.objects().get(page.objects().size() - 1).key();
        }
    }

    /** Releases the store's resources. Idempotent; never throws if the store was only used for reading. */
    @Override
    void close();
}
