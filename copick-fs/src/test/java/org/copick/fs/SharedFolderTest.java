package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a project in a folder that several users of a machine share. It needs root to run processes as these users.
 * Without root it is skipped, or fails if the property {@code copick.users} is {@code required}.
 */
final class SharedFolderTest {
    private static final int ALICE = 60_001;
    private static final int BOB = 60_002;
    private static final int LAB = 60_100;
    private static final String PICKS = "ExperimentRuns/TS_1/Picks";

    @TempDir
    private static Path classes;

    private static String classPath = "";
    private static @Nullable User alice;
    private static @Nullable User bob;

    @TempDir
    private Path folder;

    private Path root = Path.of("");

    @BeforeAll
    static void startUsers() throws Exception {
        assumeTrue(classes.getFileSystem().supportedFileAttributeViews().contains("unix"), "not a Unix");
        Ownership.setMode(classes, 0755);
        if (!User.canBeStarted(classes)) {
            if ("required".equals(System.getProperty("copick.users"))) {
                fail("this test has to run here; it needs root and setpriv to act as several users");
            }
            assumeTrue(false, "only root can act as several users");
        }
        classPath = User.readableClassPath(classes);
        alice = member(ALICE, "022");
        bob = member(BOB, "022");
    }

    @AfterAll
    static void endUsers() {
        for (User user : new User[] {alice, bob}) {
            if (user != null) {
                user.close();
            }
        }
    }

    private static User member(int uid, String umask) throws IOException {
        return User.start(uid, "" + LAB, umask, classPath);
    }

    private static User alice() {
        return Objects.requireNonNull(alice);
    }

    private static User bob() {
        return Objects.requireNonNull(bob);
    }

    @BeforeEach
    void openFolder() throws IOException {
        Ownership.setMode(folder, 0755);
        root = folder.resolve("overlay");
    }

    private static Path made(Path path, int uid, int gid, int mode) throws IOException {
        Files.createDirectory(path);
        return owned(path, uid, gid, mode);
    }

    private static Path owned(Path path, int uid, int gid, int mode) throws IOException {
        assertTrue(Ownership.trySetOwner(path, uid) && Ownership.trySetGroup(path, gid));
        Ownership.setMode(path, mode);
        return path;
    }

    /** Returns the permissions of a path in octal digits, with its owner and group. */
    private String of(String path) throws IOException {
        Ownership found = Objects.requireNonNull(Ownership.of(root.resolve(path)), path);
        return Integer.toOctalString(found.mode()) + " " + found.uid() + ":" + found.gid();
    }

    private static List<String> hidden(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> Names.isTemporary(name) || name.contains(".staged"))
                    .toList();
        }
    }

    private void assertBothWork() throws IOException {
        alice().does("project-run", root, "TS_1");
        alice().does("project-spacing", root, "TS_1", 10);
        alice().does("project-picks", root, "TS_1", "alice", 2);
        alice().does("project-tomogram", root, "TS_1", 1);
        bob().does("project-picks", root, "TS_1", "bob", 3);
        bob().does("project-spacing", root, "TS_1", 20);
        bob().does("project-run", root, "TS_2");
        bob().does("project-repick", root, "TS_1", "alice", 4);
        bob().does("project-tomogram", root, "TS_1", 2);
        bob().does("write", root, "ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/0/0/0/0", "chunk");
        alice().does("project-repick", root, "TS_1", "alice", 5);
        alice().does("project-repick", root, "TS_1", "bob", 6);
        alice().does("project-tomogram", root, "TS_1", 3);
        alice().does("project-picks", root, "TS_2", "alice", 7);
        assertEquals("5", bob().asks("project-count", root, "TS_1", "alice"));
        assertEquals("6", bob().asks("project-count", root, "TS_1", "bob"));
        bob().does("delete-prefix", root, "ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/");
        bob().does("delete", root, PICKS + "/alice_1_ribo.json");
        bob().does("delete-prefix", root, "ExperimentRuns/TS_1/");
        assertEquals(List.of(), hidden(root));
    }

    /** Lets two users increment a counter in parallel; no increment is lost only if they exclude each other. */
    private void assertCountsAddUp(Path store, String key) throws IOException {
        int each = 60;
        alice().begin("count", store, key, each);
        bob().begin("count", store, key, each);
        assertEquals("ok", alice().answer());
        assertEquals("ok", bob().answer());
        assertEquals("" + 2 * each, Files.readString(store.resolve(key)));
    }

    @Test
    void membersOfAGroupWorkInAFolderThatHandsTheGroupDown() throws IOException {
        made(root, 0, LAB, 02775);
        assertBothWork();
        assertEquals("2775 60002:60100", of("ExperimentRuns/TS_2"));
        assertEquals("2775 60001:60100", of("ExperimentRuns/TS_2/Picks"));
        assertEquals("664 60001:60100", of("ExperimentRuns/TS_2/Picks/alice_1_ribo.json"));
        assertEquals("664 60001:60100", of(Names.LOCK));
        alice().does("write", root, "counter", "0");
        assertCountsAddUp(root, "counter");
    }

    @Test
    void membersOfAGroupWorkInAFolderThatDoesNotHandTheGroupDown() throws IOException {
        made(root, 0, LAB, 0770);
        assertBothWork();
        assertEquals("775 60002:60100", of("ExperimentRuns/TS_2"));
        assertEquals("664 60001:60100", of("ExperimentRuns/TS_2/Picks/alice_1_ribo.json"));
        assertEquals("664 60001:60100", of(Names.LOCK));
    }

    @Test
    void everybodyWorksInAFolderOpenToEverybody() throws IOException {
        made(root, 0, 0, 0777);
        assertBothWork();
        assertEquals("777 60002:60002", of("ExperimentRuns/TS_2"));
        assertEquals("666 60001:60001", of("ExperimentRuns/TS_2/Picks/alice_1_ribo.json"));
        assertEquals("666 60001:60001", of(Names.LOCK));
    }

    @Test
    void aFolderWithADefaultAclNeedsNoMore() throws Exception {
        made(root, 0, 0, 0755);
        // u::rwx g::r-x g:LAB:rwx m::rwx o::r-x, as "setfacl -m g:LAB:rwX -d -m g:LAB:rwX" leaves it
        String setAcl = """
                import os, struct, sys
                entries = (1, 7, -1), (4, 5, -1), (8, 7, int(sys.argv[2])), (16, 7, -1), (32, 5, -1)
                acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", t, p, i % 2**32) for t, p, i in entries)
                for kind in ("access", "default"):
                    os.setxattr(sys.argv[1], "system.posix_acl_" + kind, acl)
                """;
        Process python = new ProcessBuilder("python3", "-c", setAcl, root.toString(), "" + LAB)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(python.waitFor() == 0, "this disk has no access control lists");
        assertBothWork();
        alice().does("write", root, "counter", "0");
        assertCountsAddUp(root, "counter");
    }

    @Test
    void usersWhoMayOnlyReadALockExcludeEachOther() throws IOException {
        made(root, 0, LAB, 02775);
        alice().does("write", root, "counter", "0");
        owned(Files.createFile(root.resolve(Names.LOCK)), 60_003, 60_003, 0644);
        assertCountsAddUp(root, "counter");
        assertEquals("644 60003:60003", of(Names.LOCK));
        assertTrue(of(Names.lock(2)).startsWith("664 "), of(Names.lock(2)));
    }

    @Test
    @Timeout(120)
    void aUserWhoMayOnlyReadALockWaitsForItsOwner() throws Exception {
        made(root, 0, LAB, 02775);
        bob().does("write", root, "x", "0");
        Path lock = owned(Files.createFile(root.resolve(Names.LOCK)), ALICE, ALICE, 0644);
        // like an older version, which does not let others write the file
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertTrue(held.isValid());
            bob().begin("replace", root, "x", "1");
            while (!bob().waitsForALock()) {
                assertFalse(bob().hasAnswered(), "the second user does not wait for the lock");
                Thread.onSpinWait();
            }
            Files.writeString(root.resolve("x"), "replaced");
        }
        assertTrue(bob().answer().startsWith("ConflictException: "));
        assertEquals("replaced", Files.readString(root.resolve("x")));
    }

    @Test
    void noLinkLeadsToTheFilesOfAnotherUser() throws IOException {
        made(root, 0, LAB, 02775);
        Path secret = owned(Files.createFile(folder.resolve("secret")), ALICE, LAB, 0600);
        Files.createSymbolicLink(root.resolve(Names.LOCK), secret);
        alice().does("write", root, "x", "1");
        alice().does("replace", root, "x", "2");
        assertEquals("600 60001:60100", of(secret.toString()));
    }

    @Test
    void anOwnerOpensALockToAllWhoShareTheFolder() throws IOException {
        made(root, 0, LAB, 02775);
        bob().does("write", root, "counter", "0");
        owned(Files.createFile(root.resolve(Names.LOCK)), ALICE, ALICE, 0444);
        owned(Files.createFile(root.resolve(Names.lock(2))), BOB, BOB, 0600);
        bob().does("replace", root, "counter", "0");
        assertEquals("444 60001:60001", of(Names.LOCK));
        assertEquals("660 60002:60100", of(Names.lock(2)));
        assertCountsAddUp(root, "counter");
        assertFalse(Files.exists(root.resolve(Names.lock(3))));
    }

    @Test
    void aLockThatNobodyElseMayReadStopsNobody() throws IOException {
        made(root, 0, LAB, 02775);
        owned(Files.createFile(root.resolve(Names.LOCK)), ALICE, ALICE, 0600);
        bob().does("project-run", root, "TS_1");
        bob().does("project-picks", root, "TS_1", "bob", 3);
        bob().does("project-repick", root, "TS_1", "bob", 4);
    }

    @Test
    void aRootInWhichNothingCanBeMadeIsLockedBelow() throws IOException {
        made(root, 0, 0, 0755);
        made(root.resolve("ExperimentRuns"), 0, 0, 0755);
        made(root.resolve("ExperimentRuns/TS_1"), 0, 0, 0755);
        made(root.resolve(PICKS), 0, LAB, 02775);
        alice().does("project-picks", root, "TS_1", "alice", 2);
        bob().does("project-repick", root, "TS_1", "alice", 3);
        alice().does("project-repick", root, "TS_1", "alice", 4);
        assertEquals("664 60001:60100", of(PICKS + "/" + Names.LOCK));
        alice().does("write", root, PICKS + "/counter", "0");
        assertCountsAddUp(root, PICKS + "/counter");
        String denied = bob().isDenied("project-run", root, "TS_2");
        assertTrue(denied.contains("permission denied on " + root.resolve("ExperimentRuns")), denied);
    }

    @Test
    void inAStickyFolderEverybodyWorksOnHisOwn() throws IOException {
        made(root, 0, 0, 01777);
        alice().does("write", root, "alice.json", "1");
        alice().does("replace", root, "alice.json", "2");
        bob().does("write", root, "bob.json", "1");
        bob().does("replace", root, "bob.json", "2");
        String denied = bob().isDenied("replace", root, "alice.json", "3");
        assertTrue(denied.contains("permission denied on " + root.resolve("alice.json")), denied);
        bob().isDenied("delete", root, "alice.json");
        assertEquals("644 60001:60001", of("alice.json"), "new files are not opened to everybody");
        alice().does("write", root, "of-alice/x", "1");
        assertEquals("755 60001:60001", of("of-alice"), "new folders are not opened to everybody");
        bob().isDenied("write", root, "of-alice/y", "1");
        bob().isDenied("delete-prefix", root, "of-alice/");
        assertEquals("2", Files.readString(root.resolve("alice.json")));
        assertEquals("1", Files.readString(root.resolve("of-alice/x")));
        assertEquals(List.of(), hidden(root));
    }

    @Test
    void aUmaskThatKeepsOthersOutIsHeeded() throws IOException {
        made(root, 0, LAB, 02775);
        try (User careful = member(60_004, "077")) {
            careful.does("write", root, "private/x", "1");
            careful.does("write", root, "x", "1");
            careful.does("replace", root, "x", "2");
        }
        assertEquals("2700 60004:60100", of("private"));
        assertEquals("600 60004:60100", of("private/x"));
        assertEquals("600 60004:60100", of("x"));
        assertEquals(
                "660 60004:60100", of(Names.LOCK), "all users of the folder may write the lock file, which is empty");
        bob().does("write", root, "y", "1");
        bob().does("replace", root, "y", "2");
        assertFalse(Files.exists(root.resolve(Names.lock(2))));
    }

    @Test
    void aFolderOfOneUserStaysHisOwn() throws IOException {
        made(root, ALICE, ALICE, 0755);
        alice().does("project-run", root, "TS_1");
        alice().does("project-picks", root, "TS_1", "alice", 2);
        alice().does("project-repick", root, "TS_1", "alice", 3);
        assertEquals("755 60001:60001", of("ExperimentRuns/TS_1/Picks"));
        assertEquals("644 60001:60001", of("ExperimentRuns/TS_1/Picks/alice_1_ribo.json"));
        assertEquals("644 60001:60001", of(Names.LOCK));
        bob().isDenied("project-picks", root, "TS_1", "bob", 3);
        bob().isDenied("project-repick", root, "TS_1", "alice", 3);
        assertEquals("3", bob().asks("project-count", root, "TS_1", "alice"));
    }

    @Test
    void aReplacedFileKeepsItsGroupAndItsWriters() throws IOException {
        made(root, 0, LAB, 0775);
        owned(Files.writeString(root.resolve("secret"), "old"), ALICE, LAB, 0640);
        owned(Files.writeString(root.resolve("own"), "old"), ALICE, ALICE, 0640);
        owned(Files.writeString(root.resolve("protected"), "old"), ALICE, LAB, 0444);
        alice().does("write", root, "protected", "new");
        assertEquals("444 60001:60100", of("protected"));
        bob().does("write", root, "secret", "new");
        assertEquals("660 60002:60100", of("secret"), "the former owner may write, and nobody else may read");
        bob().does("write", root, "own", "new");
        assertEquals("600 60002:60002", of("own"), "the new group gets no permission");
        try (LocalStore store = new LocalStore(root)) {
            store.write("secret", "root's".getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        }
        assertEquals("660 60002:60100", of("secret"), "root restores the owner and group");
    }

    /** The folder has the permissions that Python gives it, determined by the umask alone. */
    @Test
    void aFolderThatCannotBeDeletedIsNotDeletedInPart() throws IOException {
        made(root, 0, LAB, 02775);
        made(root.resolve("volume"), ALICE, LAB, 02755);
        made(root.resolve("volume/0"), ALICE, LAB, 02775);
        Files.writeString(root.resolve("volume/0/chunk"), "1");
        Files.writeString(root.resolve("volume/meta"), "1");
        bob().does("write", root, "staged/meta", "2");
        for (String denied : List.of(
                bob().isDenied("delete-prefix", root, "volume/"),
                bob().isDenied("replace-prefix", root, "staged/", "volume/"))) {
            assertTrue(denied.contains("permission denied on " + root.resolve("volume") + ";"), denied);
        }
        assertEquals("1", Files.readString(root.resolve("volume/0/chunk")));
        assertEquals("1", Files.readString(root.resolve("volume/meta")));
        assertEquals(List.of(), hidden(root));
        Ownership.setMode(root.resolve("volume"), 02775);
        bob().does("replace-prefix", root, "staged/", "volume/");
        assertEquals("2", Files.readString(root.resolve("volume/meta")));
        assertFalse(Files.exists(root.resolve("volume/0")));
    }

    @Test
    void aFolderThatItsOwnerProtectsStaysWhereItIs() throws IOException {
        made(root, ALICE, ALICE, 0755);
        alice().does("write", root, "volume/0/chunk", "1");
        alice().does("write", root, "volume/meta", "1");
        alice().does("write", root, "staged/meta", "2");
        for (String below : List.of("volume/0", "volume")) {
            Ownership.setMode(root.resolve(below), 0555);
            for (String denied : List.of(
                    alice().isDenied("delete-prefix", root, "volume/"),
                    alice().isDenied("replace-prefix", root, "staged/", "volume/"))) {
                assertTrue(denied.contains("permission denied on " + root.resolve("volume")), denied);
            }
            assertEquals("1", Files.readString(root.resolve("volume/0/chunk")));
            assertEquals("1", Files.readString(root.resolve("volume/meta")));
            assertEquals(List.of(), hidden(root));
        }
        Ownership.setMode(root.resolve("volume"), 0755);
        Ownership.setMode(root.resolve("volume/0"), 0755);
        alice().does("replace-prefix", root, "staged/", "volume/");
        alice().does("delete-prefix", root, "volume/");
    }

    @Test
    void aDeletionSucceedsIfAnEmptyFolderRemains() throws IOException {
        made(root, 0, 0, 01777);
        made(root.resolve("of-alice"), ALICE, ALICE, 0777);
        bob().does("write", root, "of-alice/x", "1");
        bob().does("delete", root, "of-alice/x");
        assertTrue(Files.isDirectory(root.resolve("of-alice")), "only its owner may remove it from a sticky folder");
    }

    @Test
    void aFailedCreationLeavesNothing() throws IOException {
        made(root, 0, LAB, 02775);
        made(root.resolve("ExperimentRuns"), 0, LAB, 02775);
        made(root.resolve("ExperimentRuns/TS_1"), 0, LAB, 02775);
        // with this umask, users cannot write even in their own new folders
        try (User blocked = member(60_005, "777")) {
            blocked.isDenied("project-run", root, "TS_2");
            blocked.isDenied("project-spacing", root, "TS_1", 10);
            blocked.isDenied("project-picks", root, "TS_1", "blocked", 1);
            blocked.isDenied("project-run", folder.resolve("none/at/all"), "TS_2");
        }
        try (Stream<Path> left = Files.walk(root)) {
            assertEquals(
                    List.of("", "ExperimentRuns", "ExperimentRuns/TS_1"),
                    left.map(path -> root.relativize(path).toString()).sorted().toList());
        }
    }

    /** Uses a folder without permission to list it, which proves that lookups do not list it. */
    @Test
    void runsAreLookedForAndMadeWithoutListingTheOthers() throws IOException {
        made(root, 0, LAB, 02775);
        Path runs = made(root.resolve("ExperimentRuns"), 0, LAB, 02775);
        made(runs.resolve("TS_1"), 0, LAB, 02775);
        Ownership.setMode(runs, 02330);
        bob().isDenied("delete-prefix", root, "ExperimentRuns/");
        assertEquals("true", bob().asks("project-has-run", root, "TS_1"), "an empty folder is a run");
        assertEquals("false", bob().asks("project-has-run", root, "TS_2"));
        bob().does("project-run", root, "TS_2");
        bob().does("project-spacing", root, "TS_2", 10);
        bob().does("project-tomogram", root, "TS_2", 1);
    }
}
