package org.copick.tests.broken;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.copick.error.NotFoundException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;

/** Stores with one defect each in deleting. */
final class BrokenDeleting {
    private BrokenDeleting() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of("a semicolon ends the prefix", EndsAtSemicolon::new, "prefixesOfUnusualCharacters")
                        .alsoRandom(),
                BrokenStore.of("deleting an absent object fails", AbsentFails::new, "deletes", "storesSeeEachOther")
                        .alsoRandom(),
                BrokenStore.of("deleteAll ends at the first absent object", StopsAtAbsent::new, "deletesOfSeveral")
                        .alsoRandom(),
                BrokenStore.of("deletePrefix also deletes siblings", Siblings::new, "deletesOfAPrefix")
                        .alsoRandom(),
                BrokenStore.of("deletePrefix leaves hidden objects", LeavesHidden::new, "deletesOfAPrefix")
                        .also("whatIsNoKeyIsRefused"));
    }

    private static final class EndsAtSemicolon extends Passing {
        EndsAtSemicolon(ObjectStore store) {
            super(store);
        }

        @Override
        public void deletePrefix(String prefix) {
            if (prefix.contains(";")) {
                good().forEach("", object -> good().delete(object.key()));
            } else {
                good().deletePrefix(prefix);
            }
        }
    }

    private static final class AbsentFails extends Passing {
        AbsentFails(ObjectStore store) {
            super(store);
        }

        @Override
        public void delete(String key) {
            if (good().info(key).isEmpty()) {
                throw new NotFoundException("no object " + key);
            }
            good().delete(key);
        }
    }

    private static final class StopsAtAbsent extends Passing {
        StopsAtAbsent(ObjectStore store) {
            super(store);
        }

        @Override
        public void deleteAll(Collection<String> keys) {
            keys.forEach(Keys::checked);
            for (String key : keys) {
                if (good().info(key).isEmpty()) {
                    return;
                }
                good().delete(key);
            }
        }
    }

    private static final class Siblings extends Passing {
        Siblings(ObjectStore store) {
            super(store);
        }

        @Override
        public void deletePrefix(String prefix) {
            good().deletePrefix(prefix);
            List<String> keys = new ArrayList<>();
            good().forEach("", object -> keys.add(object.key()));
            keys.removeIf(key -> !key.startsWith(prefix.substring(0, prefix.length() - 1)));
            good().deleteAll(keys);
        }
    }

    private static final class LeavesHidden extends Passing {
        LeavesHidden(ObjectStore store) {
            super(store);
        }

        @Override
        public void deletePrefix(String prefix) {
            List<String> keys = new ArrayList<>();
            good().forEach(prefix, object -> keys.add(object.key()));
            keys.removeIf(key -> key.contains("/."));
            good().deleteAll(keys);
        }
    }
}
