package org.copick.tests.broken;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Supplier;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.StoreCall;

/** Replaces and deletes all objects below a prefix atomically, by locking out other readers and writers. */
class ReplacingStore extends Passing {
    private final ReadWriteLock lock;

    /**
     * Wraps a store.
     *
     * @param lock the lock that all stores of the place share
     */
    ReplacingStore(ObjectStore store, ReadWriteLock lock) {
        super(store);
        this.lock = lock;
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of(
                StoreCapability.WRITE,
                StoreCapability.CREATE_IF_ABSENT,
                StoreCapability.REPLACE_IF_VERSION,
                StoreCapability.REPLACE_PREFIX);
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        call(new StoreCall(Kind.REPLACE_PREFIX, prefix, List.of()), () -> {
            check(staged, prefix, condition);
            move(staged, prefix);
            return prefix;
        });
    }

    /** Throws if the replacement must be refused. */
    void check(String staged, String prefix, WriteCondition condition) {
        Keys.checkedPrefix(staged);
        Keys.checkedPrefix(prefix);
        if (staged.isEmpty() || prefix.isEmpty() || staged.startsWith(prefix) || prefix.startsWith(staged)) {
            throw new InvalidNameException("cannot replace \"" + prefix + "\" by \"" + staged + "\"");
        }
        if (condition instanceof WriteCondition.IfVersion) {
            throw new UnsupportedFeatureException("prefixes have no versions");
        }
        if (below(staged).isEmpty()) {
            throw new NotFoundException("nothing is below " + staged);
        }
        if (condition == WriteCondition.IF_ABSENT && !below(prefix).isEmpty()) {
            throw new AlreadyExistsException("there is something below " + prefix);
        }
    }

    void move(String staged, String prefix) {
        good().deletePrefix(prefix);
        copy(staged, prefix);
        good().deletePrefix(staged);
    }

    final void copy(String staged, String prefix) {
        for (String key : below(staged)) {
            byte[] bytes = good().read(key).orElseThrow().bytes();
            good().write(prefix + key.substring(staged.length()), bytes, WriteCondition.ANY);
        }
    }

    final List<String> below(String prefix) {
        return good().list(prefix, null, 1_000_000).objects().stream()
                .map(ObjectInfo::key)
                .toList();
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        boolean alone = call.kind() == Kind.REPLACE_PREFIX || call.kind() == Kind.DELETE_PREFIX;
        Lock held = alone ? lock.writeLock() : lock.readLock();
        held.lock();
        try {
            return operation.get();
        } finally {
            held.unlock();
        }
    }
}
