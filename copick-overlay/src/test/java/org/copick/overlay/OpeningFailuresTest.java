package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeSet;
import org.copick.config.ProjectConfig;
import org.copick.error.StorageException;
import org.copick.spi.StoreOpener;
import org.copick.storage.ForwardingStore;
import org.copick.storage.StoreCapability;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.Test;

final class OpeningFailuresTest {
    private final TreeSet<String> open = new TreeSet<>();

    /** Opens a store whose capabilities cannot be determined if its URL says so. */
    private ForwardingStore opened(String url) {
        open.add(url);
        return new ForwardingStore(new MemoryStore()) {
            @Override
            public boolean can(StoreCapability capability) {
                if (url.endsWith("broken")) {
                    throw new StorageException("no answer", new IllegalStateException());
                }
                return super.can(capability);
            }

            @Override
            public String location() {
                return url;
            }

            @Override
            public void close() {
                open.remove(url);
                super.close();
            }
        };
    }

    @Test
    void everyOpenedStoreIsClosedIfOneFails() {
        StoreOpener stores = (url, options) -> opened(url);
        for (List<String> roots :
                List.of(List.of("a://broken", "a://b"), List.of("a://b", "a://broken"), List.of("a://a", "a://b"))) {
            boolean fails = roots.toString().contains("broken");
            ProjectConfig config = ProjectConfig.parse(
                    "{\"overlay_root\": \"%s\", \"static_root\": \"%s\", \"pickable_objects\": []}"
                            .formatted(roots.toArray()),
                    "test");
            OverlayBackendProvider provider = new OverlayBackendProvider();
            if (fails) {
                assertThrows(StorageException.class, () -> provider.open(config, stores));
            } else {
                provider.open(config, stores).close();
            }
            assertEquals(List.of(), List.copyOf(open), roots + " are closed");
        }
    }
}
