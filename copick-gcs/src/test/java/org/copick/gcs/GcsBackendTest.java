package org.copick.gcs;

import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class GcsBackendTest extends BackendContract {
    @Override
    protected Backend openEmpty() {
        return new LayoutBackend(GcsServerUnderTest.place().open(), "overlay", false);
    }
}
