package org.copick.gcs;

import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeLargeObjectTest extends LargeObjectContract {
    FakeLargeObjectTest() {
        super(ExternalGcs.place());
    }
}
