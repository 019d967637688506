package org.copick.layout;

import java.util.Collection;
import org.copick.storage.ChangeFeed;
import org.copick.storage.ForwardedWriter;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;

/** A store that reports its changes, before and after each one, so that no reader misses a change in progress. */
final class WatchedStore extends ForwardingStore {
    private final ChangeFeed changes = new ChangeFeed();

    WatchedStore(ObjectStore store) {
        super(store);
    }

    /** Returns the changes made through this store. */
    ChangeFeed changes() {
        return changes;
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        changes.changed(key);
        try {
            return super.write(key, bytes, condition);
        } finally {
            changes.changed(key);
        }
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        return new ForwardedWriter(super.writer(key, condition)) {
            @Override
            public ObjectInfo complete() {
                changes.changed(key);
                try {
                    return super.complete();
                } finally {
                    changes.changed(key);
                }
            }
        };
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        changing(target, () -> super.copy(object, target));
    }

    @Override
    public void delete(String key) {
        changing(key, () -> super.delete(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        changingMany(() -> super.deleteAll(keys));
    }

    @Override
    public void deletePrefix(String prefix) {
        changingMany(() -> super.deletePrefix(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        changingMany(() -> super.replacePrefix(staged, prefix, condition));
    }

    private void changing(String key, Runnable change) {
        changes.changed(key);
        try {
            change.run();
        } finally {
            changes.changed(key);
        }
    }

    private void changingMany(Runnable change) {
        changes.allChanged();
        try {
            change.run();
        } finally {
            changes.allChanged();
        }
    }
}
