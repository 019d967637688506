package org.copick.s3;

import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MotoProjectTest extends ProjectContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalS3.moto();
    }

    @Override
    public int rounds() {
        return 5;
    }
}
