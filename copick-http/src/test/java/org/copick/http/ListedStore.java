package org.copick.http;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.copick.error.OperationInterruptedException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardingStore;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A store of a web server whose listings come from the server's memory, as an index would give them. */
final class ListedStore extends ForwardingStore {
    private final ObjectStore http;
    private final WebServer server;

    ListedStore(ObjectStore http, WebServer server) {
        super(http);
        this.http = http;
        this.server = server;
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + limit);
        }
        requireUnlisted(() -> http.list(prefix, after, limit));
        List<ObjectInfo> found = keys(prefix).stream()
                .filter(key -> after == null || KeyOrder.BY_CODE_POINT.compare(key, after) > 0)
                .limit(limit + 1L)
                .flatMap(key -> http.info(key).stream())
                .toList();
        boolean isComplete = found.size() <= limit;
        return new ListPage(isComplete ? found : found.subList(0, limit), isComplete);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        requireUnlisted(() -> http.listFolder(prefix));
        List<ObjectInfo> objects = new ArrayList<>();
        TreeSet<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        for (String key : keys(prefix)) {
            int slash = key.indexOf('/', prefix.length());
            if (slash < 0) {
                http.info(key).ifPresent(objects::add);
            } else {
                prefixes.add(key.substring(0, slash + 1));
            }
        }
        return new FolderListing(objects, List.copyOf(prefixes));
    }

    private List<String> keys(String prefix) {
        return server.keys().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted(KeyOrder.BY_CODE_POINT)
                .toList();
    }

    private static void requireUnlisted(Runnable listing) {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot list: interrupted", new InterruptedException());
        }
        try {
            listing.run();
        } catch (UnsupportedFeatureException e) {
            return;
        }
        throw new AssertionError("a web server cannot list");
    }

    @Override
    public boolean holds(String prefix) {
        requireUnlisted(() -> http.holds(prefix));
        return !keys(prefix).isEmpty();
    }
}
