package org.example.zip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.copick.error.AccessDeniedException;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.KeyOrder;
import org.copick.storage.Keys;

/** An archive that is opened on first use, and reopened when the file has changed. */
final class Archive {
    /** The greatest ratio of uncompressed to compressed size that deflate can reach. */
    private static final long GREATEST_RATIO = 1032;

    private final Path file;
    private final String folder;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private NavigableMap<String, ZipEntry> index = Collections.emptyNavigableMap();
    private String stamp = "";
    private long length;
    private boolean closed;
    private ZipFile zip;

    Archive(Path file, String folder) {
        this.file = file;
        this.folder = folder;
    }

    /** Performs an action on the entries by key while the archive stays open. */
    <T> T with(Function<NavigableMap<String, ZipEntry>, T> action) {
        lock.readLock().lock();
        try {
            String now = stamp();
            if (!now.equals(stamp)) {
                lock.readLock().unlock();
                lock.writeLock().lock();
                try {
                    reopen(now);
                } finally {
                    // downgrades the lock, so that no other thread can reopen the archive in between
                    lock.readLock().lock();
                    lock.writeLock().unlock();
                }
            }
            return action.apply(index);
        } catch (IOException e) {
            throw failed("open", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns text that differs between states of the file, or an empty string if the file does not exist. */
    private String stamp() throws IOException {
        try {
            BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class);
            return state.lastModifiedTime() + " " + state.size() + " " + state.fileKey();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private void reopen(String now) throws IOException {
        if (closed) {
            throw new ClosedException("cannot read the archive " + file + ": it is closed");
        }
        closeFile();
        NavigableMap<String, ZipEntry> entries = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        if (!now.isEmpty()) {
            zip = new ZipFile(file.toFile());
            length = Files.size(file);
            zip.stream()
                    .filter(entry -> entry.getName().startsWith(folder) && isKey(entry.getName()))
                    .forEach(entry -> {
                        if (entries.put(entry.getName().substring(folder.length()), entry) != null) {
                            throw new CorruptDataException(file + " contains two entries named " + entry.getName());
                        }
                    });
        }
        index = entries;
        stamp = now;
    }

    /** Returns whether a name is a valid key; folders, and names that lead out of the archive, are ignored. */
    private static boolean isKey(String name) {
        try {
            Keys.checked(name);
            return true;
        } catch (InvalidNameException e) {
            return false;
        }
    }

    /** Returns the content of an entry after checking its length and checksum. Call it within {@link #with} only. */
    byte[] bytes(ZipEntry entry) {
        long size = entry.getSize();
        if (size > Integer.MAX_VALUE - 8) {
            throw new UnsupportedFeatureException(
                    named(entry) + " has " + size + " bytes, more than a Java array can hold");
        }
        if (size < 0 || size > Math.min(entry.getCompressedSize(), length) * GREATEST_RATIO + 1024) {
            throw new CorruptDataException(named(entry) + " cannot have as many bytes as it says: " + size);
        }
        byte[] bytes = new byte[(int) size];
        CRC32 sum = new CRC32();
        try (InputStream stream = zip.getInputStream(entry)) {
            for (int at = 0; at < bytes.length; ) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new OperationInterruptedException("cannot read " + named(entry) + ": interrupted");
                }
                int read = stream.read(bytes, at, Math.min(1 << 16, bytes.length - at));
                if (read < 0) {
                    throw new CorruptDataException(named(entry) + " ends after " + at + " of " + size + " bytes");
                }
                sum.update(bytes, at, read);
                at += read;
            }
            if (stream.read() >= 0 || sum.getValue() != entry.getCrc()) {
                throw new CorruptDataException(named(entry) + " is damaged: length or checksum is wrong");
            }
            return bytes;
        } catch (IOException e) {
            throw failed("read " + entry.getName() + " in", e);
        }
    }

    private String named(ZipEntry entry) {
        return "the entry " + entry.getName() + " of " + file;
    }

    private CopickException failed(String operation, IOException e) {
        String message = "cannot " + operation + " " + file + ": " + e.getMessage();
        if (e instanceof ZipException || e instanceof java.io.EOFException) {
            return new CorruptDataException(message + "; the archive is damaged", e);
        }
        return e instanceof java.nio.file.AccessDeniedException
                ? new AccessDeniedException(message, e)
                : new StorageException(message, e);
    }

    void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            closeFile();
            stamp = "closed"; // matches no file, so that later calls try to reopen the archive and fail
        } catch (IOException e) {
            throw failed("close", e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void closeFile() throws IOException {
        // reset these first, so that nothing remains of this archive if the next one cannot be opened
        index = Collections.emptyNavigableMap();
        stamp = "";
        if (zip != null) {
            zip.close();
            zip = null;
        }
    }
}
