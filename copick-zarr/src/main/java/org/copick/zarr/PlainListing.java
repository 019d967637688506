package org.copick.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Lists keys that are made of numbers, in key order and without making those before or after the page. A page costs as
 * much as its keys and the numbers beside them, however many blocks there are.
 */
final class PlainListing {
    private final String prefix;
    private final @Nullable String after;
    private final int limit;
    private final boolean folder;
    private final List<String> keys = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private boolean more;

    private PlainListing(String prefix, @Nullable String after, int limit, boolean folder) {
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
        this.folder = folder;
    }

    static PlainListing page(String prefix, @Nullable String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + limit);
        }
        return new PlainListing(prefix, after, limit, false);
    }

    static PlainListing folder(String prefix) {
        return new PlainListing(prefix, null, Integer.MAX_VALUE, true);
    }

    List<String> keys() {
        return keys;
    }

    List<String> folders() {
        return folders;
    }

    ListPage page(Function<String, ObjectInfo> info) {
        return new ListPage(keys.stream().map(info).toList(), !more);
    }

    /** Adds a key that follows those added before, if it belongs to the listing. */
    void add(String key) {
        if (!key.startsWith(prefix)
                || (after != null && KeyOrder.BY_CODE_POINT.compare(key, after) <= 0)
                || (folder && key.indexOf('/', prefix.length()) >= 0)) {
            return;
        }
        more = keys.size() == limit;
        if (!more) {
            keys.add(key);
        }
    }

    /** Adds the keys of all blocks of an array. */
    void addBlocks(String before, long[] grid) {
        if (grid.length == 0) {
            add(before + "0");
        }
        for (long blocks : grid) {
            if (blocks == 0) {
                return;
            }
        }
        for (int digit = 0; digit < 10 && grid.length > 0; digit++) {
            addBlocks(before, digit, grid, 0);
        }
    }

    /** Adds the blocks whose index along an axis begins with the digits of a number. */
    private void addBlocks(String before, long number, long[] grid, int axis) {
        String at = before + number;
        if (more || number >= grid[axis] || !mayHold(at)) {
            return;
        }
        if (axis == grid.length - 1) {
            add(at);
        } else if (isFolder(at)) {
            folders.add(at + "/");
        } else {
            for (int digit = 0; digit < 10; digit++) {
                addBlocks(at + "/", digit, grid, axis + 1);
            }
        }
        for (int digit = 0; digit < 10 && number > 0; digit++) {
            addBlocks(before, number * 10 + digit, grid, axis);
        }
    }

    /** Visits the folders named by the numbers below a limit, in key order. */
    void addNumbers(String before, int limit, ObjIntConsumer<String> action) {
        for (int digit = 0; digit < 10; digit++) {
            addNumbers(before, digit, limit, action);
        }
    }

    private void addNumbers(String before, int number, int limit, ObjIntConsumer<String> action) {
        String at = before + number;
        if (more || number >= limit || !mayHold(at)) {
            return;
        }
        if (isFolder(at)) {
            folders.add(at + "/");
        } else {
            action.accept(at + "/", number);
        }
        for (int digit = 0; digit < 10 && number > 0; digit++) {
            addNumbers(before, number * 10 + digit, limit, action);
        }
    }

    private boolean isFolder(String at) {
        return folder && at.startsWith(prefix);
    }

    /** Returns whether a key that begins with a text may belong to the listing. */
    private boolean mayHold(String at) {
        return (at.startsWith(prefix) || prefix.startsWith(at))
                && (after == null || after.startsWith(at) || KeyOrder.BY_CODE_POINT.compare(at, after) > 0);
    }
}
