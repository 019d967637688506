package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.copick.config.Color;
import org.copick.config.EntityNames;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.error.NotFoundException;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** Makes configurations for datasets of the CryoET Data Portal. */
public final class PortalDatasets {
    /** The radius of objects in Å, as in Python: the portal knows none. */
    private static final double RADIUS = 50;

    /** The version of Python copick whose form the configuration has. */
    private static final String FORM = "1.31.0";

    private PortalDatasets() {}

    /**
     * {@return the configuration of a project with these datasets, and with every object that they annotate}
     *
     * <p>Costs one request to the service, whose address the environment variable {@code COPICK_PORTAL_URL} can change.
     * Objects are in the order of their identifiers, with labels from 1. Names, labels and colours depend on the
     * datasets' annotations only.
     *
     * @param datasets the ids of the datasets
     * @param overlayRoot the writable root, a path or URL
     * @param overlayFsArgs the file-system arguments of the writable root, named as in Python
     * @throws NotFoundException if the portal has no such dataset
     * @throws org.copick.error.StorageException if the service cannot be reached, fails or reports an error
     */
    public static ProjectConfig config(
            Collection<Long> datasets, String overlayRoot, Map<String, ? extends @Nullable Object> overlayFsArgs) {
        URI service = PortalConfig.service(null, System.getenv());
        try (GraphQlClient client = new GraphQlClient(service, PortalTimes.DEFAULT)) {
            return config(client, datasets, overlayRoot, overlayFsArgs);
        }
    }

    static ProjectConfig config(
            GraphQlClient client,
            Collection<Long> datasets,
            String overlayRoot,
            Map<String, ? extends @Nullable Object> overlayFsArgs) {
        Set<Long> wanted = new TreeSet<>(datasets);
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        ArrayNode inRun = variables.putObject("run").putObject("datasetId").putArray("_in");
        ArrayNode ids = variables.putArray("datasets");
        wanted.forEach(id -> {
            inRun.add(id);
            ids.add(id);
        });
        JsonNode answer = client.ask("list the objects of the datasets " + wanted, PortalQuery.OBJECTS, variables);
        Set<Long> missing = new TreeSet<>(wanted);
        answer.path("datasets").forEach(row -> missing.remove(row.path("id").asLong()));
        if (!missing.isEmpty()) {
            throw new NotFoundException("the portal " + client + " has no datasets " + missing + "; check their ids");
        }
        try {
            return ProjectConfig.parse(
                    json(answer, wanted, overlayRoot, overlayFsArgs).toString(), "of the portal");
        } catch (IOException e) {
            throw new IllegalStateException("a definition is always JSON", e);
        }
    }

    private static ObjectNode json(
            JsonNode answer,
            Set<Long> wanted,
            String overlayRoot,
            Map<String, ? extends @Nullable Object> overlayFsArgs)
            throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", "CZ cryoET Data Portal Dataset");
        json.put("description", "This copick project contains data from datasets " + wanted + ".");
        json.put("version", FORM);
        ArrayNode definitions = json.putArray("pickable_objects");
        for (ObjectDefinition definition : definitions(answer)) {
            definitions.add(JsonTree.readExactly(definition.toJson()));
        }
        json.putNull("user_id");
        json.putNull("session_id");
        json.put("config_type", PortalConfig.TYPE);
        json.put("overlay_root", overlayRoot);
        json.set("dataset_ids", JsonTree.tree(wanted));
        json.set("overlay_fs_args", JsonTree.object(overlayFsArgs));
        return json;
    }

    /** An object of the portal, collected from all annotations of it. */
    private static final class Found {
        final TreeSet<String> names = new TreeSet<>();
        final TreeSet<String> publications = new TreeSet<>();
        boolean isParticle;
    }

    private static List<ObjectDefinition> definitions(JsonNode answer) {
        Map<String, Found> objects = new TreeMap<>();
        for (JsonNode group : answer.path("annotationShapesAggregate").path("aggregate")) {
            JsonNode by = group.path("groupBy");
            JsonNode annotation = by.path("annotation");
            if (!annotation.path("objectId").isTextual()) {
                continue; // an annotation of nothing cannot be shown
            }
            Found found = objects.computeIfAbsent(annotation.path("objectId").textValue(), id -> new Found());
            found.names.add(annotation.path("objectName").asText(""));
            if (annotation.path("annotationPublication").isTextual()) {
                found.publications.add(annotation.path("annotationPublication").textValue());
            }
            String shape = by.path("shapeType").asText("");
            found.isParticle |= shape.equals("Point") || shape.equals("OrientedPoint");
        }
        List<ObjectDefinition> definitions = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Map.Entry<String, Found> each : objects.entrySet()) {
            int label = definitions.size() + 1;
            String name = name(each.getKey(), each.getValue().names, taken);
            ObjectDefinition.Builder builder = ObjectDefinition.builder(name, each.getValue().isParticle)
                    .label(label)
                    .color(color(label))
                    .identifier(each.getKey())
                    .radius(RADIUS);
            String emdb = accession("EMD", each.getValue().publications);
            String pdb = accession("PDB", each.getValue().publications);
            if (pdb == null && each.getKey().startsWith("PDB-")) {
                pdb = each.getKey().substring("PDB-".length());
            }
            if (emdb != null) {
                builder.emdbId(emdb);
            }
            if (pdb != null) {
                builder.pdbId(pdb);
            }
            definitions.add(builder.build());
        }
        return definitions;
    }

    /** Returns a name that no other object has, made of the first of the portal's names that has usable characters. */
    private static String name(String identifier, Collection<String> names, Set<String> taken) {
        String name = "";
        for (String each : names) {
            name = name.isEmpty() ? usable(each) : name;
        }
        name = name.isEmpty() ? usable(identifier) : name;
        name = name.isEmpty() ? "object" : name;
        String unique = name;
        for (int i = 2; !taken.add(unique); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }

    /** Returns a text in lower case with a dash for each character that names must not have; empty if none is left. */
    private static String usable(String text) {
        StringBuilder name = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(letter -> {
            String alone = Character.toString(letter);
            name.append(EntityNames.isSanitized("a" + alone + "a") ? alone : "-");
        });
        return EntityNames.isSanitized(name.toString()) && !name.toString().matches("-*") ? name.toString() : "";
    }

    /** Returns the first accession with a prefix, such as {@code EMD-1234}, of comma-separated publications. */
    private static @Nullable String accession(String prefix, Collection<String> publications) {
        for (String publication : publications) {
            for (String part : publication.split(",", -1)) {
                if (part.strip().startsWith(prefix)) {
                    return part.strip();
                }
            }
        }
        return null;
    }

    /** Returns a bright colour; those of neighbouring labels lie far apart on the colour wheel. */
    private static Color color(int label) {
        // the golden ratio spreads any number of hues evenly
        double hue = label * 0.618033988749895 % 1 * 6;
        double fraction = hue - Math.floor(hue);
        double value = label % 3 == 0 ? 170 : 250;
        int high = (int) value;
        int low = (int) (value * 0.3);
        int rising = (int) (low + (high - low) * fraction);
        int falling = (int) (high - (high - low) * fraction);
        return switch ((int) hue) {
            case 0 -> new Color(high, rising, low, 255);
            case 1 -> new Color(falling, high, low, 255);
            case 2 -> new Color(low, high, rising, 255);
            case 3 -> new Color(low, falling, high, 255);
            case 4 -> new Color(rising, low, high, 255);
            default -> new Color(high, low, falling, 255);
        };
    }
}
