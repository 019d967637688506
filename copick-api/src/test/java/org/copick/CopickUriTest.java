package org.copick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.InvalidNameException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CopickUriTest {
    private static final VoxelSize TEN = new VoxelSize(10);

    @ParameterizedTest
    @CsvSource({
        "ribosome,ribosome,alice,1,true",
        "ribosome,ribosomes,alice,1,false",
        "ribosome:gapstop,ribosome,gapstop,0,true",
        "ribosome:gapstop,ribosome,other,0,false",
        "ribosome:alice/1,ribosome,alice,1,true",
        "ribosome:alice/1,ribosome,alice,10,false",
        "a:b/c/d,a,b,c/d,true",
        "a:b/c@10,a,b,c@10,true",
        "*:alice/*,x,alice,7,true",
        "ribo*:a?ice,ribosome,alice,1,true",
        "ribo*:a?ice,ribosome,aice,1,false",
        "Ribosome,ribosome,a,1,false",
        "[ab]:x,b,x,1,true",
        "[!ab]:x,b,x,1,false",
        "[!ab]:x,c,x,1,true",
        "re:ribo,ribosome,a,1,true",
        "re:ribo$,ribosome,a,1,false",
        "re:(?:x|y):b/c,y,b,c,true",
        "re:.*:a/[0-9]+$,q,a,12,true",
        "RE:a,RE,a,1,true",
        "' ribosome ',ribosome,a,1,true"
    })
    @Tag("statement-65")
    @Tag("statement-66")
    void picksAreMatched(String uri, String object, String user, String session, boolean expected) {
        CopickUri parsed = CopickUri.parse(EntityKind.PICKS, uri);
        assertEquals(expected, parsed.matches(new EntityKey.Picks("run", object, user, session)));
        assertFalse(
                parsed.matches(new EntityKey.Mesh("run", object, user, session)),
                "a URI matches entities of one kind only");
    }

    @ParameterizedTest
    @CsvSource({
        "wbp,10,true",
        "wbp@10,10,true",
        "wbp@10.000,10,true",
        "wbp@1e1,10,true",
        "wbp@1*,10,true",
        "wbp@10.*,10,true",
        "wbp@2*,10,false",
        "wbp@7.84,10,false",
        "w*@*,10,true",
        "re:w.p@10\\.0,10,true"
    })
    void spacingsMatchByNumberOrPattern(String uri, double size, boolean expected) {
        EntityKey key = new EntityKey.Tomogram("run", new VoxelSize(size), "wbp");
        assertEquals(expected, CopickUri.parse(EntityKind.TOMOGRAM, uri).matches(key));
    }

    @Test
    void featuresAreMatched() {
        EntityKey key = new EntityKey.Features("run", TEN, "wbp", "sobel");
        assertTrue(CopickUri.parse(EntityKind.FEATURES, "wbp@10.0:sobel").matches(key));
        assertTrue(CopickUri.parse(EntityKind.FEATURES, "wbp").matches(key));
        assertTrue(CopickUri.parse(EntityKind.FEATURES, "*@10:s*").matches(key));
        assertFalse(CopickUri.parse(EntityKind.FEATURES, "wbp@10:edge").matches(key));
        assertFalse(CopickUri.parse(EntityKind.FEATURES, "wbp:sobel").matches(key));
    }

    @ParameterizedTest
    @CsvSource({
        "painting,true,true,false,false",
        "painting?multilabel=true,false,true,false,false",
        "painting?multilabel=YES,false,true,false,false",
        "painting?multilabel=false,true,false,false,false",
        "painting?multilabel,true,true,false,false",
        "painting?instance=true,false,false,true,false",
        "painting:u/1@10?panoptic=1,false,false,false,true",
        "painting@7.84,false,false,false,false"
    })
    @Tag("statement-91")
    void segmentationsAreMatchedByType(
            String uri, boolean binary, boolean multilabel, boolean instance, boolean panoptic) {
        CopickUri parsed = CopickUri.parse(EntityKind.SEGMENTATION, uri);
        assertEquals(binary, parsed.matches(segmentation(SegmentationType.BINARY)));
        assertEquals(multilabel, parsed.matches(segmentation(SegmentationType.MULTILABEL)));
        assertEquals(instance, parsed.matches(segmentation(SegmentationType.INSTANCE)));
        assertEquals(panoptic, parsed.matches(segmentation(SegmentationType.PANOPTIC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b:c", "re:[", "re:a:(b"})
    void brokenPicksUrisAreRefused(String uri) {
        assertThrows(InvalidNameException.class, () -> CopickUri.parse(EntityKind.PICKS, uri));
    }

    @Test
    void twoTypesAtOnceAreRefused() {
        assertThrows(
                InvalidNameException.class,
                () -> CopickUri.parse(EntityKind.SEGMENTATION, "a?instance=true&panoptic=true"));
        assertThrows(InvalidNameException.class, () -> CopickUri.parse(EntityKind.RUN, "a"));
    }

    @Test
    void keysHaveUris() {
        assertEquals("wbp@10.0", CopickUri.of(new EntityKey.Tomogram("r", TEN, "wbp")));
        assertEquals("wbp@10.0:sobel", CopickUri.of(new EntityKey.Features("r", TEN, "wbp", "sobel")));
        assertEquals("ribosome:alice/1", CopickUri.of(new EntityKey.Picks("r", "ribosome", "alice", "1")));
        assertEquals("painting:u/1@10.0?multilabel=true", CopickUri.of(segmentation(SegmentationType.MULTILABEL)));
        for (SegmentationType type : SegmentationType.values()) {
            EntityKey key = segmentation(type);
            CopickUri uri = CopickUri.parse(EntityKind.SEGMENTATION, CopickUri.of(key));
            assertTrue(uri.matches(key), () -> "its URI matches it: " + key);
            assertFalse(uri.isPattern(), () -> "its URI is not a pattern: " + key);
        }
        assertThrows(InvalidNameException.class, () -> CopickUri.of(new EntityKey.Run("r")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"re", "a[1]", "*", "a?b", "[!a]", "a@b", "a:b/c", " a ", "re:x"})
    void namesWithCharactersOfUrisAreMatchedExactly(String name) {
        for (EntityKey key : List.of(
                new EntityKey.Picks("r", name, name, name),
                new EntityKey.Tomogram("r", TEN, name),
                new EntityKey.Features("r", TEN, name, name),
                new EntityKey.Segmentation("r", TEN, name, name, name, SegmentationType.BINARY))) {
            CopickUri uri = CopickUri.parse(key.kind(), CopickUri.of(key));
            assertTrue(uri.matches(key), () -> uri + " matches " + key);
        }
        CopickUri uri = CopickUri.parse(EntityKind.PICKS, CopickUri.of(new EntityKey.Picks("r", name, "u", "1")));
        assertFalse(uri.matches(new EntityKey.Picks("r", "a1", "u", "1")), () -> uri + " matches nothing else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multilabel=true", "multilabel=True", "multilabel=YES", "multilabel=1"})
    void targetsNameTypesLikeUris(String query) {
        EntityKey key = segmentation(SegmentationType.MULTILABEL);
        assertTrue(CopickUri.parse(EntityKind.SEGMENTATION, "painting?" + query).matches(key));
        assertEquals(
                key, TargetUri.parse(EntityKind.SEGMENTATION, "{name}?" + query).of(key));
    }

    private static EntityKey.Segmentation segmentation(SegmentationType type) {
        return new EntityKey.Segmentation("r", TEN, "painting", "u", "1", type);
    }
}
