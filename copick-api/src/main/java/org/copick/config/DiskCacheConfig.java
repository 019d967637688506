package org.copick.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * The {@code disk_cache} of a configuration: a local cache for data read from remote roots. Python ignores it.
 *
 * @param path a folder on the local disk; relative paths are resolved against the configuration file's folder, {@code
 *     ~} is the user's home folder
 * @param maxBytes greatest total size of the files in it, in bytes, at least 1
 * @param unknown fields of later versions, kept when saving
 */
public record DiskCacheConfig(String path, long maxBytes, Map<String, @Nullable Object> unknown) {
    /**
     * Creates the description of a cache. The values are not checked.
     *
     * @param path a folder on the local disk
     * @param maxBytes greatest total size of the files, in bytes
     * @param unknown fields of later versions; not copied
     */
    public DiskCacheConfig {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(unknown, "unknown");
    }

    static @Nullable DiskCacheConfig read(FieldReader config) {
        if (config.get("disk_cache") == null) {
            return null;
        }
        FieldReader fields = config.object("disk_cache");
        String path = fields.text("path");
        if (path.isEmpty() || path.indexOf('\0') >= 0 || path.contains("://")) {
            throw fields.invalid("path", "must be the path of a folder of the local disk");
        }
        long maxBytes = fields.asInteger("max_bytes", fields.required("max_bytes"));
        if (maxBytes < 1) {
            throw fields.invalid("max_bytes", "must be at least 1; leave disk_cache out to disable the cache");
        }
        return new DiskCacheConfig(path, maxBytes, JsonTree.plainFields(fields.unknown()));
    }

    void write(ObjectNode json) {
        json.put("path", path);
        json.put("max_bytes", maxBytes);
        json.setAll(JsonTree.object(unknown));
    }
}
