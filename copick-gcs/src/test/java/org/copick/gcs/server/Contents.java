package org.copick.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The contents of a bucket. Each change checks its conditions in the same step. */
final class Contents {
    private static final Comparator<String> BY_BYTES = Comparator.comparing(
            name -> name.getBytes(StandardCharsets.UTF_8), (one, other) -> Arrays.compareUnsigned(one, other));
    private static final int MOST_RESULTS = 1000;
    private static final int MOST_NAME_BYTES = 1024;

    private final String bucket;
    private final TreeMap<String, Stored> objects = new TreeMap<>(BY_BYTES);
    private volatile boolean hesitant;
    private volatile String payer = "";

    Contents(String bucket) {
        this.bucket = bucket;
    }

    /** Makes listings begin with an empty page that has a successor, as the protocol allows. */
    void hesitate() {
        hesitant = true;
    }

    void paidBy(String project) {
        payer = project;
    }

    void requirePayer(Request request) {
        if (!payer.isEmpty() && !payer.equals(request.query("userProject"))) {
            throw new Refusal(400, "required", "Bucket is a requester pays bucket but no user project provided.");
        }
    }

    synchronized Stored get(String name, Request conditions) {
        Stored object = objects.get(name);
        Long wanted = conditions.number("generation");
        if (object == null || (wanted != null && wanted != object.generation())) {
            throw Refusal.noObject(bucket, name);
        }
        require(object, conditions);
        return object;
    }

    synchronized Stored put(String name, JsonNode metadata, byte[] content, Request conditions) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MOST_NAME_BYTES || name.contains("\r") || name.contains("\n")) {
            throw Refusal.bad("Invalid object name");
        }
        require(objects.get(name), conditions);
        Stored stored = new Stored(bucket, name, metadata, content);
        objects.put(name, stored);
        return stored;
    }

    synchronized void delete(String name, Request conditions) {
        get(name, conditions);
        objects.remove(name);
    }

    synchronized void require(@Nullable String name, Request conditions) {
        require(name == null ? null : objects.get(name), conditions);
    }

    private static void require(@Nullable Stored object, Request conditions) {
        long generation = object == null ? 0 : object.generation();
        Long match = conditions.number("ifGenerationMatch");
        Long other = conditions.number("ifGenerationNotMatch");
        if ((match != null && match != generation) || (other != null && other == generation)) {
            throw Refusal.condition();
        }
    }

    synchronized ObjectNode list(Request request) {
        String prefix = orEmpty(request.query("prefix"));
        String delimiter = orEmpty(request.query("delimiter"));
        String from = orEmpty(request.query("startOffset"));
        Long asked = request.number("maxResults");
        if (asked != null && asked <= 0) {
            throw Refusal.bad("Invalid value for maxResults: " + asked);
        }
        long most = asked == null ? MOST_RESULTS : Math.min(MOST_RESULTS, asked);
        String token = request.query("pageToken");
        ObjectNode page = Stored.JSON.createObjectNode();
        page.put("kind", "storage#objects");
        if (hesitant && token == null) {
            return page.put("nextPageToken", token(""));
        }
        String after = token == null ? "" : untoken(token);
        ArrayNode items = page.arrayNode();
        ArrayNode prefixes = page.arrayNode();
        String last = "";
        for (Map.Entry<String, Stored> entry : objects.entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(prefix)) {
                continue;
            }
            int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
            String common = end < 0 ? name : name.substring(0, end + delimiter.length());
            boolean before = BY_BYTES.compare(name, from) < 0 || BY_BYTES.compare(common, after) <= 0;
            if (before || common.equals(last)) {
                continue;
            }
            if (items.size() + prefixes.size() == most) {
                page.put("nextPageToken", token(last));
                break;
            }
            last = common;
            if (end < 0) {
                items.add(entry.getValue().resource());
            } else {
                prefixes.add(common);
            }
        }
        if (!items.isEmpty()) {
            page.set("items", items);
        }
        if (!prefixes.isEmpty()) {
            page.set("prefixes", prefixes);
        }
        return page;
    }

    private static String token(String last) {
        return "p" + Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String untoken(String token) {
        if (!token.startsWith("p")) {
            throw Refusal.bad("Invalid page token");
        }
        return new String(Base64.getUrlDecoder().decode(token.substring(1)), StandardCharsets.UTF_8);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
