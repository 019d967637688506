package org.copick.picks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which picks documents are accepted: those that pydantic 2.13 accepts in lax mode. */
class PicksRulesTest {
    private static final String LOCATION = "'location':{'x':1,'y':2,'z':3}";
    private static final String IDENTITY_ROWS = "[1,0,0,0],[0,1,0,0],[0,0,1,0]";

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static Point point(String fields) {
        return Documents.onePoint(json("{" + fields + "}")).point(0);
    }

    private static void refused(String document, String... mentioned) {
        String message = assertThrows(CorruptDataException.class, () -> Documents.picks(json(document)), document)
                .toString();
        assertTrue(message.contains("Exception: p.json: "), message);
        for (String part : mentioned) {
            assertTrue(message.contains(part), message);
        }
    }

    private static void refusedPoint(String fields, String... mentioned) {
        refused(Documents.withPoints("[{" + LOCATION + "},{" + fields + "}]"), mentioned);
    }

    @Test
    @Tag("statement-35")
    void fillsInDefaults() {
        PicksDocument document = Documents.picks(json("{'pickable_object_name':'o','user_id':'u','session_id':'0'}"));
        assertEquals(PicksDocument.empty("o", "u", "0", null), document);
        assertEquals("angstrom", document.unit());
        assertEquals(Optional.of(true), document.trustOrientation());
        assertEquals(Point.at(1, 2, 3), point(LOCATION));
    }

    @Test
    void keepsNullsApartFromDefaults() {
        Point point = point(LOCATION + ",'instance_id':null,'score':null");
        assertNull(point.instanceId());
        assertNull(point.score());
        PicksDocument document = Documents.picks(json(
                "{'pickable_object_name':'o','user_id':'u','session_id':'s','points':null,'trust_orientation':null,"
                        + "'run_name':null,'voxel_spacing':null}"));
        assertEquals(0, document.size());
        assertEquals(Optional.empty(), document.trustOrientation());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "7,7",
                "7.5,7.5",
                "'7',7",
                "' 7.5 ',7.5",
                "'1_0',10",
                "'+.5',0.5",
                "'5.',5",
                "'1e5',1e5",
                "true,1",
                "false,0",
                "NaN,NaN",
                "-Infinity,-Infinity",
                "Infinity,Infinity",
                "'nan',NaN",
                "'-iNf',-Infinity",
                "'infinity',Infinity",
                "1e400,Infinity",
                "'1e400',Infinity",
                "-0.0,-0.0",
                "-0,0",
                "9007199254740993,9007199254740992",
                "1180591620717411303424,1180591620717411303424",
                "'-_1',-1",
                "'\\u00a01\\u2003',1",
                "5e-324,5e-324"
            })
    void readsNumbers(String written, double expected) {
        assertEquals(
                expected, point("'location':{'x':" + written + ",'y':0,'z':0}").x());
        assertEquals((Double) expected, point(LOCATION + ",'score':" + written).score());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "''",
                "'x'",
                "'1__0'",
                "'_1'",
                "'1_'",
                "'0x10'",
                "'1d'",
                "'1f'",
                "'NaNs'",
                "'.'",
                "'- 1'",
                "'\\u06611'",
                "'\\u001c1'"
            })
    void refusesValuesThatAreNotNumbers(String written) {
        refusedPoint("'location':{'x':0,'y':" + written + ",'z':0}", "points[1].location.y", "a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INF", "-INF", "+INF", "+Infinity", "+1", ".5", "5.", "01", "0x1", "1_0", "nan", "-NaN"})
    void refusesLiteralsThatPythonDoesNotKnow(String written) {
        refusedPoint("'location':{'x':0,'y':" + written + ",'z':0}");
        refusedPoint(LOCATION + ",'unknown':" + written);
    }

    @Test
    void refusesAnIntegerBeyondDoubleButNotAFloat() {
        refusedPoint("'location':{'x':0,'y':1" + "0".repeat(400) + ",'z':0}", "points[1].location.y", "range");
        assertEquals(1e300, point(LOCATION + ",'score':1" + "0".repeat(300)).score());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "7,7",
                "2.0,2",
                "'7',7",
                "' +7 ',7",
                "'7.00',7",
                "'1_000.0',1000",
                "true,1",
                "-3,-3",
                "'-0',0",
                "-0.0,0",
                "9007199254740993,9007199254740993",
                "9223372036854775807,9223372036854775807",
                "-9223372036854775808,-9223372036854775808",
                "'9223372036854775807.0',9223372036854775807",
                "9007199254740992.0,9007199254740992",
                "1e3,1000",
                "'007',7"
            })
    void readsInstanceIds(String written, long expected) {
        assertEquals(
                (Long) expected, point(LOCATION + ",'instance_id':" + written).instanceId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "'7.5'",
                "'7.'",
                "'1e2'",
                "'.0'",
                "''",
                "'--7'",
                "'7_'",
                "NaN",
                "Infinity",
                "1e300",
                "[]",
                "{}",
                "9223372036854775808",
                "-9223372036854775809",
                "9.223372036854775808e18",
                "'9223372036854775808'",
                "99999999999999999999999999999999"
            })
    void refusesWhatIsNo64BitInteger(String written) {
        refusedPoint(LOCATION + ",'instance_id':" + written, "points[1].instance_id", "64-bit");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"1,true", "0.0,false", "'yes',true", "'OFF',false", "'tRuE',true", "'n',false", "'1',true"})
    void readsTruthValues(String written, boolean expected) {
        assertEquals(
                Optional.of(expected),
                Documents.picks(json("{'pickable_object_name':'o','user_id':'u','session_id':'s','trust_orientation':"
                                + written + "}"))
                        .trustOrientation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "'2'", "' true'", "'1.0'", "''", "[]", "0.5", "NaN"})
    void refusesOtherTruthValues(String written) {
        refused(
                "{'pickable_object_name':'o','user_id':'u','session_id':'s','trust_orientation':" + written + "}",
                "trust_orientation",
                "true or false");
    }

    @Test
    void refusesDocumentsWithWrongFields() {
        refused("{'user_id':'u','session_id':'s'}", "pickable_object_name", "missing");
        refused("{'pickable_object_name':'o','session_id':'s'}", "user_id", "missing");
        refused("{'pickable_object_name':'o','user_id':'u'}", "session_id", "missing");
        String names = "{'pickable_object_name':'o','user_id':'u',";
        refused(names + "'session_id':0}", "session_id", "a string", "found 0");
        refused(names + "'session_id':null}", "session_id", "found null");
        refused(names + "'session_id':'s','unit':null}", "unit", "a string");
        refused(names + "'session_id':'s','run_name':5}", "run_name");
        refused(names + "'session_id':'s','voxel_spacing':'wide'}", "voxel_spacing", "\"wide\"");
        refused(names + "'session_id':'s','points':{}}", "points", "a list");
        refused(names + "'session_id':'s','points':[5]}", "points[0]", "an object");
        refused("[]", "the document", "an object");
        refused("null", "an object");
        refused("'x'", "an object");
    }

    @Test
    void refusesIncompleteLocations() {
        refusedPoint("'score':1", "points[1].location", "missing");
        refusedPoint("'location':null", "points[1].location");
        refusedPoint("'location':[1,2,3]", "points[1].location", "found a list");
        refusedPoint("'location':{'x':1,'z':3}", "points[1].location.y", "missing");
        refusedPoint("'location':{'x':1,'y':3}", "points[1].location.z", "missing");
        refusedPoint("'location':{'y':1,'z':3}", "points[1].location.x", "missing");
    }

    @Test
    void keepsTheLastRowUnrounded() throws IOException {
        PicksDocument document = Documents.onePoint(
                json("{" + LOCATION + ",'transformation_':[" + IDENTITY_ROWS + ",[0,-1e-8,'1e-9',1]]}"));
        Transform transform = document.point(0).transform();
        assertEquals(-1e-8, transform.get(3, 1));
        assertEquals(1e-9, transform.get(3, 2));
        assertFalse(transform.isIdentity());
        assertEquals(
                -1e-8,
                Documents.manifest(document).at("/points/0/transformation_/3/1").doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "5",
                "[[1,0,0,0],[0,1,0,0],[0,0,1,0]]",
                "[[1,0,0],[0,1,0],[0,0,1],[0,0,1]]",
                "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1],[0,0,0,1]]",
                "[[1,0,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]",
                "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1.0000000001]]",
                "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,NaN]]",
                "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,1.1e-8,0,1]]",
                "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[NaN,0,0,1]]",
                "[[1,0,0,0],[0,1,0,null],[0,0,1,0],[0,0,0,1]]",
                "[[1,0,0,0],[0,1,0,0],null,[0,0,0,1]]",
                "[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]"
            })
    @Tag("statement-34")
    void refusesWrongTransforms(String written) {
        refusedPoint(LOCATION + ",'transformation_':" + written, "points[1].transformation_");
    }

    @Test
    void acceptsNonFiniteRotations() {
        Point point = point(LOCATION + ",'transformation_':[[NaN,0,0,0],[0,Infinity,0,0],[0,0,1,0],[0,0,0,1]]");
        assertTrue(Double.isNaN(point.transform().get(0, 0)));
        assertEquals(Double.POSITIVE_INFINITY, point.transform().rotation()[4]);
    }

    @Test
    @Tag("statement-35")
    void keepsUnknownKeysAfterTheKnownOnes() throws IOException {
        String stored = json("{'later':{'a':[1,2.5,null,true,'é',NaN,123456789012345678901234567890]},"
                + "'pickable_object_name':'o','user_id':'u','session_id':'s',"
                + "'points':[{'transformation':[[9]],'zz':1," + LOCATION + "},{" + LOCATION
                + "}],'empty':{},'none':[]}");
        PicksDocument document = Documents.picks(stored);
        assertEquals(Transform.IDENTITY, document.point(0).transform());
        assertEquals(2, document.point(0).unknown().size());
        assertTrue(document.point(1).unknown().isEmpty());
        PicksDocument again = PicksDocument.parse(document.toJson(), "again");
        assertEquals(document, again);
        String text = new String(again.toJson(), UTF_8);
        assertTrue(text.indexOf("\"trust_orientation\"") < text.indexOf("\"later\""), text);
        assertTrue(text.indexOf("\"score\"") < text.indexOf("\"transformation\""), text);
        assertTrue(text.contains("\"\\u00e9\""), text);
        assertTrue(text.contains("123456789012345678901234567890"), text);
        assertTrue(text.endsWith("    \"empty\": {},\n    \"none\": []\n}"), text);
        assertFalse(Documents.manifest(document).has("later"));
        assertFalse(Documents.manifest(document).at("/points/0").has("zz"));
    }

    @Test
    void unknownFieldsCannotBeChangedFromOutside() {
        PicksDocument document = Documents.onePoint(json("{" + LOCATION + ",'u':{'k':1}}"));
        document.point(0)
                .unknown()
                .values()
                .forEach(value ->
                        assertThrows(UnsupportedOperationException.class, () -> ((java.util.Map<?, ?>) value).clear()));
        assertEquals("{u={k=1}}", document.point(0).unknown().toString());
        assertThrows(
                UnsupportedOperationException.class,
                () -> document.point(0).unknown().clear());
    }

    @Test
    void theLastOfEqualKeysCounts() {
        Point point = point("'location':{'x':9,'y':9,'z':9}," + LOCATION + ",'transformation_':[[2,0,0,0],[0,1,0,0],"
                + "[0,0,1,0],[0,0,0,1]],'transformation_':[" + IDENTITY_ROWS + ",[0,0,0,1]],'score':null,'score':2,"
                + "'instance_id':5,'instance_id':null");
        assertEquals(Point.at(1, 2, 3).withScore(2.0).withInstanceId(null), point);
        refusedPoint(LOCATION + ",'location':{'x':1}", "points[1].location.y", "missing");
        assertArrayEquals(
                new double[] {1, 2, 3},
                Documents.picks(json("{'points':[{'location':{'x':7,'y':7,'z':7}}],'user_id':'u','session_id':'s',"
                                + "'points':[{" + LOCATION + "}],'pickable_object_name':'o'}"))
                        .positions());
    }

    @Test
    void refusesWhatIsNotOneUtf8JsonObject() {
        String valid = json("{'pickable_object_name':'o','user_id':'u','session_id':'s'}");
        refused("", "empty");
        refused("   ", "empty");
        refused(valid + "x");
        refused(valid + "{}", "follow");
        refused("\uFEFF" + valid, "byte order mark");
        refused(valid.replace("'", "//").replace("{", "{/* c */"));
        refused(valid.replace("}", ",}"));
        for (int end = 1; end < valid.length(); end++) {
            refused(valid.substring(0, end));
        }
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16, StandardCharsets.UTF_16LE}) {
            assertThrows(CorruptDataException.class, () -> PicksDocument.parse(valid.getBytes(charset), "p.json"));
        }
        byte[] latin = valid.replace("'u'", "'\u00fc'")
                .replace(":\"u\"", ":\"\u00fc\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(CorruptDataException.class, () -> PicksDocument.parse(latin, "p.json"));
    }

    @Test
    @Timeout(120)
    void repeatedKeysCostNoMemory() {
        String many = "['location'" + ",'location'".repeat(300_000) + "]" + ",'points':null".repeat(100_000);
        byte[] document = json(Documents.withPoints("[]").replace("}", ",'many':" + many + "}"))
                .getBytes(UTF_8);
        ThreadMXBean counters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = counters.getCurrentThreadAllocatedBytes();
        assertEquals(0, PicksDocument.parse(document, "p.json").size());
        long taken = counters.getCurrentThreadAllocatedBytes() - before;
        // a short key or value takes an object or two; quadratic growth would take terabytes
        assertTrue(taken < 20L * document.length, () -> taken + " bytes for " + document.length);
    }

    @Test
    void boundsNestingNumbersAndMessages() {
        refused(Documents.withPoints("[".repeat(100_000)));
        refused(
                Documents.withPoints("[]").replace("}", ",\"deep\":" + "[".repeat(220) + "]".repeat(220) + "}"),
                "nest");
        refusedPoint(LOCATION + ",'score':1" + "0".repeat(2000));
        refusedPoint(LOCATION + ",'big':1" + "0".repeat(2000));
        String message = assertThrows(
                        CorruptDataException.class,
                        () -> Documents.onePoint(json("{" + LOCATION + ",'score':'" + "z".repeat(1_000_000) + "'}")))
                .toString();
        assertTrue(message.length() < 200, () -> "message of " + message.length());
    }
}
