package org.copick.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * A folder below the root, reached directly or through links, with the folders above it. A folder that is identical
 * with one above it results from a cycle of links and counts as absent.
 *
 * @param prefix the prefix of the keys in this folder
 * @param identity identifies the folder independently of the path to it
 */
record Folder(
        Path path, String prefix, Object identity, @Nullable Folder above) {
    private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key, KeyOrder.BY_CODE_POINT);

    /** Returns the folder of {@code prefix}, or null if there is none. */
    static @Nullable Folder of(Path root, String prefix, Absences absences) throws IOException {
        int end = Math.max(0, prefix.length() - 1);
        Path last = root.resolve(prefix.substring(0, end));
        if (absences.cover(last)) {
            return null;
        }
        // checked first, because most lookups are for kinds of entities that have no folder in the run
        BasicFileAttributes wanted = FileState.attributes(last, absences::add);
        if (wanted == null || !wanted.isDirectory()) {
            return null;
        }
        BasicFileAttributes attributes = prefix.isEmpty() ? wanted : folderAttributes(root);
        Folder folder = attributes == null ? null : new Folder(root, "", identity(root, attributes), null);
        while (folder != null && folder.prefix.length() < prefix.length()) {
            int slash = prefix.indexOf('/', folder.prefix.length());
            String name = prefix.substring(folder.prefix.length(), slash);
            BasicFileAttributes child = slash == end ? wanted : folderAttributes(folder.path.resolve(name));
            folder = child == null ? null : folder.child(name, child);
        }
        return folder;
    }

    private static @Nullable BasicFileAttributes folderAttributes(Path path) throws IOException {
        BasicFileAttributes attributes = FileState.attributes(path);
        return attributes != null && attributes.isDirectory() ? attributes : null;
    }

    /** Lists the objects and prefixes directly in this folder. */
    FolderListing level() throws IOException {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (String name : names()) {
            BasicFileAttributes attributes;
            try {
                attributes = FileState.attributes(path.resolve(name));
            } catch (DanglingLinkException e) {
                // its target may be a file or a folder, so list it as both; reading it reports the failure
                ObjectInfo link = linkItself(name);
                if (link != null) {
                    objects.add(link);
                    prefixes.add(prefix + name + "/");
                }
                continue;
            }
            if (attributes != null && attributes.isRegularFile()) {
                objects.add(FileState.of(attributes).info(prefix + name));
            } else if (attributes != null && attributes.isDirectory() && child(name, attributes) != null) {
                prefixes.add(prefix + name + "/");
            }
        }
        objects.sort(Comparator.comparing(ObjectInfo::key, KeyOrder.BY_CODE_POINT));
        prefixes.sort(KeyOrder.BY_CODE_POINT);
        return new FolderListing(objects, prefixes);
    }

    /**
     * Passes the objects in and below this folder with keys greater than {@code after} to a consumer, until it returns
     * false. Objects come in key order. Folders whose keys are all smaller are not read, and the attributes of files
     * are only read up to the last object passed.
     *
     * @return whether the consumer accepted all objects
     */
    boolean walk(@Nullable String after, Predicate<ObjectInfo> consumer) throws IOException {
        // each name is first queued as a possible object; if it is a folder, it is queued again, at name + "/"
        PriorityQueue<Entry> queue = new PriorityQueue<>(BY_KEY);
        for (String name : names()) {
            if (!liesBefore(prefix + name, after)) {
                queue.add(new Entry(prefix + name, name, null));
            }
        }
        for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            if (entry.folder != null) {
                if (!entry.folder.walk(after, consumer)) {
                    return false;
                }
                continue;
            }
            BasicFileAttributes attributes;
            ObjectInfo object = null;
            try {
                attributes = FileState.attributes(path.resolve(entry.name));
                if (attributes != null && attributes.isRegularFile()) {
                    object = FileState.of(attributes).info(entry.key);
                }
            } catch (DanglingLinkException e) {
                attributes = null;
                object = linkItself(entry.name);
            }
            if (object != null) {
                boolean wanted = after == null || KeyOrder.BY_CODE_POINT.compare(entry.key, after) > 0;
                if (wanted && !consumer.test(object)) {
                    return false;
                }
            } else if (attributes != null && attributes.isDirectory()) {
                Folder child = child(entry.name, attributes);
                if (child != null) {
                    queue.add(new Entry(child.prefix, entry.name, child));
                }
            }
        }
        return true;
    }

    /** Returns a dangling link as an empty object that cannot be read; null if the link was deleted meanwhile. */
    private @Nullable ObjectInfo linkItself(String name) throws IOException {
        BasicFileAttributes link = FileState.attributes(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
        return link == null
                ? null
                : new ObjectInfo(prefix + name, 0, FileState.of(link).version());
    }

    private static boolean liesBefore(String key, @Nullable String after) {
        if (after == null || KeyOrder.BY_CODE_POINT.compare(key, after) > 0) {
            return false;
        }
        String below = key + "/";
        return KeyOrder.BY_CODE_POINT.compare(below, after) < 0 && !after.startsWith(below);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (Thread.currentThread().isInterrupted()) {
                    throw Failures.interrupted("list", path);
                }
                String name = Names.listed(file);
                if (name != null) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of(); // deleted meanwhile
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private @Nullable Folder child(String name, BasicFileAttributes attributes) throws IOException {
        Path childPath = path.resolve(name);
        Object childIdentity = identity(childPath, attributes);
        for (Folder folder = this; folder != null; folder = folder.above) {
            if (folder.identity.equals(childIdentity)) {
                return null;
            }
        }
        return new Folder(childPath, prefix + name + "/", childIdentity, this);
    }

    private static Object identity(Path path, BasicFileAttributes attributes) throws IOException {
        Object key = attributes.fileKey();
        return key == null ? path.toRealPath() : key;
    }

    /** A name that may be an object's, or a folder if {@code folder} is not null. */
    private record Entry(String key, String name, @Nullable Folder folder) {}
}
