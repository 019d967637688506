package org.copick.s3;

import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MotoBackendTest extends BackendContract {
    @Override
    protected Backend openEmpty() {
        return new LayoutBackend(ExternalS3.moto().open(), "overlay", false);
    }

    @Override
    protected boolean createsAtomically() {
        return false;
    }
}
