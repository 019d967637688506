package org.copick.spark.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests of the jar that Spark gets, after it was made. */
final class BundleTest {
    /** Files of libraries that cannot be renamed, because the libraries look for them at these places. */
    private static final Set<String> OTHERS =
            Set.of("dependencies.properties", "mime.types", "org/publicsuffix/list/effective_tld_names.dat");

    private static JarFile bundle() throws IOException {
        return new JarFile(System.getProperty("bundle"));
    }

    private static List<String> files() throws IOException {
        try (JarFile jar = bundle()) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .toList();
        }
    }

    /** The libraries of a cluster have other versions, and come first on the class path. */
    @Test
    void noLibraryHasItsOwnName() throws IOException {
        Set<String> others = files().stream()
                .filter(name -> !name.startsWith("org/copick/"))
                .filter(name -> !name.startsWith("META-INF/") || name.endsWith(".class"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(OTHERS), others);
        assertTrue(files().contains("org/copick/shaded/software/amazon/awssdk/services/s3/S3Client.class"));
    }

    /** Every Spark has these, and their native code is bound to their names. */
    @Test
    void librariesOfSparkAreLeftOut() throws IOException {
        for (String each : List.of("org/slf4j", "net/jpountz", "com/github/luben", "org/apache/spark", "scala")) {
            assertTrue(files().stream().noneMatch(name -> name.contains(each)), each);
        }
    }

    @Test
    void servicesOfAllModulesAreMerged() throws IOException {
        assertEquals(
                List.of("org.copick.spark.CopickSource"), services("org.apache.spark.sql.sources.DataSourceRegister"));
        assertEquals(
                List.of(
                        "org.copick.fs.LocalStorageProvider",
                        "org.copick.gcs.GcsStorageProvider",
                        "org.copick.http.HttpStorageProvider",
                        "org.copick.s3.S3StorageProvider"),
                services("org.copick.storage.StorageProvider"));
        assertEquals(
                List.of(
                        "org.copick.layout.LayoutBackendProvider",
                        "org.copick.overlay.OverlayBackendProvider",
                        "org.copick.portal.PortalBackendProvider"),
                services("org.copick.spi.BackendProvider"));
        Set<String> foreign = files().stream()
                .filter(name -> name.startsWith("META-INF/services/"))
                .map(name -> name.substring("META-INF/services/".length()))
                .filter(name -> !name.startsWith("org.copick.") && !name.startsWith("org.apache.spark."))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), foreign);
    }

    private static List<String> services(String name) throws IOException {
        try (JarFile jar = bundle();
                InputStream in = jar.getInputStream(jar.getJarEntry("META-INF/services/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .sorted()
                    .toList();
        }
    }
}
