package org.copick.tests.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.disk.DiskCache;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;

/** Another process that reads through a disk cache and compares every byte with the expected version. */
final class CacheProcess implements AutoCloseable {
    private static final int OBJECTS = 12;
    private static final int VERSIONS = 3;

    private final Process process;

    /** Starts a process that reads {@code steps} times, at random from this seed. */
    CacheProcess(Path folder, long maxBytes, long seed, int steps) throws IOException {
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CacheProcess.class.getName(),
                        folder.toString(),
                        Long.toString(maxBytes),
                        Long.toString(seed),
                        Integer.toString(steps))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    void awaitReading() throws IOException {
        InputStream output = process.getInputStream();
        if (output.read() != 'r') {
            throw new AssertionError("the other process did not start");
        }
    }

    /** Waits for the process to end and returns its output. */
    String result() throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the other process failed: " + said);
        }
        return said;
    }

    /** Kills the process. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Runs the other process. Arguments: folder, maximum size in bytes, seed, steps. */
    public static void main(String[] arguments) {
        DiskCache cache = DiskCache.in(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        System.out.print('r');
        System.out.flush();
        read(cache, Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        System.out.print(cache.statistics().hits() > 0 ? " with hits" : " without hits");
    }

    /** Reads at random and throws if a byte is wrong. */
    static void read(DiskCache cache, long seed, int steps) {
        Random random = new Random(seed);
        Generated remote = new Generated();
        ObjectStore store = cache.over(remote);
        for (int step = 0; step < steps; step++) {
            if (random.nextInt(10) == 0) {
                remote.change(random.nextInt(OBJECTS), random.nextInt(VERSIONS));
            }
            String key = "object" + random.nextInt(OBJECTS);
            if (random.nextInt(4) == 0) {
                StoredObject read = store.read(key).orElseThrow();
                check(key, read.info(), List.of(ByteRange.of(0, Long.MAX_VALUE)), List.of(read.bytes()));
                continue;
            }
            List<ByteRange> ranges = random.ints(3, 0, 200_000)
                    .mapToObj(from -> ByteRange.of(from, random.nextInt(50_000)))
                    .toList();
            Version expected = random.nextBoolean() ? null : new Version("v" + random.nextInt(VERSIONS));
            try {
                RangesRead read = store.readRanges(key, ranges, expected).orElseThrow();
                if (expected != null && !expected.equals(read.info().version())) {
                    throw new AssertionError("the cache returned another version than the expected one");
                }
                check(key, read.info(), ranges, read.parts());
            } catch (ConflictException e) {
                // allowed: this process sees another version at the moment, which is not on the disk
            }
        }
    }

    private static void check(String key, ObjectInfo info, List<ByteRange> ranges, List<byte[]> parts) {
        byte[] content = content(key, info.version());
        if (info.size() != content.length) {
            throw new AssertionError("wrong size of " + info);
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!Arrays.equals(part(content, ranges.get(i)), parts.get(i))) {
                throw new AssertionError("wrong bytes in " + ranges.get(i) + " of " + info);
            }
        }
    }

    private static byte[] part(byte[] content, ByteRange range) {
        int from = (int) range.startIn(content.length);
        return Arrays.copyOfRange(content, from, from + (int) range.lengthIn(content.length));
    }

    private static byte[] content(String key, Version version) {
        Random random = new Random((key + version.value()).hashCode());
        byte[] bytes = new byte[100_000 + random.nextInt(100_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A store whose contents follow from key and version. Each process changes versions independently. */
    private static final class Generated extends InterceptingStore {
        private final int[] versions = IntStream.range(0, OBJECTS).map(i -> 0).toArray();

        Generated() {
            super(new MemoryStore());
        }

        void change(int object, int version) {
            versions[object] = version;
        }

        @Override
        public String location() {
            return "generated:";
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            throw new AssertionError("not read: " + call);
        }

        @Override
        public Optional<ObjectInfo> info(String key) {
            Version version = new Version("v" + versions[Integer.parseInt(key.substring("object".length()))]);
            return Optional.of(new ObjectInfo(key, content(key, version).length, version));
        }

        @Override
        public Optional<StoredObject> read(String key) {
            ObjectInfo info = info(key).orElseThrow();
            return Optional.of(new StoredObject(info, content(key, info.version())));
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            ObjectInfo info = info(key).orElseThrow();
            if (expected != null && !expected.equals(info.version())) {
                throw new ConflictException("cannot read " + key + ": it is another version");
            }
            byte[] content = content(key, info.version());
            return Optional.of(new RangesRead(
                    info, ranges.stream().map(range -> part(content, range)).toList()));
        }
    }

    /** Waits for a random time. */
    static void pause() throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(20, 200));
    }
}
