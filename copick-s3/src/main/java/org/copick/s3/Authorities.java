package org.copick.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import org.copick.error.InvalidConfigException;
import software.amazon.awssdk.http.TlsTrustManagersProvider;

/** The certificates of a PEM file, trusted instead of the system's certificates. */
final class Authorities {
    private Authorities() {}

    static TlsTrustManagersProvider read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new InvalidConfigException(
                        "cannot trust the certificates of " + file + ": the file contains no certificates");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory::getTrustManagers;
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidConfigException(
                    "cannot trust the certificates of " + file + ": it is not a readable file of PEM certificates", e);
        }
    }
}
