package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.copick.entity.EntityKind;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.spi.ForwardingBackend;
import org.copick.spi.MetadataField;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.Test;

/** Tests of the fields of metadata that layers declare. */
final class LayerMetadataTest {
    private static final MetadataField METHOD =
            new MetadataField("method", MetadataField.Type.TEXT, List.of("annotation", "method"));

    private static Backend layer(String name, boolean readOnly, MetadataField... ofPicks) {
        return new ForwardingBackend(new LayoutBackend(new MemoryStore(), name, readOnly)) {
            @Override
            public List<MetadataField> metadataFields(EntityKind kind) {
                return kind == EntityKind.PICKS ? List.of(ofPicks) : super.metadataFields(kind);
            }
        };
    }

    @Test
    void fieldsAreThoseOfAllLayers() {
        MetadataField score = new MetadataField("score", MetadataField.Type.NUMBER, List.of("score"));
        MetadataField other = new MetadataField("method", MetadataField.Type.INTEGER, List.of("other"));
        try (Backend overlay = new OverlayBackend(
                List.of(layer("mine", false), layer("a", true, METHOD), layer("b", true, score, other)))) {
            assertEquals(List.of(METHOD, score), overlay.metadataFields(EntityKind.PICKS));
            assertEquals(List.of(), overlay.metadataFields(EntityKind.MESH));
            assertEquals(List.of(METHOD, score), overlay.unmerged().metadataFields(EntityKind.PICKS));
            assertEquals(List.of(), overlay.top().metadataFields(EntityKind.PICKS));
        }
    }

    @Test
    void valuesAreFoundByTheirPath() {
        assertEquals(Optional.of("manual"), METHOD.valueIn(Map.of("annotation", Map.of("method", "manual"))));
        assertEquals(Optional.empty(), METHOD.valueIn(Map.of("annotation", Map.of())));
        assertEquals(Optional.empty(), METHOD.valueIn(Map.of("annotation", "manual")));
        assertEquals(Optional.empty(), METHOD.valueIn(Map.of()));
    }
}
