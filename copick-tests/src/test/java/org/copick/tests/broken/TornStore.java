package org.copick.tests.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
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

/** A small store in one folder that other processes can open, and that a crash may tear, depending on its defect. */
final class TornStore implements ObjectStore {
    /** The remains of a kill in the middle of a write. */
    enum Defect {
        /** Nothing: the store keeps its promises. */
        NONE,
        /** Part of the object, written into the file of the object itself. */
        HALF_OBJECT,
        /** An object of the right length whose end was never written. */
        RIGHT_LENGTH,
        /** A temporary file that listings show. */
        LISTED_TEMPORARY,
        /** The old object is gone, because it is deleted before the new one is complete. */
        NO_OBJECT,
        /** The pieces that a writer took before it was complete. */
        PIECES,
        /** Nothing, but the provider opens the whole place for the URL of a folder in it. */
        WHOLE_PLACE
    }

    /** Pause in the middle of a large write, in ms. */
    private static final long PAUSE = 100;

    /** Pause in the middle of a large write that the test kills there, in ms; longer than any delay of the kill. */
    private static final long LONG_PAUSE = 10_000;

    /** Number of the first writes of a process that must complete: they show how long a write takes. */
    private static final int COMPLETE = 2;

    private final Defect defect;
    private final Path folder;
    private final AtomicInteger writes = new AtomicInteger();

    TornStore(Defect defect, Path folder) {
        this.defect = defect;
        this.folder = folder;
    }

    @Override
    public String location() {
        return "torn://" + defect + folder + "!";
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(StoreCapability.WRITE);
    }

    private Path file(String key) {
        return folder.resolve(URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<StoredObject> read(String key) {
        try {
            byte[] bytes = Files.readAllBytes(file(key));
            return Optional.of(new StoredObject(info(key, bytes), bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectInfo info(String key, byte[] bytes) {
        return new ObjectInfo(key, bytes.length, new Version(Integer.toString(Arrays.hashCode(bytes))));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return read(key).map(object -> {
            List<byte[]> parts = new ArrayList<>();
            for (ByteRange range : ranges) {
                int from = (int) range.startIn(object.info().size());
                int length = (int) range.lengthIn(object.info().size());
                parts.add(Arrays.copyOfRange(object.bytes(), from, from + length));
            }
            return new RangesRead(object.info(), parts);
        });
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return read(key).map(StoredObject::info);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        try {
            Files.createDirectories(folder);
            Path target = file(key);
            boolean inPlace = defect == Defect.HALF_OBJECT || defect == Defect.RIGHT_LENGTH;
            boolean listed = defect == Defect.LISTED_TEMPORARY;
            Path written = inPlace ? target : folder.resolve((listed ? "" : "~") + UUID.randomUUID());
            boolean deletes = defect == Defect.NO_OBJECT && Files.deleteIfExists(target);
            try (FileChannel file = FileChannel.open(
                    written,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                if (defect == Defect.RIGHT_LENGTH) {
                    file.write(ByteBuffer.allocate(1), Math.max(0, bytes.length - 1));
                }
                int half = bytes.length / 2;
                file.write(ByteBuffer.wrap(bytes, 0, half), 0);
                pause(bytes, deletes || inPlace || listed);
                file.write(ByteBuffer.wrap(bytes, half, bytes.length - half), half);
            }
            if (!inPlace) {
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return info(key, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pause(byte[] bytes, boolean tears) {
        if (bytes.length > 5_000_000) {
            boolean measured = writes.incrementAndGet() <= COMPLETE;
            try {
                Thread.sleep(tears && !measured ? LONG_PAUSE : PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        ObjectWriter whole = ObjectStore.super.writer(key, condition);
        if (defect != Defect.PIECES) {
            return whole;
        }
        return new ObjectWriter() {
            @Override
            public void append(byte[] bytes, int from, int length) {
                try {
                    Files.createDirectories(folder);
                    Files.write(
                            file(key),
                            Arrays.copyOfRange(bytes, from, from + length),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public ObjectInfo complete() {
                return info(key).orElseThrow();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        all(prefix).forEach(info -> delete(info.key()));
    }

    private List<ObjectInfo> all(String prefix) {
        TreeMap<String, ObjectInfo> all = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> !name.startsWith("~"))
                        .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                        .filter(key -> key.startsWith(prefix))
                        .forEach(key -> info(key).ifPresent(info -> all.put(key, info)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(all.values());
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        List<ObjectInfo> rest = all(prefix).stream()
                .filter(info -> after == null || KeyOrder.BY_CODE_POINT.compare(info.key(), after) > 0)
                .toList();
        return new ListPage(rest.subList(0, Math.min(limit, rest.size())), rest.size() <= limit);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        List<ObjectInfo> objects = new ArrayList<>();
        Set<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        for (ObjectInfo info : all(prefix)) {
            int slash = info.key().indexOf('/', prefix.length());
            if (slash < 0) {
                objects.add(info);
            } else {
                prefixes.add(info.key().substring(0, slash + 1));
            }
        }
        return new FolderListing(objects, List.copyOf(prefixes));
    }

    @Override
    public void close() {}
}
