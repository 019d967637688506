package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What one process is to time, as {@code copick-bench/run} writes it to standard input: the same for every peer.
 *
 * @param name the case
 * @param peer who is timed; one with {@code cache} in its name keeps what it decoded
 * @param info what the manifest says of the dataset
 */
record Spec(String name, String peer, String dataset, JsonNode info, Path data, Path scratch, JsonNode all) {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double BUDGET_SECONDS = 60;

    static Spec read() throws IOException {
        return of(MAPPER.readTree(System.in));
    }

    static Spec of(JsonNode all) {
        return new Spec(
                all.path("case").asText(),
                all.path("peer").asText(),
                all.path("dataset").asText(),
                all.path("info"),
                Path.of(all.path("data").asText()),
                Path.of(all.path("scratch").asText()),
                all);
    }

    int repeats() {
        return all.path("repeats").asInt(1);
    }

    /** Whether each repeat is a process of its own, whose first call is what counts. */
    boolean isFresh() {
        return all.path("fresh").asBoolean();
    }

    double budgetSeconds() {
        return all.path("budget_s").asDouble(BUDGET_SECONDS);
    }

    /** How long a process works before its first repeat. */
    double warmUpSeconds() {
        return all.path("warm_up_s").asDouble();
    }

    boolean isRemote() {
        return !remote().isMissingNode() && !remote().isNull();
    }

    JsonNode remote() {
        return all.path("remote");
    }

    Path path(String field) {
        return data.resolve(info.path(field).asText());
    }

    JsonNode cases() {
        return info.path("cases");
    }

    boolean isBareArray() {
        return info.path("kind").asText().equals("array");
    }
}
