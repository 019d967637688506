package org.copick.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.error.NotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of two manifests.
 *
 * <p>Entities are matched by their identifying fields, not by position. The fields {@code path}, {@code config} and
 * {@code spots}, and those about the making of a corpus, are not compared.
 */
final class Differences {
    private static final List<String> IDENTITY = List.of(
            "name",
            "voxel_size",
            "tomo_type",
            "feature_type",
            "object_name",
            "user_id",
            "session_id",
            "type",
            "instance_id",
            "read_only");
    private static final Set<String> NEVER_COMPARED =
            Set.of("path", "config", "spots", "codecs", "tier", "about", "software", "profile", "seed", "configs");
    /** Fields about the storage of values, which do not affect the values themselves. */
    private static final Set<String> LAYOUT = Set.of(
            "read_only", "zarr_format", "ome_version", "chunks", "shards", "order", "dimension_names", "consolidated");

    /** Longest value in a message, in characters. */
    private static final int SHOWN = 120;

    private final Set<String> ignored;
    private final boolean layout;
    private final List<String> found = new ArrayList<>();

    private Differences(Set<String> alsoIgnored, boolean layout) {
        this.layout = layout;
        ignored = new HashSet<>(NEVER_COMPARED);
        ignored.addAll(alsoIgnored);
        if (!layout) {
            ignored.addAll(LAYOUT);
        }
    }

    /**
     * Returns the differences between projects, one line each.
     *
     * @param view name of the view of the expected manifest, or null for its first
     * @param alsoIgnored names of further fields to leave out
     * @param layout whether to compare formats, chunks, byte orders and layers, too
     */
    static List<String> ofProjects(
            JsonNode expected, @Nullable String view, JsonNode actual, Set<String> alsoIgnored, boolean layout) {
        Differences differences = new Differences(alsoIgnored, layout);
        differences.compare(
                withContents(view(expected, view), expected.path("contents")),
                withContents(view(actual, null), actual.path("contents")),
                "");
        return differences.found;
    }

    /** Returns the differences between folders of arrays, one line each. */
    static List<String> ofArrays(JsonNode expected, JsonNode actual, Set<String> alsoIgnored, boolean layout) {
        Differences differences = new Differences(alsoIgnored, layout);
        for (String part : List.of("groups", "arrays")) {
            differences.compareMaps(byPath(expected.path(part)), byPath(actual.path(part)), part);
        }
        return differences.found;
    }

    /** Returns whether a view lists shadowed copies of entities, as Python does, and not only the visible ones. */
    static boolean listsEveryLayer(JsonNode manifest, @Nullable String view) {
        return holdsCopies(view(manifest, view));
    }

    private static boolean holdsCopies(JsonNode node) {
        if (node.isArray()) {
            Set<Object> seen = new HashSet<>();
            for (JsonNode item : node) {
                Map<String, JsonNode> identity = identity(item);
                identity.remove("read_only");
                if (!identity.isEmpty() && !seen.add(identity)) {
                    return true;
                }
            }
        }
        return node.valueStream().anyMatch(Differences::holdsCopies);
    }

    private static JsonNode view(JsonNode manifest, @Nullable String name) {
        JsonNode views = manifest.path("views");
        if (views.isEmpty()) {
            throw new NotFoundException("the manifest describes no project: it has no views");
        }
        String wanted = name != null ? name : views.fieldNames().next();
        if (!views.has(wanted)) {
            List<String> names = new ArrayList<>();
            views.fieldNames().forEachRemaining(names::add);
            throw new NotFoundException("the manifest has no view \"" + wanted + "\"; it has " + names);
        }
        return views.get(wanted);
    }

    /** Returns a copy in which the content of each entity is added beside its path. */
    private static JsonNode withContents(JsonNode node, JsonNode contents) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), withContents(field.getValue(), contents)));
            JsonNode path = object.get("path");
            if (path != null && path.isTextual() && contents.has(path.textValue())) {
                copy.set("content", contents.get(path.textValue()));
            }
            return copy;
        }
        if (node.isArray()) {
            var copy = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> copy.add(withContents(item, contents)));
            return copy;
        }
        return node;
    }

    private void compare(JsonNode expected, JsonNode actual, String where) {
        if (expected.isObject() && actual.isObject()) {
            compareObjects(expected, actual, where);
        } else if (expected.isArray() && actual.isArray()) {
            compareLists(expected, actual, where);
        } else if (!sameValue(expected, actual)) {
            found.add(where + ": expected " + shown(expected) + ", found " + shown(actual));
        }
    }

    private void compareObjects(JsonNode expected, JsonNode actual, String where) {
        String kind = expected.path("kind").asText("");
        if (!kind.isEmpty() && !kind.equals(actual.path("kind").asText(""))) {
            found.add(where + ": expected " + kind + ", found "
                    + actual.path("error").asText(actual.path("kind").asText("nothing")));
            return;
        }
        expected.properties().forEach(field -> {
            String name = field.getKey();
            if (ignored.contains(name)) {
                return;
            }
            if (actual.has(name)) {
                boolean anyByteOrder = !layout && name.equals("dtype");
                compare(
                        anyByteOrder ? withoutByteOrder(field.getValue()) : field.getValue(),
                        anyByteOrder ? withoutByteOrder(actual.get(name)) : actual.get(name),
                        where + "." + name);
            } else {
                found.add(where + "." + name + ": missing");
            }
        });
        actual.properties().forEach(field -> {
            if (!expected.has(field.getKey()) && !ignored.contains(field.getKey())) {
                found.add(where + "." + field.getKey() + ": unexpected, " + shown(field.getValue()));
            }
        });
    }

    private void compareLists(JsonNode expected, JsonNode actual, String where) {
        Map<Object, JsonNode> wanted = byIdentity(expected, ignored);
        Map<Object, JsonNode> have = byIdentity(actual, ignored);
        if (!isMatchable(wanted, expected, have, actual)) {
            // copies in several layers may differ only in their ignored fields
            wanted = byIdentity(expected, Set.of());
            have = byIdentity(actual, Set.of());
        }
        boolean matchable = isMatchable(wanted, expected, have, actual);
        if (matchable) {
            compareMaps(wanted, have, where);
        } else if (expected.size() != actual.size()) {
            found.add(where + ": " + expected.size() + " elements expected, " + actual.size() + " found");
        } else {
            for (int i = 0; i < expected.size(); i++) {
                compare(expected.get(i), actual.get(i), where + "[" + i + "]");
            }
        }
    }

    private static boolean isMatchable(
            Map<Object, JsonNode> wanted, JsonNode expected, Map<Object, JsonNode> have, JsonNode actual) {
        return wanted.size() == expected.size()
                && have.size() == actual.size()
                && !(wanted.isEmpty() && have.isEmpty());
    }

    private <K> void compareMaps(Map<K, JsonNode> wanted, Map<K, JsonNode> have, String where) {
        wanted.forEach((key, item) -> {
            JsonNode other = have.get(key);
            if (other == null) {
                found.add(where + "[" + key + "]: missing");
            } else {
                compare(item, other, where + "[" + key + "]");
            }
        });
        have.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> found.add(where + "[" + key + "]: unexpected"));
    }

    /** Returns items by identity; has fewer entries than items if some have no identity or share one. */
    private static Map<Object, JsonNode> byIdentity(JsonNode list, Set<String> ignored) {
        Map<Object, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : list) {
            Map<String, JsonNode> identity = identity(item);
            identity.keySet().removeAll(ignored);
            if (!identity.isEmpty()) {
                items.put(identity, item);
            }
        }
        return items;
    }

    private static Map<String, JsonNode> byPath(JsonNode list) {
        Map<String, JsonNode> items = new HashMap<>();
        list.forEach(item -> items.put(item.path("path").asText(), item));
        return items;
    }

    private static Map<String, JsonNode> identity(JsonNode item) {
        Map<String, JsonNode> identity = new LinkedHashMap<>();
        if (item.isObject()) {
            for (String field : IDENTITY) {
                JsonNode value = item.get(field);
                if (value != null) {
                    // 10 and 10.0 are the same spacing
                    identity.put(
                            field,
                            value.isNumber() && !value.isBigInteger()
                                    ? com.fasterxml.jackson.databind.node.DoubleNode.valueOf(value.doubleValue())
                                    : value);
                }
            }
        }
        return identity;
    }

    private static JsonNode withoutByteOrder(JsonNode type) {
        return type.isTextual() ? TextNode.valueOf(type.textValue().replaceFirst("^[<>|=]", "")) : type;
    }

    private static boolean sameValue(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return (a.isIntegralNumber() && b.isIntegralNumber())
                    ? a.bigIntegerValue().equals(b.bigIntegerValue())
                    : a.doubleValue() == b.doubleValue();
        }
        return a.equals(b);
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
