package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.copick.error.AccessDeniedException;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectWriter;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
    @TempDir
    Path folder;

    private Path root = Path.of("");
    private Path outside = Path.of("");
    private LocalStore store = new LocalStore(root);

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        outside = Files.createDirectory(folder.resolve("outside"));
        store = new LocalStore(root);
    }

    private void write(String key, String text) {
        store.write(key, text.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    private String read(String key) {
        return new String(store.read(key).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private List<String> keys(String prefix) {
        return store.list(prefix, null, 1000).objects().stream()
                .map(ObjectInfo::key)
                .toList();
    }

    @Test
    void linksAreFollowedByReadingAndListing() throws Exception {
        Files.writeString(outside.resolve("x.json"), "outside");
        Files.createSymbolicLink(root.resolve("linked"), outside);
        Files.createSymbolicLink(root.resolve("file.json"), Path.of("../outside/x.json"));
        assertEquals(List.of("file.json", "linked/x.json"), keys(""));
        assertEquals(List.of("linked/"), store.listFolder("").prefixes());
        assertEquals("outside", read("linked/x.json"));
        assertEquals("outside", read("file.json"));
        assertEquals(7, store.info("file.json").orElseThrow().size());
        LocalStore throughLink = new LocalStore(root.resolve("linked"));
        assertEquals(
                List.of("x.json"),
                throughLink.list("", null, 9).objects().stream()
                        .map(ObjectInfo::key)
                        .toList());
    }

    @Test
    void circlesAreNotListed() throws Exception {
        write("a/b/x", "x");
        Files.createSymbolicLink(root.resolve("a/up"), root);
        Files.createSymbolicLink(root.resolve("a/b/here"), root.resolve("a/b"));
        Files.createSymbolicLink(root.resolve("again"), root.resolve("a/b"));
        assertEquals(List.of("a/b/x", "again/x"), keys(""));
        assertEquals(List.of("a/b/x"), keys("a/"));
        assertEquals(List.of(), keys("a/up/"));
        assertEquals(List.of("a/b/"), store.listFolder("a/").prefixes());
    }

    @Test
    void linksThatLeadNowhereAreListedAndFailByName() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("a/broken"), Path.of("../annex/missing"));
        Files.createSymbolicLink(root.resolve("a/itself"), Path.of("itself"));
        assertEquals(List.of("a/broken", "a/itself"), keys(""));
        assertEquals(List.of("a/broken/", "a/itself/"), store.listFolder("a/").prefixes());
        assertEquals(
                List.of("a/broken", "a/itself"),
                store.listFolder("a/").objects().stream().map(ObjectInfo::key).toList());
        for (String key : List.of("a/broken", "a/itself", "a/broken/x/y")) {
            for (Executable reading : List.<Executable>of(
                    () -> store.read(key),
                    () -> store.info(key),
                    () -> store.readRanges(key, List.of(ByteRange.of(0, 1)), null),
                    () -> store.listFolder(key + "/"),
                    () -> store.list(key + "/", null, 9))) {
                String message = String.valueOf(
                        assertThrows(StorageException.class, reading, key).getMessage());
                assertTrue(message.contains("is a link to") && message.contains("fetch the data"), message);
            }
        }
        assertTrue(store.read("a/none").isEmpty());
        write("a/broken", "now whole");
        assertEquals("now whole", read("a/broken"), "a write replaces the link");
        store.delete("a/itself");
        assertEquals(List.of("a/broken"), keys(""));
    }

    @Test
    void aRootThatLeadsNowhereIsNotEmpty() throws Exception {
        Path link = Files.createSymbolicLink(root.resolveSibling("nowhere"), Path.of("gone"));
        LocalStore nowhere = new LocalStore(link);
        assertThrows(StorageException.class, () -> nowhere.listFolder(""));
        assertThrows(StorageException.class, () -> nowhere.read("x"));
    }

    @Test
    void deletingALinkLeavesWhatItLeadsTo() throws Exception {
        Files.writeString(outside.resolve("x"), "x");
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("x"));
        Files.createSymbolicLink(root.resolve("linked"), outside);
        Files.createDirectories(root.resolve("tree/deep"));
        Files.createSymbolicLink(root.resolve("tree/deep/linked"), outside);
        store.delete("file");
        store.delete("linked");
        assertFalse(Files.exists(root.resolve("file"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
        assertTrue(
                Files.isSymbolicLink(root.resolve("linked")), "deleting an object does not delete a link to a folder");
        store.deletePrefix("linked/");
        store.deletePrefix("tree/");
        assertEquals(List.of(), names(root));
        assertEquals(List.of("x"), names(outside));
    }

    @Test
    void nothingOutsideTheRootIsDeleted() throws Exception {
        Files.createDirectories(outside.resolve("sub"));
        Files.writeString(outside.resolve("sub/x"), "x");
        Files.createSymbolicLink(root.resolve("linked"), outside);
        assertThrows(AccessDeniedException.class, () -> store.delete("linked/sub/x"));
        assertThrows(AccessDeniedException.class, () -> store.deletePrefix("linked/sub/"));
        write("kept", "x");
        write("gone", "x");
        assertThrows(AccessDeniedException.class, () -> store.deleteAll(List.of("linked/sub/x", "gone")));
        assertEquals(List.of("kept", "linked/sub/x"), keys(""), "the other objects are deleted nevertheless");
    }

    @Test
    void writesFollowLinkedFoldersAndReplaceLinkedFiles() throws Exception {
        Files.writeString(outside.resolve("x"), "old");
        Files.createSymbolicLink(root.resolve("linked"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("x"));
        write("linked/new", "new");
        write("file", "replaced");
        assertEquals("new", Files.readString(outside.resolve("new")));
        assertEquals("old", Files.readString(outside.resolve("x")));
        assertFalse(Files.isSymbolicLink(root.resolve("file")));
        assertThrows(
                AlreadyExistsException.class,
                () -> write("linked", "x"),
                "otherwise all objects below the link would be lost");
        assertEquals(List.of("file", "linked/new", "linked/x"), keys(""));
    }

    @Test
    void emptyFoldersAreListedUntilDeleted() throws Exception {
        Files.createDirectories(root.resolve("run/empty"));
        Files.createDirectories(root.resolve("run/other"));
        assertEquals(
                List.of("run/empty/", "run/other/"), store.listFolder("run/").prefixes());
        assertEquals(List.of(), keys(""));
        store.delete("run/empty");
        assertEquals(
                List.of("run/empty/", "run/other/"), store.listFolder("run/").prefixes());
        store.deletePrefix("run/empty/");
        assertEquals(List.of("run/other/"), store.listFolder("run/").prefixes());
    }

    @Test
    void ownFilesAreHidden() throws Exception {
        write("a/x", "x");
        Files.writeString(root.resolve("a/.copick-0123.tmp"), "left over");
        Version version = store.info("a/x").orElseThrow().version();
        store.write("a/x", new byte[2], WriteCondition.ifVersion(version));
        assertTrue(Files.exists(root.resolve(Names.LOCK)));
        assertEquals(List.of("a/x"), keys(""));
        assertEquals(List.of(), store.listFolder("").objects());
        assertEquals(1, store.listFolder("a/").objects().size());
        assertTrue(store.read("a/.copick-0123.tmp").isEmpty());
        assertTrue(store.info(Names.LOCK).isEmpty());
        assertThrows(InvalidNameException.class, () -> write(".copick-x", "x"));
        assertThrows(InvalidNameException.class, () -> write("a/.copick-x/b", "x"));
        store.delete(Names.LOCK);
        assertTrue(Files.exists(root.resolve(Names.LOCK)));
    }

    @Test
    void failedWritesLeaveNothing() throws Exception {
        write("a/x", "x");
        assertThrows(
                ConflictException.class,
                () -> store.write("a/x", new byte[9], WriteCondition.ifVersion(new Version("no"))));
        assertThrows(AlreadyExistsException.class, () -> store.write("a/x", new byte[9], WriteCondition.IF_ABSENT));
        assertThrows(AlreadyExistsException.class, () -> write("a", "x"));
        assertEquals(List.of("x"), names(root.resolve("a")));
        assertEquals(List.of(Names.LOCK, "a"), names(root));
    }

    @Test
    void failedWritesLeaveNoFolder() throws Exception {
        Files.createDirectory(root.resolve("there"));
        String tooLong = "x".repeat(256);
        for (String below : List.of("new/", "there/new/er/")) {
            assertThrows(InvalidNameException.class, () -> write(below + tooLong, "x"));
            assertThrows(
                    InvalidNameException.class,
                    () -> store.write(below + tooLong, new byte[1], WriteCondition.IF_ABSENT));
            assertThrows(
                    ConflictException.class,
                    () -> store.write(below + "x", new byte[1], WriteCondition.ifVersion(new Version("no"))));
            try (ObjectWriter writer = store.writer(below + "x", WriteCondition.ANY)) {
                writer.append(new byte[9], 0, 9);
            }
        }
        assertEquals(List.of(Names.LOCK, "there"), names(root));
        assertEquals(List.of(), names(root.resolve("there")));
        LocalStore missing = new LocalStore(root.resolve("no/root"));
        assertThrows(InvalidNameException.class, () -> missing.write(tooLong, new byte[1], WriteCondition.ANY));
        assertFalse(Files.exists(root.resolve("no")));
    }

    @Test
    void failedReplacementsLeaveNoFolder() throws Exception {
        write("staged/x", "x");
        Files.createSymbolicLink(root.resolve("linked"), outside);
        for (WriteCondition condition : List.of(WriteCondition.ANY, WriteCondition.IF_ABSENT)) {
            assertThrows(
                    AccessDeniedException.class, () -> store.replacePrefix("staged/", "linked/new/image/", condition));
        }
        assertEquals(List.of(), names(outside));
        assertEquals(List.of("staged/x"), keys(""));
    }

    @Test
    void aFileIsNotReplacedByAFolder() {
        write("staged/x", "x");
        write("object", "kept");
        for (WriteCondition condition : List.of(WriteCondition.ANY, WriteCondition.IF_ABSENT)) {
            for (String prefix : List.of("object/", "object/below/")) {
                assertThrows(
                        AlreadyExistsException.class, () -> store.replacePrefix("staged/", prefix, condition), prefix);
            }
        }
        assertEquals("kept", read("object"));
        assertEquals(List.of("object", "staged/x"), keys(""));
    }

    @Test
    void threadsReplaceAndDeleteOneFolder() throws Exception {
        int threads = 4;
        for (int i = 0; i < 50; i++) {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String staged = "staged" + thread + "/";
                boolean deletes = thread == 0 && i % 2 == 0;
                write(staged + "x", staged);
                tasks.add(() -> {
                    together.await();
                    if (deletes) {
                        store.deletePrefix("target/");
                    }
                    store.replacePrefix(staged, "target/", WriteCondition.ANY);
                    return null;
                });
            }
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                for (Future<Void> task : pool.invokeAll(tasks)) {
                    task.get();
                }
            } finally {
                pool.shutdownNow();
            }
            assertEquals(List.of("target"), names(root), "nothing hidden or staged remains");
            assertEquals(List.of("target/x"), keys(""));
        }
    }

    @Test
    void forEachListsAsPagesDo() throws Exception {
        for (String key : List.of("b/1", "b-1", "b/2/3", "a", "b.json", "c/d")) {
            write(key, key);
        }
        Files.createSymbolicLink(root.resolve("broken"), Path.of("missing"));
        for (String prefix : List.of("", "b/", "no/")) {
            List<ObjectInfo> objects = new ArrayList<>();
            store.forEach(prefix, objects::add);
            assertEquals(store.list(prefix, null, 1000).objects(), objects);
        }
        List<String> before = new ArrayList<>();
        assertThrows(
                ClosedException.class,
                () -> store.forEach("", object -> {
                    before.add(object.key());
                    store.close();
                }));
        assertEquals(List.of("a"), before);
        assertThrows(ClosedException.class, () -> store.forEach("", object -> {}));
        assertThrows(InvalidNameException.class, () -> new LocalStore(root).forEach("a", object -> {}));
    }

    @Test
    void foldersAreHeldWithoutWhatIsInThem() throws Exception {
        Files.createDirectories(root.resolve("run/empty"));
        write("run/file", "x");
        Files.createSymbolicLink(root.resolve("run/linked"), outside);
        Files.createSymbolicLink(root.resolve("run/up"), root);
        Files.createSymbolicLink(root.resolve("run/broken"), Path.of("missing"));
        Files.createDirectory(root.resolve("run/.copick-0123.tmp"));
        for (String prefix : List.of("run/", "run/empty/", "run/linked/")) {
            assertTrue(store.holds(prefix), prefix);
        }
        for (String prefix : List.of("run/file/", "run/up/", "run/.copick-0123.tmp/", "run/no/", "run/no/no/")) {
            assertFalse(store.holds(prefix), prefix);
        }
        assertThrows(StorageException.class, () -> store.holds("run/broken/"));
        assertThrows(StorageException.class, () -> store.holds("run/broken/x/"));
        for (Spelling spelling : List.of(Spelling.LISTED, Spelling.RESOLVED)) {
            LocalStore ignoring = new LocalStore(root, spelling);
            assertTrue(ignoring.holds("run/empty/"));
            assertFalse(ignoring.holds("run/Empty/"));
        }
    }

    @Test
    void newFilesHaveTheUsualPermissions() throws Exception {
        Path usual = Files.writeString(folder.resolve("usual"), "x");
        write("x", "x");
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(root.resolve("x")));
    }

    @Test
    void whatMayNotBeReadIsNotEmpty() throws Exception {
        write("locked/x", "x");
        write("locked.json", "x");
        Files.setPosixFilePermissions(root.resolve("locked.json"), PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(root.resolve("locked.json")), "this user may read everything");
        Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("---------"));
        try {
            assertThrows(AccessDeniedException.class, () -> store.read("locked.json"));
            assertThrows(AccessDeniedException.class, () -> store.read("locked/x"));
            assertThrows(AccessDeniedException.class, () -> store.info("locked/x"));
            assertThrows(AccessDeniedException.class, () -> store.list("", null, 9));
            assertThrows(AccessDeniedException.class, () -> store.listFolder("locked/"));
            assertThrows(AccessDeniedException.class, () -> write("locked/y", "y"));
            assertThrows(AccessDeniedException.class, () -> store.deletePrefix("locked/"));
        } finally {
            Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void hugeFilesAreReadInRanges() throws Exception {
        try (RandomAccessFile huge = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
            huge.setLength((3L << 30) - 1);
            huge.seek(3L << 30);
            huge.write(new byte[] {1, 2, 3});
        }
        assertThrows(UnsupportedFeatureException.class, () -> store.read("huge"));
        List<ByteRange> ranges = List.of(ByteRange.last(4), ByteRange.of(3L << 30, 2));
        List<byte[]> parts =
                store.readRanges("huge", ranges, null).orElseThrow().parts();
        assertArrayEquals(new byte[] {0, 1, 2, 3}, parts.get(0));
        assertArrayEquals(new byte[] {1, 2}, parts.get(1));
    }

    @Test
    void namesTooLongForADisk() {
        String name = "\u00e9".repeat(128);
        assertTrue(store.read(name).isEmpty(), "an object with an impossible name is absent");
        assertTrue(store.info("a/" + name).isEmpty());
        assertThrows(InvalidNameException.class, () -> write(name, "x"));
        write("x".repeat(255), "content under the longest possible name");
        assertEquals(1, keys("").size());
    }

    @Test
    void foreignWritesChangeTheVersion() throws Exception {
        write("x", "abc");
        Version before = store.info("x").orElseThrow().version();
        Files.writeString(root.resolve("x"), "abd");
        Files.setLastModifiedTime(root.resolve("x"), FileTime.fromMillis(1_700_000_000_000L));
        assertThrows(ConflictException.class, () -> store.readRanges("x", List.of(ByteRange.of(0, 1)), before));
    }

    @Test
    void whereCaseIsIgnoredSpellingCounts() {
        for (Spelling spelling : List.of(Spelling.LISTED, Spelling.RESOLVED)) {
            LocalStore ignoring = new LocalStore(root, spelling);
            ignoring.write("Run/Picks/x.json", new byte[1], WriteCondition.ANY);
            ignoring.write("Run/Picks/x.json", new byte[2], WriteCondition.ANY);
            assertEquals(2, ignoring.read("Run/Picks/x.json").orElseThrow().bytes().length);
            assertTrue(ignoring.read("run/Picks/x.json").isEmpty());
            assertEquals(1, ignoring.listFolder("Run/Picks/").objects().size());
            assertTrue(ignoring.listFolder("Run/picks/").objects().isEmpty());
            ignoring.delete("run/Picks/X.json");
            assertTrue(ignoring.info("Run/Picks/x.json").isPresent());
        }
        LocalStore ignoring = new LocalStore(root, Spelling.LISTED);
        for (String key : List.of("run/Picks/y.json", "Run/picks/x.json", "Run/Picks/X.json", "run")) {
            AlreadyExistsException e = assertThrows(
                    AlreadyExistsException.class, () -> ignoring.write(key, new byte[1], WriteCondition.ANY), key);
            assertTrue(
                    String.valueOf(e.getMessage()).contains(root.resolve("Run").toString()), e.getMessage());
        }
        assertEquals(List.of("Run/Picks/x.json"), keys(""));
    }

    @Test
    void thisDisksSpellingIsFoundWithoutWriting() throws Exception {
        Spelling empty = Spelling.of(root);
        assertEquals(List.of(), names(root));
        write("Abc", "x");
        assertEquals(empty, Spelling.of(root));
        assertEquals(!Files.exists(root.resolve("aBC")), empty == Spelling.EXACT);
    }

    private static List<String> names(Path path) throws Exception {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
