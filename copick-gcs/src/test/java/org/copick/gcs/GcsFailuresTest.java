package org.copick.gcs;

import org.copick.tests.network.NetworkFailuresContract;

final class GcsFailuresTest extends NetworkFailuresContract {
    GcsFailuresTest() {
        super(GcsServerUnderTest.place());
    }
}
