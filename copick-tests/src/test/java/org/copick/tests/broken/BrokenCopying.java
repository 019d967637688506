package org.copick.tests.broken;

import java.util.Arrays;
import java.util.List;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/** Stores with one defect each in copying. */
final class BrokenCopying {
    private BrokenCopying() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of("copying moves the object", Moves::new, "copies"),
                BrokenStore.of("a copy is truncated", Cuts::new, "copies"),
                BrokenStore.of("copying does not replace an existing object", KeepsWhatIsThere::new, "copies")
                        .also("copiesOfAnotherVersion"),
                BrokenStore.of("copying ignores the expected version", AnyVersion::new, "copiesOfAnotherVersion"));
    }

    private static final class Moves extends Passing {
        Moves(ObjectStore store) {
            super(store);
        }

        @Override
        public void copy(ObjectInfo object, String target) {
            super.copy(object, target);
            good().delete(object.key());
        }
    }

    private static final class Cuts extends Passing {
        private static final int MOST = 1 << 16;

        Cuts(ObjectStore store) {
            super(store);
        }

        @Override
        public void copy(ObjectInfo object, String target) {
            super.copy(object, target);
            byte[] copied = good().read(target).orElseThrow().bytes();
            good().write(target, Arrays.copyOf(copied, Math.min(copied.length, MOST)), WriteCondition.ANY);
        }
    }

    private static final class KeepsWhatIsThere extends Passing {
        KeepsWhatIsThere(ObjectStore store) {
            super(store);
        }

        @Override
        public void copy(ObjectInfo object, String target) {
            if (good().info(target).isEmpty()) {
                super.copy(object, target);
            }
        }
    }

    private static final class AnyVersion extends Passing {
        AnyVersion(ObjectStore store) {
            super(store);
        }

        @Override
        public void copy(ObjectInfo object, String target) {
            good().info(object.key()).ifPresent(now -> super.copy(now, target));
        }
    }
}
