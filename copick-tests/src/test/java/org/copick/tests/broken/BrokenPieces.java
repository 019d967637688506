package org.copick.tests.broken;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;

/** Stores with one defect each in writing piece by piece. */
final class BrokenPieces {
    /**
     * The tests of piecewise writing. They may fail for every store whose defect affects the writer of {@link Passing}.
     */
    static final Set<String> TESTS = Set.of(
            "piecesMakeAnObject",
            "aClosedWriterLeavesNothing",
            "piecesIfAbsent",
            "piecesIfVersion",
            "aWriterEndsWithItsStore");

    private BrokenPieces() {}

    static List<BrokenStore> all() {
        return List.of(
                broken(
                        "an object is visible after its first piece",
                        (store, key, condition) -> new ForwardedWriter(store.writer(key, condition)) {
                            @Override
                            public void append(byte[] bytes, int from, int length) {
                                store.write(key, new byte[length], WriteCondition.ANY);
                                super.append(bytes, from, length);
                            }
                        },
                        "piecesMakeAnObject",
                        "aClosedWriterLeavesNothing",
                        "piecesIfAbsent",
                        "piecesIfVersion",
                        "aWriterEndsWithItsStore"),
                broken(
                        "closing a writer completes the object",
                        (store, key, condition) -> new ForwardedWriter(store.writer(key, condition)) {
                            private boolean complete;

                            @Override
                            public ObjectInfo complete() {
                                complete = true;
                                return super.complete();
                            }

                            @Override
                            public void close() {
                                if (!complete) {
                                    var unused = complete();
                                }
                                super.close();
                            }
                        },
                        "aClosedWriterLeavesNothing"),
                broken(
                        "writers ignore conditions",
                        (store, key, condition) -> store.writer(key, WriteCondition.ANY),
                        "piecesIfAbsent",
                        "piecesIfVersion"),
                broken(
                        "a writer sends the array of its last piece twice",
                        (store, key, condition) -> new ForwardedWriter(store.writer(key, condition)) {
                            private byte[] kept = {};
                            private int from;
                            private int length;

                            @Override
                            public void append(byte[] bytes, int start, int count) {
                                super.append(kept, from, length);
                                kept = bytes;
                                from = start;
                                length = count;
                            }

                            @Override
                            public ObjectInfo complete() {
                                super.append(kept, from, length);
                                return super.complete();
                            }
                        },
                        "piecesMakeAnObject"),
                broken(
                        "a writer loses everything beyond 16 MiB",
                        (store, key, condition) -> new ForwardedWriter(store.writer(key, condition)) {
                            private int left = 16 << 20;

                            @Override
                            public void append(byte[] bytes, int from, int length) {
                                int now = Math.min(left, length);
                                super.append(bytes, from, now);
                                left -= now;
                            }
                        },
                        "piecesMakeAnObject"));
    }

    /** Creates a defective writer for a good store. */
    @FunctionalInterface
    private interface Writers {
        ObjectWriter open(ObjectStore store, String key, WriteCondition condition);
    }

    private static BrokenStore broken(String name, Writers writers, String... caught) {
        UnaryOperator<ObjectStore> breaking = store -> new Passing(store) {
            @Override
            public ObjectWriter writer(String key, WriteCondition condition) {
                return writers.open(good(), key, condition);
            }
        };
        return BrokenStore.of(name, breaking, caught);
    }
}
