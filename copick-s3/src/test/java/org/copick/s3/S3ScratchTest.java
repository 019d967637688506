package org.copick.s3;

import java.net.URI;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;

final class S3ScratchTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return S3UnderTest.at(
                URI.create(System.getProperty("scratch.s3", "")),
                "key1",
                "secret12",
                "scratch",
                java.util.Set.of(org.copick.storage.StoreCapability.CREATE_IF_ABSENT),
                S3UnderTest.Quirk.UTF_16_ORDER,
                S3UnderTest.Quirk.NOTHING_BELOW_OBJECTS);
    }

    @Override
    public int rounds() {
        return 5;
    }
}
