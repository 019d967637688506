package org.copick.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.BrokenPromise;
import org.copick.tests.CannotTest;
import org.copick.tests.MemoryUnderTest;
import org.copick.tests.OverlayContract;
import org.copick.tests.StoreUnderTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests what the kit's failures tell the author of a store. */
final class KitMessagesTest {
    @Test
    void aFailureShowsTheArgumentsAndWhatCame() {
        String message = broken(
                store -> new Passing(store) {
                    @Override
                    public ListPage list(String prefix, @Nullable String after, int limit) {
                        return limit < 1 ? new ListPage(List.of(), true) : good().list(prefix, after, limit);
                    }
                },
                "aPageHasAtLeastOneObject");
        assertContains(message, "Expected java.lang.IllegalArgumentException to be thrown, but nothing was thrown");
        assertContains(message, "\n    after list(\"\", null, 0) returned the last page []");
    }

    @Test
    void aListingShowsItsFirstDifference() {
        String message = broken(
                store -> new Passing(store) {
                    @Override
                    public FolderListing listFolder(String prefix) {
                        FolderListing level = good().listFolder(prefix);
                        List<ObjectInfo> objects = new ArrayList<>(level.objects());
                        if (objects.size() > 3) {
                            objects.remove(2);
                        }
                        return new FolderListing(objects, level.prefixes());
                    }
                },
                "levelsAreLikeFolders");
        assertContains(
                message,
                "the objects directly below \"\", in key order: expected \"a-b\" at index 2, but got \"a.json\""
                        + " (expected 12 elements, got 11 elements)");
        assertContains(message, "\n    after listFolder(\"\") returned objects [\"!\" (1 byte, version \"");
        assertContains(message, ", … 5 more]");
    }

    @Test
    void anExceptionIsShownWithItsCall() {
        String message = broken(
                store -> new Passing(store) {
                    @Override
                    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                        if (condition.equals(WriteCondition.IF_ABSENT)) {
                            throw new IllegalStateException("the disk is full");
                        }
                        return good().write(key, bytes, condition);
                    }
                },
                "createIfAbsent");
        assertContains(
                message,
                "IllegalStateException: the disk is full\n    after write(\"a/object\", 5 bytes, IF_ABSENT) threw it");
    }

    @Test
    void aFailureInAnotherThreadShowsTheCallsOfThatThread() {
        String message = broken(
                store -> new Passing(store) {
                    @Override
                    public Optional<StoredObject> read(String key) {
                        return key.startsWith("a/b/")
                                ? Optional.of(new StoredObject(info(key, new byte[9]), new byte[9]))
                                : good().read(key);
                    }
                },
                "deletingAndWritingInOnePlaceAtOnce");
        assertContains(message, "a write is visible when it returns, even during other calls");
        assertContains(message, "\" (9 bytes, version \"0\") with 9 bytes");
    }

    @Test
    void keysAreShownReadably() {
        String message = broken(
                store -> new Passing(store) {
                    @Override
                    public Optional<ObjectInfo> info(String key) {
                        return key.indexOf('\0') < 0
                                ? good().info(key)
                                : Optional.of(new ObjectInfo(key, 1, new Version("1")));
                    }
                },
                "whatIsNoKeyIsRefused");
        assertContains(message, "after info(\"\\0\") returned \"\\0\" (1 byte, version \"1\")");
    }

    @Test
    void aMissingClassIsAnErrorOfTheSetUp() {
        Error missing = new NoClassDefFoundError("org/example/Missing");
        UnaryOperator<ObjectStore> withoutClass = store -> new Passing(store) {
            @Override
            public Optional<StoredObject> read(String key) {
                throw missing;
            }
        };
        for (String test : List.of("aMissingObjectIsAnEmptyResult", "readersSeeOldOrNewNeverAMixture")) {
            Throwable failure = failure(() -> placeOf(withoutClass), test);
            assertInstanceOf(CannotTest.class, failure);
            assertSame(missing, failure.getCause(), failure::toString);
            assertContains(
                    String.valueOf(failure.getMessage()),
                    "because the set-up of the tests is wrong: java.lang.NoClassDefFoundError: org/example/Missing");
        }
    }

    @Test
    void aPlaceThatCannotBeMadeIsAnErrorOfTheSetUp() {
        IllegalStateException cause = new IllegalStateException("the service does not run");
        Throwable failure = failure(
                () -> {
                    throw cause;
                },
                "prefixesEndAtSlashes");
        assertInstanceOf(CannotTest.class, failure);
        assertEquals(cause, failure.getCause());
    }

    @Test
    void aNewPlaceThatDoesNotOpenIsABrokenPromise() {
        StoreUnderTest closed = () -> {
            throw new IllegalStateException("there is no such folder");
        };
        Throwable failure = failure(() -> closed, "anEmptyStoreListsNothing");
        assertInstanceOf(BrokenPromise.class, failure);
        assertContains(
                String.valueOf(failure.getMessage()),
                "cannot open a store on the new place: java.lang.IllegalStateException: there is no such folder");
    }

    @Test
    void anotherProcessThatCannotOpenThePlaceIsQuoted() {
        MemoryUnderTest memory = new MemoryUnderTest();
        StoreUnderTest unknown = new StoreUnderTest() {
            @Override
            public ObjectStore open() {
                return memory.open();
            }

            @Override
            public Optional<String> url() {
                return Optional.of("unknown://place");
            }
        };
        Throwable failure = failure(() -> unknown, "creatingHasOneWinnerAmongProcesses");
        String message = String.valueOf(failure.getMessage());
        assertContains(message, "the other process (StoreProcess create unknown://place a) ended with exit status 1");
        assertContains(message, "last lines of standard error");
        assertContains(message, "InvalidConfigException");
    }

    private static StoreUnderTest placeOf(UnaryOperator<ObjectStore> breaking) {
        return BrokenStore.of("", breaking).newPlace().get();
    }

    private static String broken(UnaryOperator<ObjectStore> breaking, String test) {
        Throwable failure = failure(() -> placeOf(breaking), test);
        assertInstanceOf(BrokenPromise.class, failure);
        return String.valueOf(failure.getMessage());
    }

    private static Throwable failure(Supplier<StoreUnderTest> place, String test) {
        KitRun run = KitRun.of(place, test);
        return Objects.requireNonNull(run.failures().get(test), run::toString);
    }

    private static void assertContains(String message, String part) {
        assertTrue(message.contains(part), () -> "\"" + part + "\" in: " + message);
    }

    /** The kit has no dependency on copick-overlay, and neither has an author who forgot it. */
    @Test
    void anOverlayWithoutItsBackendNamesTheMissingArtifact() {
        Throwable failure = Objects.requireNonNull(
                KitRun.ofMethod(Overlay.class, "differences").get("differences"), "the contract must fail");
        assertInstanceOf(CannotTest.class, failure);
        assertContains(String.valueOf(failure.getMessage()), "add org.copick:copick-overlay to the test class path");
    }

    /** An overlay in memory over a static root in memory, run only from here. */
    static final class Overlay extends OverlayContract {
        @Override
        protected StoreUnderTest newStore() {
            return new MemoryUnderTest();
        }

        @Override
        protected StoreUnderTest newShared() {
            return new MemoryUnderTest();
        }
    }
}
