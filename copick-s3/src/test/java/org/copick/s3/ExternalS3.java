package org.copick.s3;

import java.net.URI;
import java.util.Set;
import org.copick.s3.S3UnderTest.Quirk;
import org.copick.storage.StoreCapability;
import org.jspecify.annotations.Nullable;

/**
 * Servers that were started before the tests, and what is known of them. Address, key and secret are the system properties
 * {@code copick.s3.NAME}, {@code copick.s3.NAME.key} and {@code copick.s3.NAME.secret}; without them these tests fail, because
 * they only run where servers are promised.
 */
final class ExternalS3 {
    private static final String BUCKET = "copick-tests";

    private ExternalS3() {}

    /** Honours every condition; loses sight of what lies below an object. */
    static S3UnderTest minio() {
        return place("minio", null, Quirk.NOTHING_BELOW_OBJECTS);
    }

    /** Looks at conditions, then writes: of several at once more than one may win. */
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
