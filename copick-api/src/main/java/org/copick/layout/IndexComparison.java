package org.copick.layout;

import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Compares two indexes in key order.
 *
 * @param before the earlier index
 * @param now the later one
 */
record IndexComparison(RootIndex before, RootIndex now) {
    /**
     * Passes differences on in key order.
     *
     * <p>Without versions, a change that keeps the size is no difference.
     */
    void differences(boolean withVersions, Consumer<IndexDifference> action) {
        forEachName((one, two) -> {
            if (two == null) {
                action.accept(new IndexDifference(Objects.requireNonNull(one).name(), IndexDifference.Kind.GONE));
            } else if (one == null) {
                action.accept(new IndexDifference(two.name(), IndexDifference.Kind.MISSING));
            } else if (!isSame(one, two, withVersions)) {
                action.accept(new IndexDifference(one.name(), IndexDifference.Kind.CHANGED));
            }
            return true;
        });
    }

    /**
     * Returns whether the versions in both indexes are from one place.
     *
     * <p>Indexes of a root on a disk do not say where it was. If no object has the version that it had, the root is taken
     * for a copy of the earlier one.
     */
    boolean areFromOnePlace() {
        if (!before.source().equals(now.source())) {
            return false;
        }
        boolean[] shared = {before.source().isPresent()};
        forEachName((one, two) -> {
            shared[0] |= one instanceof IndexEntry.Listed && one.equals(two);
            return !shared[0];
        });
        return shared[0];
    }

    /** Passes on the entries of each name, null for an index that lacks it, until the action returns false. */
    private void forEachName(BiPredicate<@Nullable IndexEntry, @Nullable IndexEntry> action) {
        KeyTable.Cursor left = before.table().from("");
        KeyTable.Cursor right = now.table().from("");
        IndexEntry one = left.next();
        IndexEntry two = right.next();
        boolean goesOn = true;
        while (goesOn && (one != null || two != null)) {
            int order = one == null ? 1 : two == null ? -1 : KeyOrder.BY_CODE_POINT.compare(one.name(), two.name());
            goesOn = action.test(order <= 0 ? one : null, order >= 0 ? two : null);
            one = order <= 0 ? left.next() : one;
            two = order >= 0 ? right.next() : two;
        }
    }

    private static boolean isSame(IndexEntry before, IndexEntry after, boolean withVersions) {
        return (!withVersions && before instanceof IndexEntry.Listed one && after instanceof IndexEntry.Listed two)
                ? one.info().size() == two.info().size()
                : before.equals(after);
    }
}
