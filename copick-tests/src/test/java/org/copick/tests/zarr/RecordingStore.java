package org.copick.tests.zarr;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;

/** Records which bytes of chunks are read. */
final class RecordingStore extends InterceptingStore {
    final List<String> requests = new CopyOnWriteArrayList<>();

    RecordingStore(ObjectStore store) {
        super(store);
    }

    @Override
    protected <T> T call(StoreCall call, Supplier<T> operation) {
        switch (call.kind()) {
            case READ -> record("all of", call.key());
            case INFO -> record("version of", call.key());
            case READ_RANGES -> {
                StringBuilder text = new StringBuilder();
                for (ByteRange range : call.ranges()) {
                    text.append(range.fromEnd() ? "last " : range.offset() + "+")
                            .append(range.length())
                            .append(' ');
                }
                record(text + "of", call.key());
            }
            default -> {}
        }
        return operation.get();
    }

    private void record(String what, String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (!name.startsWith(".z") && !name.equals("zarr.json")) {
            requests.add(what + " " + key);
        }
    }
}
