package org.copick.portal;

import java.io.IOException;
import org.copick.config.ProjectConfig;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.copick.tests.MemoryStore;

/** Tests the promises of backends with a portal without datasets below a writable layer. */
final class PortalBackendContractTest extends BackendContract {
    @Override
    protected Backend openEmpty() throws IOException {
        ProjectConfig config = ProjectConfig.parse(
                "{\"config_type\": \"cryoet_data_portal\", \"overlay_root\": \"memory\", \"dataset_ids\": [],"
                        + " \"pickable_objects\": []}",
                "test");
        return PortalBackendProvider.open(config, (url, options) -> new MemoryStore(), PortalTimes.DEFAULT);
    }
}
