package org.copick.cli.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.cli.options.ShardParts;
import org.copick.cli.output.DiskFailure;
import org.copick.error.CorruptDataException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;

/** The sum of statistics that several processes counted, each in its share of the runs. */
final class StatsMerge {
    private final Map<String, Long> totals = new LinkedHashMap<>();
    private final Map<String, TreeMap<String, Long>> distributions = new LinkedHashMap<>();

    private StatsMerge() {}

    /**
     * Returns the sum of the statistics in files.
     *
     * @param total the field with the total, which all files must have
     * @param command the command that writes such a file, without options
     * @throws org.copick.cli.output.CommandFailure when the files are not those of all shares
     */
    static ObjectNode of(List<Path> files, String total, String command) {
        String remedy = command + " --shard I/N --json";
        ShardParts parts = new ShardParts();
        StatsMerge sum = new StatsMerge();
        for (Path file : files) {
            JsonNode counts = read(file);
            if (!counts.path(total).isIntegralNumber()) {
                throw new CorruptDataException(
                        file + " has no statistics of this kind: " + total + " is missing; write it with " + remedy);
            }
            parts.add(file, counts.path(ShardParts.FIELD).asText(), remedy);
            counts.properties().forEach(field -> sum.add(field.getKey(), field.getValue()));
        }
        parts.requireAll(remedy);
        return sum.toJson();
    }

    private void add(String field, JsonNode value) {
        if (value.isObject()) {
            TreeMap<String, Long> sums = distributions.computeIfAbsent(field, each -> new TreeMap<>());
            value.properties()
                    .forEach(
                            count -> sums.merge(count.getKey(), count.getValue().asLong(), Long::sum));
        } else if (value.isIntegralNumber()) {
            totals.merge(field, value.asLong(), Long::sum);
        }
    }

    private ObjectNode toJson() {
        ObjectNode counts = JsonNodeFactory.instance.objectNode();
        totals.forEach(counts::put);
        distributions.forEach((field, sums) -> {
            ObjectNode node = counts.putObject(field);
            sums.forEach(node::put);
        });
        return counts;
    }

    private static JsonNode read(Path file) {
        try {
            return JsonTree.read(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new CorruptDataException(
                    "the statistics in " + file + " are not valid JSON: " + JsonFailure.text(e)
                            + "; count that share again",
                    e);
        } catch (IOException e) {
            throw DiskFailure.of("read the statistics", file, e);
        }
    }
}
