package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The promises of writing an object piece by piece. */
interface StorePiecesContract extends StoreFixture {
    /** A size in bytes larger than the buffers of all writers, so that they send data before the object is complete. */
    int LARGE = (16 << 20) + 12_345;

    /** Sizes in bytes of objects that are written piece by piece. */
    List<Integer> SIZES = List.of(0, 1, 70_001, LARGE);

    /** One size in bytes that fits into any buffer, and one that fits into none. */
    List<Integer> SMALL_AND_LARGE = List.of(70_001, LARGE);

    private static byte[] content(int size) {
        byte[] random = new byte[1 << 16];
        new Random(size).nextBytes(random);
        byte[] content = new byte[size];
        for (int from = 0; from < size; from += random.length) {
            random[0]++; // makes all pieces different
            System.arraycopy(random, 0, content, from, Math.min(random.length, size - from));
        }
        return content;
    }

    /** Appends content in pieces of many sizes, from an array that is reused after each call. */
    private static void append(ObjectWriter writer, byte[] content) {
        byte[] piece = new byte[(1 << 20) + 10];
        int length = 1;
        for (int done = 0; done < content.length; ) {
            int now = Math.min(length, content.length - done);
            System.arraycopy(content, done, piece, 5, now);
            writer.append(piece, 5, now);
            Arrays.fill(piece, (byte) -1);
            done += now;
            length = Math.min(1 << 20, 3 * length);
        }
        writer.append(new byte[0]);
    }

    private ObjectInfo write(String key, byte[] content, WriteCondition condition) {
        try (ObjectWriter writer = store().writer(key, condition)) {
            append(writer, content);
            return writer.complete();
        }
    }

    private boolean refusesPieces(StoreCapability capability, WriteCondition condition) {
        return refuses(capability, () -> write("object", content(10), condition));
    }

    /** Tests that an object that is written piece by piece is visible only when it is complete, and then like any other. */
    @Promise("an object that is written piece by piece is visible only when it is complete, and then like any other")
    default void piecesMakeAnObject() {
        if (refusesPieces(StoreCapability.WRITE, WriteCondition.ANY)) {
            return;
        }
        String promise = "an object that is written piece by piece is visible only when it is complete";
        for (int size : SIZES) {
            String key = "pieces/" + size;
            byte[] content = content(size);
            try (ObjectWriter writer = store().writer(key, WriteCondition.ANY)) {
                append(writer, content);
                assertTrue(another().info(key).isEmpty(), promise);
                assertTrue(
                        store().list("", null, 1000).objects().stream()
                                .noneMatch(object -> object.key().equals(key)),
                        promise);
                ObjectInfo written = writer.complete();
                assertEquals(
                        new ObjectInfo(key, size, written.version()), written, "complete returns the key and size");
                assertEquals(written, another().info(key).orElseThrow(), "complete returns the same as info");
            }
            assertArrayEquals(
                    content, store().read(key).orElseThrow().bytes(), "the object holds all pieces, in order");
        }
        put("replaced", "before");
        write("replaced", content(70_001), WriteCondition.ANY);
        assertArrayEquals(
                content(70_001),
                store().read("replaced").orElseThrow().bytes(),
                "a writer replaces an existing object");
    }

    /** Tests that a writer that is closed before it is complete changes nothing. */
    @Promise("a writer that is closed before it is complete changes nothing")
    default void aClosedWriterLeavesNothing() {
        if (refusesPieces(StoreCapability.WRITE, WriteCondition.ANY)) {
            return;
        }
        put("there", "before");
        for (int size : SMALL_AND_LARGE) {
            for (String key : List.of("there", "new/object")) {
                ObjectWriter writer = store().writer(key, WriteCondition.ANY);
                append(writer, content(size));
                writer.close();
                writer.close();
            }
            assertHolds("there", "before", "a writer that is closed early changes nothing");
            assertTrue(store().info("new/object").isEmpty(), "a writer that is closed early leaves no object");
            assertEquals(
                    1,
                    store().list("", null, 10).objects().size(),
                    "a writer that is closed early leaves no other object");
        }
        write("there", content(10), WriteCondition.ANY);
        assertArrayEquals(
                content(10), store().read("there").orElseThrow().bytes(), "closing a complete writer keeps the object");
    }

    /** Tests that with IF_ABSENT exactly one of several writers creates the object. */
    @Promise("with IF_ABSENT exactly one of several writers creates the object")
    default void piecesIfAbsent() {
        if (refusesPieces(StoreCapability.CREATE_IF_ABSENT, WriteCondition.IF_ABSENT)) {
            return;
        }
        for (int size : SMALL_AND_LARGE) {
            String key = "absent/" + size;
            try (ObjectWriter slow = store().writer(key, WriteCondition.IF_ABSENT)) {
                append(slow, content(size));
                ObjectInfo first = write(key, content(size), WriteCondition.IF_ABSENT);
                assertThrows(AlreadyExistsException.class, slow::complete, "IF_ABSENT never replaces");
                assertEquals(first, store().info(key).orElseThrow(), "the writer that completed first succeeds");
            }
            assertThrows(
                    AlreadyExistsException.class,
                    () -> write(key, content(size), WriteCondition.IF_ABSENT),
                    "IF_ABSENT never replaces");
        }
    }

    /** Tests that with IfVersion a writer replaces the expected version, and no other. */
    @Promise("with IfVersion a writer replaces the expected version, and no other")
    default void piecesIfVersion() {
        if (refusesPieces(replacing(), WriteCondition.ifVersion(new Version("1")))) {
            return;
        }
        for (int size : SMALL_AND_LARGE) {
            String key = "version/" + size;
            Version first = write(key, content(size), WriteCondition.ANY).version();
            byte[] second = content(size + 1);
            try (ObjectWriter slow = store().writer(key, WriteCondition.ifVersion(first))) {
                append(slow, content(size));
                write(key, second, WriteCondition.ifVersion(first));
                assertThrows(ConflictException.class, slow::complete, "another version is not replaced");
            }
            assertArrayEquals(
                    second, store().read(key).orElseThrow().bytes(), "the writer that completed first succeeds");
        }
        assertThrows(
                ConflictException.class,
                () -> write("missing", content(10), WriteCondition.ifVersion(new Version("1"))),
                "a missing object has no version");
    }

    /** Tests that a writer that is interrupted, or whose store is closed, fails and leaves nothing. */
    @Promise("a writer that is interrupted, or whose store is closed, fails and leaves nothing")
    default void aWriterEndsWithItsStore() {
        if (refusesPieces(StoreCapability.WRITE, WriteCondition.ANY)) {
            return;
        }
        for (int size : SMALL_AND_LARGE) {
            try (ObjectWriter writer = store().writer("object", WriteCondition.ANY)) {
                append(writer, content(size));
                Thread.currentThread().interrupt();
                try {
                    assertThrows(
                            OperationInterruptedException.class,
                            writer::complete,
                            "an interrupt ends complete with an exception");
                } finally {
                    assertTrue(Thread.interrupted(), "the interrupt flag stays set");
                }
            }
            assertTrue(store().info("object").isEmpty(), "an interrupted write leaves no object");
            ObjectStore other = another();
            try (ObjectWriter writer = other.writer("object", WriteCondition.ANY)) {
                append(writer, content(size));
                other.close();
                assertThrows(ClosedException.class, writer::complete, "a writer of a closed store writes nothing");
            }
            assertTrue(store().info("object").isEmpty(), "a writer of a closed store writes nothing");
        }
    }
}
