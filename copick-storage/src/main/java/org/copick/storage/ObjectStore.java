package org.copick.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/**
 * A flat space of keys with bytes behind them: what a backend author implements to give copick a new place to keep
 * projects. {@code copick-tests} holds the contract as a test class, {@code ObjectStoreContract}.
 *
 * <p><b>Promises every store keeps:</b>
 * <ul>
 *   <li><i>Missing is not failed.</i> An absent object or prefix is an empty result. Unreachable, denied and truncated
 *       are exceptions of {@link org.copick.error}; the message names the location, the operation and the key.
 *   <li><i>Whole writes are atomic.</i> A reader sees the old object or the new one, never part of one, also after a
 *       crash of the writer.
 *   <li><i>Listings</i> are complete and in {@linkplain KeyOrder code-point order}; {@link #list} stays so over pages.
 *   <li><i>Reads of several ranges</i> are of one state of the object and cost as few requests as the store allows.
 *   <li>Every method may be called from any thread at any time. Interrupting a thread ends its call promptly with
 *       {@link org.copick.error.OperationInterruptedException}.
 *   <li>Reading never creates anything in the store.
 * </ul>
 *
 * <p><b>Not promised:</b> atomicity over several keys; that a listing shows a write of another process at once; that a
 * version identifies content better than the store's own marks do.
 *
 * <p>Keys obey {@link Keys}; other ones are refused with {@link org.copick.error.InvalidNameException} before anything
 * is sent. After {@link #close} every method but {@link #location} and {@link #capabilities} throws
 * {@link org.copick.error.ClosedException}.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * The path or URL by which this store is opened, without a trailing slash or credentials: {@code s3://bucket/prefix} also
     * for a bucket of another {@link #endpoint}.
     */
    String location();

    /**
     * The address of the service, if it is not the one that {@link #location} means by itself; empty by default. Stores that
     * wrap others pass it on.
     */
    default Optional<String> endpoint() {
        return Optional.empty();
    }

    /** Identifies this place among all others, for caches and comparisons, by location and endpoint. */
    default String identity() {
        return endpoint().map(at -> location() + " at " + at).orElse(location());
    }

    /** The capabilities of this store, constant over its lifetime. The first call may cost requests that try a service. */
    Set<StoreCapability> capabilities();

    /**
     * Whether this is one of the {@linkplain #capabilities capabilities}. To be overridden by stores that need requests to
     * know some of them, so that they are only made for those. It throws what {@link #capabilities()} throws.
     */
    default boolean can(StoreCapability capability) {
        return capabilities().contains(capability);
    }

    /** The whole object, or empty where there is none. One request. */
    Optional<StoredObject> read(String key);

    /**
     * Returns parts of an object, or empty if there is none, whatever version was expected. At least one request, at most one
     * for each range.
     *
     * @param ranges in any order, possibly overlapping or of length zero
     * @param expected the version all parts must come from, or null for any single one
     * @throws ConflictException when the object is no longer of the expected version
     */
    Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected);

    /**
     * A part of an object, put into an array from its beginning on and cut at the object's end; or empty where there is no
     * object. Costs what {@link #readRanges} costs for one range. To be overridden by stores that can do it without making
     * an array, which is worth it where reading costs little else.
     *
     * @param range no longer than the array, behind which nothing is changed
     * @param expected the version it must come from, or null for any
     * @return the object's key, size and version
     * @throws ConflictException when the object is no longer of the expected version
     * @throws IllegalArgumentException when the array is too short
     */
    default Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        range.requireFits(into);
        Optional<RangesRead> read = readRanges(key, List.of(range), expected);
        read.ifPresent(found -> {
            byte[] part = found.parts().get(0);
            long length = range.lengthIn(found.info().size());
            if (part.length != length) {
                // what is missing would be taken for what the array held before
                throw new CorruptDataException("only " + part.length + " of " + length + " bytes of " + location() + "/"
                        + key + " came; read it again");
            }
            System.arraycopy(part, 0, into, 0, part.length);
        });
        return read.map(RangesRead::info);
    }

    /** Size and version, or empty where there is no such object. One request, no content moved. */
    Optional<ObjectInfo> info(String key);

    /**
     * Creates or replaces an object. It is durable as far as the store makes it so and visible when this returns.
     *
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} on a taken key
     * @throws ConflictException for an expected version that is not the current one
     * @throws org.copick.error.UnsupportedFeatureException for a condition the store does not declare
     * @throws org.copick.error.ReadOnlyException where {@link StoreCapability#WRITE} is not declared
     */
    ObjectInfo write(String key, byte[] bytes, WriteCondition condition);

    /**
     * Begins an object that is written piece by piece, under the conditions of {@link #write}. Nobody sees it before
     * {@link ObjectWriter#complete}, and nobody sees anything of it if its writer dies before that. The caller closes the
     * writer.
     *
     * <p>By default all pieces are kept in memory and written at once, so that an object has less than 2 GiB. To be overridden
     * by stores that can take pieces one by one; their memory is then bounded whatever the object's size.
     *
     * @throws org.copick.error.UnsupportedFeatureException for a condition the store does not declare; here or at the end
     * @throws org.copick.error.ReadOnlyException where {@link StoreCapability#WRITE} is not declared; here or at the end
     */
    default ObjectWriter writer(String key, WriteCondition condition) {
        return new BufferedWriter(this, key, condition);
    }

    /**
     * Copies an object within this store and replaces what is at the target, which appears whole. By default the content
     * goes through this program; to be overridden by stores whose service copies by itself.
     *
     * @param object the state to copy, as a listing or {@link #info} told it
     * @param target another key
     * @throws ConflictException when there is no such object any more, or one of another version and the store declares
     *     conditions on versions
     * @throws org.copick.error.ReadOnlyException where {@link StoreCapability#WRITE} is not declared
     */
    default void copy(ObjectInfo object, String target) {
        ObjectCopy.copy(this, object, this, target);
    }

    /** Deletes an object; deleting an absent one does nothing. */
    void delete(String key);

    /**
     * Deletes several objects; absent ones are passed over. Keys are checked before anything is deleted. Where some
     * cannot be deleted the others still are, and the first failure is thrown.
     */
    default void deleteAll(Collection<String> keys) {
        keys.forEach(Keys::checked);
        RuntimeException first = null;
        for (String key : keys) {
            try {
                delete(key);
            } catch (OperationInterruptedException e) {
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
     */
    void deletePrefix(String prefix);

    /**
     * Puts all that is below {@code staged} in the place of all that is below {@code prefix}: readers see the one or the
     * other, or for a moment neither, never a mixture, also after a crash. Nothing is left below {@code staged}.
     *
     * @param staged not empty, ending with {@code /}; not below {@code prefix}, nor the other way round
     * @param prefix likewise; nothing need be there
     * @param condition {@link WriteCondition#ANY}, or {@link WriteCondition#IF_ABSENT} to leave what is there
     * @throws org.copick.error.NotFoundException when nothing is below {@code staged}
     * @throws org.copick.error.AlreadyExistsException for {@code IF_ABSENT} when anything is below {@code prefix};
     *     what is staged stays
     * @throws UnsupportedFeatureException where {@link StoreCapability#REPLACE_PREFIX} is not declared, and for other
     *     conditions
     */
    default void replacePrefix(String staged, String prefix, WriteCondition condition) {
        throw new UnsupportedFeatureException("cannot replace " + prefix + " in " + location()
                + " at once: this kind of store does not exchange several objects together");
    }

    /**
     * One page of all objects whose key begins with {@code prefix}.
     *
     * @param prefix empty or ending with {@code /}
     * @param after list only keys greater than this one; null to begin at the beginning
     * @param limit the most objects wanted, at least 1; a store may give fewer
     */
    ListPage list(String prefix, @Nullable String after, int limit);

    /** The objects and prefixes directly below {@code prefix} (empty, or ending with {@code /}). */
    FolderListing listFolder(String prefix);

    /**
     * Whether anything lies below a prefix: an object, a folder, or on stores with {@link StoreCapability#FOLDERS} the folder
     * itself, empty or not. By default it costs a listing of one key; stores with folders override it, because an empty
     * folder is otherwise looked for among all its siblings.
     *
     * @param prefix not empty, ending with {@code /}
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

    /** Calls {@code action} for every object below {@code prefix}, in key order, reading page by page. */
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

    /** Releases what the store holds; idempotent, and never throws for a store that only read. */
    @Override
    void close();
}
