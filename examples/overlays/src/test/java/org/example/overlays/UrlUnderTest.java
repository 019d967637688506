package org.example.overlays;

import java.util.Optional;
import org.copick.CopickContext;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;

/** A place that is opened by its URL. */
final class UrlUnderTest implements StoreUnderTest {
    private static final CopickContext CONTEXT = CopickContext.builder().build();

    private final String url;

    UrlUnderTest(String url) {
        this.url = url;
    }

    @Override
    public ObjectStore open() {
        return CONTEXT.store(url);
    }

    @Override
    public Optional<String> url() {
        return Optional.of(url);
    }
}
