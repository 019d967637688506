package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The promises of stores that can replace everything below a prefix atomically. */
interface StorePrefixContract extends StoreFixture {
    /** Content of the objects that are replaced. A reader may find {@code OLD}, {@code NONE}, {@code NEW} in this order. */
    byte OLD = 0;

    /** Content that stands for an absent object. */
    byte NONE = 1;

    /** Content of the objects that replace others. */
    byte NEW = 2;

    /** Tests that replacePrefix replaces all objects below the prefix by the staged ones. */
    @Promise("replacePrefix replaces all objects below the prefix by the staged ones")
    default void replacesAPrefixAtOnce() {
        put("run/new.staged/0/1", "new chunk");
        put("run/new.staged/meta", "new");
        put("run/image/0/1", "old chunk");
        put("run/image/0/2", "another old chunk");
        put("run/imagery", "a neighbour");
        if (refuses(
                StoreCapability.REPLACE_PREFIX,
                () -> store().replacePrefix("run/new.staged/", "run/image/", WriteCondition.ANY),
                () -> store().replacePrefix("run/new.staged/", "elsewhere/", WriteCondition.IF_ABSENT))) {
            return;
        }
        store().replacePrefix("run/new.staged/", "run/image/", WriteCondition.ANY);
        String promise = "replacePrefix replaces all objects below the prefix by the staged ones";
        assertKeys(List.of("run/image/0/1", "run/image/meta", "run/imagery"), "", promise);
        assertHolds("run/image/0/1", "new chunk", promise);

        put("staged/a", "first");
        store().replacePrefix("staged/", "new/place/", WriteCondition.ANY);
        assertHolds("new/place/a", "first", "replacePrefix works for a prefix without objects");
        assertThrows(NotFoundException.class, () -> store().replacePrefix("staged/", "new/place/", WriteCondition.ANY));
        assertHolds("new/place/a", "first", "a failed replacement changes nothing");
        for (String[] wrong : new String[][] {{"", "a/"}, {"a/", ""}, {"new/", "new/place/"}, {"new/place/", "new/"}}) {
            assertThrows(
                    InvalidNameException.class, () -> store().replacePrefix(wrong[0], wrong[1], WriteCondition.ANY));
        }

        put("second/b", "second");
        Version version = store().info("new/place/a").orElseThrow().version();
        assertThrows(
                UnsupportedFeatureException.class,
                () -> store().replacePrefix("second/", "new/place/", WriteCondition.ifVersion(version)),
                "IfVersion is refused");
        assertHolds("new/place/a", "first", "a refused replacement changes nothing");
        String kept = "a refused replacePrefix with IF_ABSENT changes neither the prefix nor the staged objects";
        assertThrows(
                AlreadyExistsException.class,
                () -> store().replacePrefix("second/", "new/place/", WriteCondition.IF_ABSENT),
                kept);
        assertHolds("new/place/a", "first", kept);
        assertHolds("second/b", "second", kept);
        store().replacePrefix("second/", "another/place/", WriteCondition.IF_ABSENT);
        assertHolds(
                "another/place/b", "second", "replacePrefix with IF_ABSENT moves staged objects to an empty prefix");
    }

    /** Tests that replacePrefix on a closed store or an interrupted thread throws and changes nothing. */
    @Promise("replacePrefix on a closed store or an interrupted thread throws and changes nothing")
    default void closedAndInterruptedNothingIsReplaced() {
        put("old/a", "old");
        put("new/a", "new");
        if (refuses(StoreCapability.REPLACE_PREFIX, () -> store().replacePrefix("new/", "old/", WriteCondition.ANY))) {
            return;
        }
        ObjectStore closed = another();
        closed.close();
        assertThrows(
                ClosedException.class,
                () -> closed.replacePrefix("new/", "old/", WriteCondition.ANY),
                "after close every method throws ClosedException");
        boolean stillSet;
        try {
            Thread.currentThread().interrupt();
            assertThrows(
                    OperationInterruptedException.class,
                    () -> store().replacePrefix("new/", "old/", WriteCondition.ANY),
                    "interrupting a thread ends its call with OperationInterruptedException");
        } finally {
            stillSet = Thread.interrupted();
        }
        assertTrue(stillSet, "the interrupt flag stays set");
        assertHolds("old/a", "old", "a failed replacement changes nothing");
        assertHolds("new/a", "new", "a failed replacement changes nothing");
    }

    /**
     * Tests that replacePrefix is atomic: readers find the old, then perhaps nothing, then the new, never a mixture.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("replacePrefix is atomic: readers find the old, then perhaps nothing, then the new, never a mixture")
    default void aPrefixIsReplacedAtOnce() throws Exception {
        if (refuses(StoreCapability.REPLACE_PREFIX)) {
            return;
        }
        List<String> names = IntStream.range(0, 40).mapToObj(i -> i + "/0").toList();
        for (int round = 0; round < rounds(); round++) {
            put(names.stream().collect(Collectors.toMap(name -> "p/x/" + name, name -> new byte[] {OLD})));
            put(names.stream().collect(Collectors.toMap(name -> "p/new/" + name, name -> new byte[] {NEW})));
            AtomicBoolean stop = new AtomicBoolean();
            List<Callable<Integer>> tasks = new ArrayList<>();
            tasks.add(() -> {
                try {
                    store().replacePrefix("p/new/", "p/x/", WriteCondition.ANY);
                } finally {
                    stop.set(true);
                }
                return 0;
            });
            tasks.add(() -> {
                while (!stop.get()) {
                    int before = OLD;
                    for (String name : names) {
                        int now = store().read("p/x/" + name)
                                .map(read -> read.bytes()[0])
                                .orElse(NONE);
                        assertTrue(before <= now, "p/x/" + name + " is older than the object that was read before it");
                        before = now;
                    }
                }
                return 0;
            });
            StoreThreadsContract.together(tasks);
        }
    }

    /**
     * Tests that deletePrefix is atomic if replacePrefix is supported: readers find all objects or none.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("deletePrefix is atomic if replacePrefix is supported: readers find all objects or none")
    default void aPrefixGoesAtOnce() throws Exception {
        if (refuses(StoreCapability.REPLACE_PREFIX)) {
            return;
        }
        List<String> keys =
                IntStream.range(0, 40).mapToObj(i -> "p/x/" + i + "/0").toList();
        for (int round = 0; round < rounds(); round++) {
            put(keys.stream().collect(Collectors.toMap(key -> key, StoreFixture::bytes)));
            AtomicBoolean stop = new AtomicBoolean();
            List<Callable<Integer>> tasks = new ArrayList<>();
            tasks.add(() -> {
                try {
                    store().deletePrefix("p/x/");
                } finally {
                    stop.set(true);
                }
                return 0;
            });
            tasks.add(() -> {
                while (!stop.get()) {
                    boolean gone = false;
                    for (String key : keys) {
                        boolean there = store().info(key).isPresent();
                        assertFalse(
                                gone && there, "some objects of the prefix are deleted, but " + key + " still exists");
                        gone |= !there;
                    }
                }
                return 0;
            });
            StoreThreadsContract.together(tasks);
        }
    }
}
