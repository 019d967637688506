package org.copick.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A store in a folder on the local disk, or on a network disk that the system mounts. Keys are paths relative to it.
 *
 * <p><b>Writing.</b> A file is written under a hidden temporary name beside its target and then renamed, so that nobody
 * ever sees a partial file, even if the writer dies. A killed process may leave files {@code .copick-*.tmp} behind.
 * They are never listed or read, and may be deleted when no program is writing. Data is passed to the operating system,
 * but not forced to the medium: it survives the process, but a power failure may lose the writes of the last seconds.
 * Folders are created as needed. If a write fails, the folders created for it are removed; folders that become empty by
 * a deletion are removed, too. {@code WriteCondition.IF_ABSENT} needs hard links and is only declared for file systems
 * that are known to support them.
 *
 * <p><b>Several users</b> of a machine may share a folder. If the group or everybody may write in a folder, they may
 * also write in files and folders that this module creates there, unless the umask prevents them from reading these. In
 * all other folders, and in sticky ones, new files have the usual permissions. A file that replaces another one keeps
 * its permissions and, as far as the system allows, its group and owner; if the owner changes, the file is shared like
 * a new one. A folder is neither deleted nor replaced if this user may not delete everything in it.
 *
 * <p><b>Versions</b> consist of size, modification time in nanoseconds, and inode. This module sets the modification
 * time itself and never uses a time twice in a process. Its own writes therefore always change the version, as far as
 * the resolution of the disk's times permits. A change by another program is not noticed if it writes into the file in
 * place, keeps its size, and does so within one tick of the system's clock (a few milliseconds). A replacement by
 * version excludes all writers and deleters of the process. By a lock on {@code .copick-lock} in the root, it also
 * excludes replacements by version through the same root folder in other processes of the machine. If another user owns
 * that file and this user cannot write it, the next of {@code .copick-lock-2} and so on is locked; if no file can be
 * created in the root, a file in the folder of the replaced file is locked instead. Unconditional writes of other
 * processes and other machines are not excluded.
 *
 * <p><b>Links</b> are followed by reads, listings and writes, except that a write to a link replaces the link and
 * leaves its target unchanged. Deleting a link removes only the link. Nothing outside the root is ever deleted. A link
 * to a folder above itself is not listed. A dangling link is listed both as an empty object and as a prefix, because
 * its target could be either; reading it, or a key below it, throws an exception that names the link.
 *
 * <p><b>Names</b> that begin with {@code .copick-} are reserved for this module: they are not listed and cannot be
 * written. Names that are not valid text in the system's encoding are not listed. If the disk ignores case, an object
 * is only found under its exact key, and a key that differs from a stored one only in case cannot be written.
 */
final class LocalStore implements ObjectStore {
    private static final List<ByteRange> WHOLE = List.of(ByteRange.of(0, Long.MAX_VALUE));

    /** Types of file systems with hard links. Testing a disk for them would require writing, which may be forbidden. */
    private static final Set<String> WITH_HARD_LINKS = Set.of(
            "apfs",
            "bcachefs",
            "beegfs",
            "btrfs",
            "ceph",
            "ext2",
            "ext3",
            "ext4",
            "f2fs",
            "gpfs",
            "hfs",
            "jfs", //
            "lustre",
            "nfs",
            "nfs4",
            "ntfs",
            "overlay",
            "overlayfs",
            "ramfs",
            "refs",
            "reiserfs",
            "tmpfs",
            "ufs", //
            "wekafs",
            "xfs",
            "zfs");

    private static final Set<StoreCapability> ON_EVERY_DISK = Set.of(
            StoreCapability.WRITE,
            StoreCapability.REPLACE_IF_VERSION_COOPERATIVE,
            StoreCapability.REPLACE_PREFIX,
            StoreCapability.NEARBY,
            StoreCapability.FOLDERS);

    private final Path root;
    private final FileWriter writer;
    private final FileDeleter deleter;
    private final Absences absences = new Absences(System::nanoTime);
    private volatile @Nullable Spelling spelling;
    private volatile @Nullable Set<StoreCapability> capabilities;
    private volatile boolean closed;

    /** Creates a store in {@code root}, an absolute normalised path that need not exist. */
    LocalStore(Path root) {
        this.root = root;
        this.writer = new FileWriter(root, absences);
        this.deleter = new FileDeleter(root);
    }

    /** Creates a store on a disk that compares names in the given way. */
    LocalStore(Path root, Spelling spelling) {
        this(root);
        this.spelling = spelling;
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        Set<StoreCapability> known = capabilities;
        if (known == null) {
            EnumSet<StoreCapability> found = EnumSet.copyOf(ON_EVERY_DISK);
            if (hasHardLinks()) {
                found.add(StoreCapability.CREATE_IF_ABSENT);
            }
            known = Collections.unmodifiableSet(found);
            capabilities = known;
        }
        return known;
    }

    /** Determines the type of the file system only if necessary, because that takes as long as some reads do. */
    @Override
    public boolean can(StoreCapability capability) {
        return capability == StoreCapability.CREATE_IF_ABSENT
                ? capabilities().contains(capability)
                : ON_EVERY_DISK.contains(capability);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return parts(key, WHOLE, null)
                .map(read ->
                        new StoredObject(read.state().info(key), read.parts().get(0)));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return parts(key, ranges, expected)
                .map(read -> new RangesRead(read.state().info(key), read.parts()));
    }

    @Override
    public Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        range.requireFits(into);
        checkUsable("read", key);
        Path file = found(key);
        return file == null
                ? Optional.empty()
                : FileReader.read(file, List.of(range), expected, length -> into)
                        .map(read -> read.state().info(key));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        checkUsable("look up", key);
        Path file = found(key);
        if (file == null || absences.cover(file)) {
            return Optional.empty();
        }
        try {
            FileState state = FileState.of(file, absences::add);
            return state == null ? Optional.empty() : Optional.of(state.info(key));
        } catch (IOException e) {
            throw Failures.of("look up", file, e);
        }
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return writer.write(toWrite(key, condition), bytes, condition).info(key);
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return new LocalWriter(writer, toWrite(key, condition), key, condition, () -> checkUsable("write", key));
    }

    /** Returns the path of a key; throws if the key cannot be written under the condition. */
    private Path toWrite(String key, WriteCondition condition) {
        checkUsable("write", key);
        Path target = Names.toWrite(root, key);
        if (condition instanceof WriteCondition.IfAbsent
                && !capabilities().contains(StoreCapability.CREATE_IF_ABSENT)) {
            throw new UnsupportedFeatureException("cannot create " + target
                    + " only if absent: this kind of file system is not known to have hard links");
        }
        Path inTheWay = inTheWayOf(key);
        if (inTheWay != null) {
            throw new AlreadyExistsException("cannot write " + target + ": there is " + inTheWay
                    + ", and this disk does not distinguish names that differ only in case");
        }
        return target;
    }

    @Override
    public void delete(String key) {
        checkUsable("delete", key);
        Path file = found(key);
        if (file != null) {
            try {
                deleter.deleteFile(file);
            } catch (IOException e) {
                throw Failures.of("delete", file, e);
            }
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        checkUsable("delete", prefix);
        if (prefix.isEmpty()) {
            throw new InvalidNameException("cannot delete everything in " + root + ": name a prefix");
        }
        Path folder = foundFolder(prefix);
        if (folder != null) {
            try {
                deleter.deleteFolder(folder);
            } catch (IOException e) {
                throw Failures.of("delete", folder, e);
            }
        }
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        checkUsable("replace", prefix);
        if (staged.isEmpty() || prefix.isEmpty() || staged.startsWith(prefix) || prefix.startsWith(staged)) {
            throw new InvalidNameException("cannot replace \"" + prefix + "\" by \"" + staged + "\" in " + root);
        }
        Path from = foundFolder(staged);
        Keys.checkedPrefix(prefix);
        Path to = Names.toWrite(root, prefix.substring(0, prefix.length() - 1));
        if (from == null || !Files.isDirectory(from)) {
            throw new NotFoundException("cannot replace " + to + ": nothing is at " + root.resolve(staged));
        }
        try {
            if (condition instanceof WriteCondition.IfAbsent) {
                deleter.createFolder(from, to);
            } else if (condition instanceof WriteCondition.Any) {
                deleter.replaceFolder(from, to);
            } else {
                throw new UnsupportedFeatureException("folders have no versions; " + to + " was not replaced");
            }
        } catch (IOException e) {
            throw Failures.of("replace", to, e);
        } finally {
            absences.clear();
        }
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        checkUsable("list", prefix);
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "cannot list a page of " + limit + " objects: the limit must be at least 1");
        }
        Path path = foundFolder(prefix);
        if (path == null) {
            return new ListPage(List.of(), true);
        }
        try {
            List<ObjectInfo> page = new ArrayList<>();
            Folder folder = Folder.of(root, prefix, absences);
            boolean complete = folder == null || folder.walk(after, object -> page.size() < limit && page.add(object));
            return new ListPage(page, complete);
        } catch (IOException e) {
            throw Failures.of("list", path, e);
        }
    }

    /** Lists each folder once, whereas pages would list a folder with many files again for each page. */
    @Override
    public void forEach(String prefix, Consumer<ObjectInfo> action) {
        checkUsable("list", prefix);
        Path path = foundFolder(prefix);
        if (path == null) {
            return;
        }
        try {
            Folder folder = Folder.of(root, prefix, absences);
            if (folder != null) {
                folder.walk(null, object -> {
                    checkUsable("list", prefix);
                    action.accept(object);
                    return true;
                });
            }
        } catch (IOException e) {
            throw Failures.of("list", path, e);
        }
    }

    @Override
    public FolderListing listFolder(String prefix) {
        checkUsable("list", prefix);
        Path path = foundFolder(prefix);
        if (path == null) {
            return FolderListing.EMPTY;
        }
        try {
            Folder folder = Folder.of(root, prefix, absences);
            return folder == null ? FolderListing.EMPTY : folder.level();
        } catch (IOException e) {
            throw Failures.of("list", path, e);
        }
    }

    /** Checks the folder itself, without listing its siblings. */
    @Override
    public boolean holds(String prefix) {
        checkUsable("look up", prefix);
        if (prefix.isEmpty()) {
            throw new InvalidNameException("cannot look for everything in " + root + ": name a prefix");
        }
        Path path = foundFolder(prefix);
        if (path == null) {
            return false;
        }
        try {
            return Folder.of(root, prefix, absences) != null;
        } catch (IOException e) {
            throw Failures.of("look up", path, e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private Optional<FileReader.Parts> parts(String key, List<ByteRange> ranges, @Nullable Version expected) {
        checkUsable("read", key);
        Path file = found(key);
        return file == null ? Optional.empty() : FileReader.read(file, ranges, expected, byte[]::new);
    }

    /** Returns the path of {@code key}, or null if no object can have that key. */
    private @Nullable Path found(String key) {
        Path file = Names.toRead(root, key);
        return file == null || inTheWayOf(key) != null ? null : file;
    }

    private @Nullable Path foundFolder(String prefix) {
        return Keys.checkedPrefix(prefix).isEmpty() ? root : found(prefix.substring(0, prefix.length() - 1));
    }

    private @Nullable Path inTheWayOf(String key) {
        try {
            Spelling known = spelling;
            if (known == null) {
                known = Spelling.of(root);
                spelling = known;
            }
            return known.inTheWayOf(root, key);
        } catch (IOException e) {
            throw Failures.of("look up " + key + " in", root, e);
        }
    }

    private boolean hasHardLinks() {
        Path existing = Failures.existing(root);
        try {
            FileStore disk = Files.getFileStore(existing);
            return WITH_HARD_LINKS.contains(disk.type().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw Failures.of("look up the file system of", existing, e);
        }
    }

    private void checkUsable(String operation, String key) {
        if (closed) {
            throw new ClosedException("cannot " + operation + " " + key + ": the store " + root + " was closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted(operation, root);
        }
    }
}
