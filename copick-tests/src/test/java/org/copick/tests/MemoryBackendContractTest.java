package org.copick.tests;

import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;

final class MemoryBackendContractTest extends BackendContract {
    @Override
    protected Backend openEmpty() {
        return new LayoutBackend(new MemoryStore(), "overlay", false);
    }
}
