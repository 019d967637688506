package org.copick.s3;

import java.net.URI;
import java.util.Set;
import org.copick.s3.S3UnderTest.Quirk;
import org.copick.storage.StoreCapability;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are started before the tests, with their known differences from Amazon S3.
 *
 * <p>The system properties {@code copick.s3.NAME}, {@code copick.s3.NAME.key} and {@code copick.s3.NAME.secret} are the
 * address, key and secret. Without them these tests fail, because they run only where servers are expected.
 */
final class ExternalS3 {
    private static final String BUCKET = "copick-tests";

    private ExternalS3() {}

    /** Returns a place on MinIO: supports every condition, but does not list keys below an object. */
    static S3UnderTest minio() {
        return place("minio", null, Quirk.NOTHING_BELOW_OBJECTS);
    }

    /** Returns a place on moto: checks conditions, then writes, so that several concurrent writers may succeed. */
    static S3UnderTest moto() {
        return place("moto", Set.of(), Quirk.CLOSES_CONNECTIONS);
    }

    private static S3UnderTest place(String name, @Nullable Set<StoreCapability> conditions, Quirk... quirks) {
        return S3UnderTest.at(
                URI.create(property(name)),
                property(name + ".key"),
                property(name + ".secret"),
                BUCKET,
                conditions,
                quirks);
    }

    private static String property(String name) {
        String value = System.getProperty("copick.s3." + name);
        if (value == null) {
            throw new IllegalStateException("these tests need a running server; set copick.s3." + name);
        }
        return value;
    }
}
