package org.copick.s3;

import java.util.Set;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Nested;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** Runs the kit on LocalStack in a new container; skipped without Docker. */
@Testcontainers(disabledWithoutDocker = true)
final class LocalStackTest {
    @Container
    private static final LocalStackContainer LOCAL_STACK =
            new LocalStackContainer("localstack/localstack:4.7.0").withEnv("SERVICES", "s3");

    /**
     * Returns a place on LocalStack, without conditional writes.
     *
     * <p>LocalStack probably checks conditions, then writes, so that several concurrent writers may succeed.
     */
    private static S3UnderTest newPlace() {
        return S3UnderTest.at(
                LOCAL_STACK.getEndpoint(), LOCAL_STACK.getAccessKey(), LOCAL_STACK.getSecretKey(), "kit", Set.of());
    }

    @Nested
    final class Store extends ObjectStoreContract {
        @Override
        protected StoreUnderTest newStore() {
            return newPlace();
        }

        @Override
        public int rounds() {
            return 5;
        }
    }

    @Nested
    final class Project extends ProjectContract {
        @Override
        protected StoreUnderTest newStore() {
            return newPlace();
        }

        @Override
        public int rounds() {
            return 5;
        }
    }

    @Nested
    final class Entities extends BackendContract {
        @Override
        protected Backend openEmpty() {
            return new LayoutBackend(newPlace().open(), "overlay", false);
        }

        @Override
        protected boolean createsAtomically() {
            return false;
        }
    }
}
