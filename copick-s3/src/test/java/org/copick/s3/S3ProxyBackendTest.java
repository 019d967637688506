package org.copick.s3;

import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class S3ProxyBackendTest extends BackendContract {
    @Override
    protected Backend openEmpty() {
        return new LayoutBackend(S3ProxyUnderTest.place().open(), "overlay", false);
    }
}
