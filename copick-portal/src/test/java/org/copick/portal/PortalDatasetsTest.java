package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.error.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of configurations that are made of datasets. */
final class PortalDatasetsTest {
    private PortalServer server;
    private GraphQlClient client;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
        client = new GraphQlClient(server.address(), PortalTimes.DEFAULT);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private ProjectConfig config(Long... datasets) {
        return PortalDatasets.config(client, List.of(datasets), "/mine", Map.of("auto_mkdir", true));
    }

    @Test
    void listsEveryObjectOnce() {
        ProjectConfig config = config(10502L, 10501L);
        assertEquals(List.of("Objects"), server.operations());
        assertEquals(
                List.of(
                        "1 whole-tomogram CDPO:0000001 false",
                        "2 cytoskeleton GO:0005856 true",
                        "3 membrane GO:0016020 false",
                        "4 cytosolic-ribosome GO:0022626 true",
                        "5 rubisco PDB-1BXN false",
                        "6 proton-pump UniProtKB:P0CX35 true"),
                config.objects().stream()
                        .map(object -> object.label().orElseThrow() + " " + object.name() + " "
                                + object.identifier().orElseThrow() + " " + object.isParticle())
                        .toList());
        ObjectDefinition pump = config.object("proton-pump").orElseThrow();
        assertEquals("EMD-1234", pump.emdbId().orElseThrow());
        assertEquals("PDB-4V7R", pump.pdbId().orElseThrow());
        assertEquals(50, pump.radius().orElseThrow());
        assertEquals("1BXN", config.object("rubisco").orElseThrow().pdbId().orElseThrow());
        assertEquals(List.of(10501, 10502), config.unknown().get("dataset_ids"));
        assertEquals("/mine", config.overlayRoot().orElseThrow());
        assertEquals(
                "This copick project contains data from datasets [10501, 10502].",
                config.description().orElseThrow());
        assertEquals(
                6,
                config.objects().stream()
                        .map(ObjectDefinition::color)
                        .distinct()
                        .count());
    }

    @Test
    void isTheSameInWhateverOrderThePortalAnswers() {
        ProjectConfig first = config(10501L, 10502L);
        for (String type : List.of("Annotation", "AnnotationShape", "Run")) {
            Collections.reverse(server.rows(type));
        }
        assertEquals(first, config(10501L, 10502L));
    }

    @Test
    void refusesUnknownDatasets() {
        NotFoundException failure = assertThrows(NotFoundException.class, () -> config(10501L, 7L));
        assertTrue(String.valueOf(failure.getMessage()).contains("no datasets [7]"), failure.getMessage());
    }

    @Test
    void makesNamesUniqueAndUsable() {
        for (ObjectNode row : server.rows("Annotation")) {
            row.put("objectName", row.path("objectId").asText().startsWith("GO") ? "A/b: c" : "???");
        }
        List<String> names =
                config(10501L).objects().stream().map(ObjectDefinition::name).toList();
        assertEquals(names.size(), names.stream().distinct().count(), names.toString());
        assertTrue(names.contains("a-b--c"), names.toString());
        assertTrue(names.contains("a-b--c-2"), names.toString());
    }
}
