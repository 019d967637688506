package org.copick.gcs;

import org.copick.tests.network.NetworkBudgetsContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeBudgetsTest extends NetworkBudgetsContract {
    FakeBudgetsTest() {
        super(ExternalGcs.place());
    }
}
