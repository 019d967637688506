package org.copick.imglib2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import net.imglib2.img.basictypeaccess.DataAccess;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a cell that can be changed. They must be held while they are changed and not written, and while
 * somebody has an access to them and could change them.
 */
final class HeldCell<P> {
    final P elements;
    private volatile boolean changed;

    @GuardedBy("this") private @Nullable Reach reach;

    HeldCell(P elements) {
        this.elements = elements;
    }

    /** The access to a cell, as long as a cursor or random access uses it. */
    static final class Reach extends WeakReference<DataAccess> {
        final long index;

        Reach(long index, DataAccess access, ReferenceQueue<DataAccess> unreachable) {
            super(access, unreachable);
            this.index = index;
        }
    }

    /**
     * Returns the access to the elements, the same one as long as somebody uses it.
     *
     * @param unreachable receives the reach when nobody uses the access any more
     */
    synchronized DataAccess access(long index, ElementArrays<P> arrays, ReferenceQueue<DataAccess> unreachable) {
        DataAccess access = reach == null ? null : reach.get();
        if (access == null) {
            access = arrays.tracked().apply(elements, this);
            reach = new Reach(index, access, unreachable);
        }
        return access;
    }

    /** Returns whether there is nothing to write, and nobody who could change that. */
    synchronized boolean isUnused() {
        return (reach == null || reach.get() == null) && !changed;
    }

    boolean isChanged() {
        return changed;
    }

    void change() {
        // a volatile read for each element is cheap, a write is not
        if (!changed) {
            changed = true;
        }
    }

    void forgetChange() {
        changed = false;
    }
}
