package org.example.folder;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/**
 * Keeps every object in a file of one folder. The name of the file is the encoded key; its first 36 bytes are the version
 * and the rest is the object.
 */
public final class FolderStore implements ObjectStore {
    private static final int VERSION_LENGTH = 36;

    private final Path folder;
    private final String prefix;
    private volatile boolean closed;

    /**
     * Opens a store; the folder is created by the first write.
     *
     * @param folder the folder of the files
     * @param prefix what all keys begin with in the files' names: empty, or ending with {@code /}
     */
    public FolderStore(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = Keys.checkedPrefix(prefix);
    }

    @Override
    public String location() {
        return "flat://" + folder + "!" + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.WRITE, StoreCapability.CREATE_IF_ABSENT);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return open(key, (file, info) -> new StoredObject(info, bytes(file, ByteRange.of(0, info.size()), info)));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, Version expected) {
        return open(key, (file, info) -> {
            if (expected != null && !expected.equals(info.version())) {
                throw new ConflictException(
                        "cannot read " + key + " in " + location() + ": it was replaced; read it again");
            }
            List<byte[]> parts = new ArrayList<>();
            for (ByteRange range : ranges) {
                parts.add(bytes(file, range, info));
            }
            return new RangesRead(info, parts);
        });
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return open(key, (file, info) -> info);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        Path target = file("write", key);
        if (condition instanceof WriteCondition.IfVersion) {
            throw new UnsupportedFeatureException("cannot replace a certain version of " + key + " in " + location()
                    + ": this kind of store does not compare versions; write without a condition");
        }
        String version = UUID.randomUUID().toString();
        // "~" is never part of an encoded key, so no listing shows this file
        Path written = folder.resolve("~" + version);
        try {
            Files.createDirectories(folder);
            try (FileChannel file =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.allocate(VERSION_LENGTH + bytes.length)
                        .put(version.getBytes(StandardCharsets.US_ASCII))
                        .put(bytes)
                        .flip();
                while (content.hasRemaining()) {
                    file.write(content);
                }
                // a crash must not leave the new name with half of the content
                file.force(true);
            }
            publish(written, target, condition);
            return new ObjectInfo(key, bytes.length, new Version(version));
        } catch (IOException e) {
            throw failed("write", key, e);
        } finally {
            discard(written);
        }
    }

    private void publish(Path written, Path target, WriteCondition condition) throws IOException {
        if (condition instanceof WriteCondition.IfAbsent) {
            try {
                // a link has one winner; a move would replace what is there
                Files.createLink(target, written);
            } catch (FileAlreadyExistsException e) {
                throw new AlreadyExistsException(
                        "cannot create " + target + " in " + location() + ": the key is taken; nothing was written");
            }
        } else {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void discard(Path written) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException e) {
            // the write succeeded or failed already, and nobody lists this file
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(file("delete", key));
        } catch (IOException e) {
            throw failed("delete", key, e);
        }
    }

    @Override
    public void deletePrefix(String below) {
        if (below.isEmpty()) {
            throw new InvalidNameException("cannot delete everything in " + location() + ": name a prefix");
        }
        keys(below).forEach(this::delete);
    }

    @Override
    public ListPage list(String below, String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + limit);
        }
        List<ObjectInfo> page = new ArrayList<>();
        for (String key : keys(below)) {
            if (after == null || KeyOrder.BY_CODE_POINT.compare(key, after) > 0) {
                if (page.size() == limit) {
                    return new ListPage(page, false);
                }
                info(key).ifPresent(page::add);
            }
        }
        return new ListPage(page, true);
    }

    @Override
    public FolderListing listFolder(String below) {
        List<ObjectInfo> objects = new ArrayList<>();
        Set<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        for (String key : keys(below)) {
            int slash = key.indexOf('/', below.length());
            if (slash < 0) {
                info(key).ifPresent(objects::add);
            } else {
                prefixes.add(key.substring(0, slash + 1));
            }
        }
        return new FolderListing(objects, List.copyOf(prefixes));
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Returns all keys below a prefix, in order. A missing folder has none. */
    private Set<String> keys(String below) {
        checkUsable("list");
        String wanted = prefix + Keys.checkedPrefix(below);
        Set<String> keys = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                decoded(file.getFileName().toString())
                        .filter(key -> key.startsWith(wanted))
                        .ifPresent(key -> keys.add(key.substring(prefix.length())));
            }
        } catch (NoSuchFileException e) {
            return keys;
        } catch (IOException e) {
            throw failed("list", below, e);
        }
        return keys;
    }

    /** Returns the key of a file name, or empty for temporary and foreign files. */
    private static Optional<String> decoded(String name) {
        try {
            String key = URLDecoder.decode(name, StandardCharsets.UTF_8);
            return name.equals(encoded(key)) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8);
    }

    private Path file(String operation, String key) {
        checkUsable(operation);
        String name = encoded(prefix + Keys.checked(key));
        if (!decoded(name).equals(Optional.of(prefix + key))) {
            throw new InvalidNameException("cannot " + operation + " " + key + ": it is not valid Unicode text");
        }
        return folder.resolve(name);
    }

    private interface Reading<T> {
        T of(FileChannel file, ObjectInfo info) throws IOException;
    }

    /** Reads one state of an object: an open file stays what it was when others replace or delete it. */
    private <T> Optional<T> open(String key, Reading<T> reading) {
        try (FileChannel file = FileChannel.open(file("read", key), StandardOpenOption.READ)) {
            byte[] version = bytes(file, 0, VERSION_LENGTH, key);
            ObjectInfo info = new ObjectInfo(
                    key, file.size() - VERSION_LENGTH, new Version(new String(version, StandardCharsets.US_ASCII)));
            return Optional.of(reading.of(file, info));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", key, e);
        }
    }

    private byte[] bytes(FileChannel file, ByteRange range, ObjectInfo info) throws IOException {
        long length = range.lengthIn(info.size());
        // objects of this store were written from one array, so they fit into one
        return bytes(file, VERSION_LENGTH + range.startIn(info.size()), Math.toIntExact(length), info.key());
    }

    private byte[] bytes(FileChannel file, long from, int length, String key) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new CorruptDataException(key + " in " + location() + " is truncated; restore or delete its file");
            }
        }
        return bytes.array();
    }

    private CopickException failed(String operation, String key, IOException e) {
        String message = "cannot " + operation + " " + key + " in " + location() + ": " + e.getMessage();
        return e instanceof ClosedByInterruptException
                ? new OperationInterruptedException("cannot " + operation + " " + key + ": interrupted", e)
                : new StorageException(message, e);
    }

    private void checkUsable(String operation) {
        if (closed) {
            throw new ClosedException("cannot " + operation + ": the store " + location() + " was closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot " + operation + " in " + location() + ": interrupted");
        }
    }
}
