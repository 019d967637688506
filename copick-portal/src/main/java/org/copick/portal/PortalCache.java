package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.copick.internal.json.JsonTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a project in a file of the user's cache folder, so that the next process need not ask for them.
 *
 * <p>The file's name depends on the address of the service, the datasets and the identifiers of the objects. Each write
 * replaces the file as a whole, so that processes can share it; of two that write at once the later one wins. A file that
 * cannot be read or written costs requests only, and is logged.
 */
final class PortalCache {
    private static final Logger LOG = LoggerFactory.getLogger(PortalCache.class);

    /** Version of the file's form. */
    private static final int FORM = 1;

    /** Largest accepted content in bytes, like that of an answer. */
    private static final int MOST_BYTES = 256 << 20;

    private final Path file;
    private final Duration age;

    private PortalCache(Path file, Duration age) {
        this.file = file;
        this.age = age;
    }

    /**
     * Returns the cache of a project.
     *
     * @param folder the folder for the files of all projects; created when it is needed
     * @param age the greatest age of rows that are used without asking the service; zero or less for any age
     */
    static PortalCache in(Path folder, Duration age, URI service, Set<Long> datasets, Collection<String> objects) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.put("form", FORM);
        key.put("service", service.toString());
        key.set("datasets", JsonTree.tree(new TreeSet<>(datasets)));
        key.set("objects", JsonTree.tree(new TreeSet<>(objects)));
        return new PortalCache(folder.resolve("catalogue-" + sha256(key.toString()) + ".json.gz"), age);
    }

    /** Returns the cache of a project in a folder. */
    static PortalCache of(PortalConfig config, Path folder) {
        return in(
                folder,
                config.cacheAge(),
                config.address(),
                config.datasets(),
                config.objects().keySet());
    }

    /** Returns the file of this cache, which need not exist. */
    Path file() {
        return file;
    }

    /**
     * Rows from the file.
     *
     * @param saved the time at which the portal had these rows
     * @param answer the rows, like an answer to {@link PortalQuery#CONTENTS}
     * @param complete the runs whose rows are all there
     */
    record Saved(Instant saved, JsonNode answer, Set<Long> complete) {}

    /** Returns whether rows of this time may be used without asking the service. */
    boolean isYoung(Instant saved) {
        Duration old = Duration.between(saved, Instant.now());
        return age.isZero() || age.isNegative() || (old.compareTo(age) <= 0 && !old.isNegative());
    }

    /** Reads the file; returns empty if there is none or if it is damaged. */
    Optional<Saved> read() {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IOException("it holds more than " + (MOST_BYTES >> 20) + " MiB");
            }
            JsonNode tree = JsonTree.read(content);
            if (tree.path("form").asInt() != FORM || !tree.path("answer").isObject()) {
                throw new IOException("it has another form");
            }
            Set<Long> complete = new TreeSet<>();
            tree.path("complete").forEach(id -> complete.add(id.asLong()));
            return Optional.of(new Saved(Instant.parse(tree.path("saved").asText()), tree.path("answer"), complete));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException e) {
            LOG.warn("cannot use the cached catalogue {}: {}; the portal is asked instead", file, e.toString());
            return Optional.empty();
        }
    }

    /** Replaces the file. */
    void write(Saved rows) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("form", FORM);
        tree.put("saved", rows.saved().toString());
        tree.set("complete", JsonTree.tree(rows.complete()));
        tree.set("answer", rows.answer());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "catalogue-", ".tmp");
            try {
                try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
                    out.write(tree.toString().getBytes(StandardCharsets.UTF_8));
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("cannot save the catalogue in {}: {}", file, e.toString());
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
