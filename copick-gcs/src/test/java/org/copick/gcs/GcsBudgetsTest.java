package org.copick.gcs;

import org.copick.tests.network.NetworkBudgetsContract;

final class GcsBudgetsTest extends NetworkBudgetsContract {
    GcsBudgetsTest() {
        super(GcsServerUnderTest.place());
    }
}
