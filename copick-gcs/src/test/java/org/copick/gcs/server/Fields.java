package org.copick.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Selects the requested fields of answers, such as {@code nextPageToken,items(name,size)} or
 * {@code nextPageToken,items/name,items/size}.
 */
final class Fields {
    private Fields() {}

    static String filtered(ObjectNode resource, Request request) {
        String fields = request.query("fields");
        return (fields == null ? resource : filtered(resource, fields)).toString();
    }

    private static ObjectNode filtered(ObjectNode resource, String fields) {
        ObjectNode filtered = Stored.JSON.createObjectNode();
        parsed(fields).forEach((name, inner) -> {
            JsonNode value = resource.get(name);
            if (value instanceof ArrayNode all && !inner.isEmpty()) {
                ArrayNode chosen = filtered.putArray(name);
                all.forEach(one -> chosen.add(filtered((ObjectNode) one, inner)));
            } else if (value != null) {
                filtered.set(name, value);
            }
        });
        return filtered;
    }

    private static Map<String, String> parsed(String fields) {
        Map<String, String> parsed = new TreeMap<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= fields.length(); i++) {
            char c = i == fields.length() ? ',' : fields.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                String field = fields.substring(start, i);
                int open = field.indexOf('(');
                int slash = field.indexOf('/');
                if (slash >= 0 && (open < 0 || slash < open)) {
                    parsed.merge(
                            field.substring(0, slash), field.substring(slash + 1), (one, other) -> one + "," + other);
                } else {
                    parsed.put(
                            open < 0 ? field : field.substring(0, open),
                            open < 0 ? "" : field.substring(open + 1, field.length() - 1));
                }
                start = i + 1;
            }
        }
        if (depth != 0) {
            throw Refusal.bad("Invalid field selection " + fields);
        }
        return parsed;
    }
}
