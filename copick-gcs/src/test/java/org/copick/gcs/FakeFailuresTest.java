package org.copick.gcs;

import org.copick.tests.network.NetworkFailuresContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeFailuresTest extends NetworkFailuresContract {
    FakeFailuresTest() {
        super(ExternalGcs.place());
    }
}
