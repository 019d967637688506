package org.copick.overlay;

import java.util.List;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.copick.tests.MemoryStore;

final class OverlayBackendContractTest extends BackendContract {
    @Override
    protected Backend openEmpty() {
        return new OverlayBackend(List.of(
                new LayoutBackend(new MemoryStore(), "overlay", false),
                new LayoutBackend(new MemoryStore(), "static", true)));
    }
}
