package org.copick.picks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilamentsDocumentTest {
    private static final String POINTS = "'points':[[1,2,3],[4,5,6]]";
    private static final String LINE = "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':1";

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static Filament filament(String fields) {
        return Documents.filaments(json(Documents.withFilaments("[{" + fields + "}]")))
                .filaments()
                .get(0);
    }

    private static Curve curve(String fields) {
        Curve curve = filament("'instance_id':1," + POINTS + ",'curve':{" + fields + "}")
                .curve();
        assertTrue(curve != null);
        return curve;
    }

    private static void refused(String document, String... mentioned) {
        String message = assertThrows(CorruptDataException.class, () -> Documents.filaments(json(document)), document)
                .toString();
        assertTrue(message.contains("Exception: f.json: "), message);
        for (String part : mentioned) {
            assertTrue(message.contains(part), message);
        }
    }

    private static void refusedFilament(String fields, String... mentioned) {
        refused(Documents.withFilaments("[{'instance_id':99," + POINTS + "},{" + fields + "}]"), mentioned);
    }

    private static void refusedCurve(String fields, String... mentioned) {
        refusedFilament("'instance_id':1," + POINTS + ",'curve':{" + fields + "}", mentioned);
    }

    @Test
    @Tag("statement-75")
    @Tag("statement-76")
    void fillsInDefaults() {
        assertEquals(
                FilamentsDocument.empty("o", "u", "s", null),
                Documents.filaments(json("{'pickable_object_name':'o','user_id':'u','session_id':'s'}")));
        assertEquals(Filament.of(7, Polyline.of(1, 2, 3, 4, 5, 6)), filament("'instance_id':'7'," + POINTS));
        assertEquals(
                Filament.of(2, Polyline.of(1, 2, 3, 4, 5, 6)),
                filament("'instance_id':2.0," + POINTS + ",'metadata':null,'curve':null,'radius':null"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9007199254740993L, Long.MAX_VALUE})
    @Tag("statement-77")
    void keepsIdsExactly(long id) {
        FilamentsDocument document =
                Documents.filaments(json(Documents.withFilaments("[{'instance_id':" + id + "," + POINTS + "}]")));
        assertEquals(id, document.filaments().get(0).instanceId());
        assertEquals(document, FilamentsDocument.parse(document.toJson(), "again"));
        assertTrue(new String(document.toJson(), UTF_8).contains("\"instance_id\": " + id + ","));
    }

    @Test
    void refusesWrongDocuments() {
        String names = "{'pickable_object_name':'o','user_id':'u','session_id':'s'";
        refused("{'pickable_object_name':'o','user_id':'u'}", "session_id", "missing");
        refused(names + ",'filaments':null}", "filaments", "a list");
        refused(names + ",'filaments':[1]}", "filaments[0]", "an object");
        refused(names + ",'version':null}", "version");
        refused(names + ",'version':1.5}", "version");
        refused(names + ",'unit':null}", "unit");
        refused("[]", "an object");
        refusedFilament("'instance_id':99," + POINTS, "99");
    }

    @Test
    void keepsOtherVersions() throws IOException {
        FilamentsDocument document =
                Documents.filaments(json("{'pickable_object_name':'o','user_id':'u','session_id':'s','version':'2'}"));
        assertEquals(2, document.version());
        assertEquals(2, Documents.manifest(document).get("version").intValue());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'points':[[1,2,3],[4,5,6]] | filaments[1].instance_id",
                "'instance_id':1 | filaments[1].points",
                "'instance_id':0,'points':[[1,2,3],[4,5,6]] | instance_id",
                "'instance_id':-4,'points':[[1,2,3],[4,5,6]] | instance_id",
                "'instance_id':1.5,'points':[[1,2,3],[4,5,6]] | filaments[1].instance_id",
                "'instance_id':null,'points':[[1,2,3],[4,5,6]] | filaments[1].instance_id",
                "'instance_id':9223372036854775808,'points':[[1,2,3],[4,5,6]] | filaments[1].instance_id",
                "'instance_id':1,'points':[[1,2,3]] | points",
                "'instance_id':1,'points':[] | points",
                "'instance_id':1,'points':null | filaments[1].points",
                "'instance_id':1,'points':[[1,2],[4,5,6]] | filaments[1].points[0]",
                "'instance_id':1,'points':[[1,2,3],[4,5,6,7]] | filaments[1].points[1]",
                "'instance_id':1,'points':[[1,2,3],[4,null,6]] | filaments[1].points[1][1]",
                "'instance_id':1,'points':[[1,2,3],[4,NaN,6]] | points",
                "'instance_id':1,'points':[[1,2,3],[4,Infinity,6]] | points"
            })
    @Tag("statement-76")
    void refusesWrongIdsAndPoints(String fields, String mentioned) {
        refusedFilament(fields, "filaments[1]", mentioned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'polarity_known':null",
                "'polarity_known':2",
                "'score':null",
                "'score':'high'",
                "'radius':0",
                "'radius':-1",
                "'radius':NaN",
                "'metadata':[]",
                "'metadata':'x'",
                "'curve':[]",
                "'curve':true"
            })
    @Tag("statement-76")
    void refusesWrongFields(String field) {
        refusedFilament(
                "'instance_id':1," + POINTS + "," + field, "filaments[1]", field.substring(1, field.indexOf("':")));
    }

    @Test
    void acceptsWhatPythonAccepts() {
        Filament filament = filament("'instance_id':true,'points':[['1',2,3],[1,2,3],[1,2,3]],'polarity_known':'yes',"
                + "'score':NaN,'radius':'12.5','metadata':{'a':{'b':[1.0,1]}}");
        assertEquals(1, filament.instanceId());
        assertEquals(3, filament.points().size());
        assertTrue(filament.polarityKnown());
        assertTrue(Double.isNaN(filament.score()));
        assertEquals((Double) 12.5, filament.radius());
        assertEquals("{b=[1.0, 1]}", String.valueOf(filament.metadata().get("a")));
        assertEquals(
                (Double) Double.POSITIVE_INFINITY,
                filament("'instance_id':1," + POINTS + ",'radius':Infinity").radius());
    }

    @Test
    @Tag("statement-78")
    void keepsUnknownKeys() throws IOException {
        FilamentsDocument document = Documents.filaments(json("{'more':[1],'pickable_object_name':'o','user_id':'u',"
                + "'session_id':'s','filaments':[{'extra':{'a':null},'instance_id':1," + POINTS
                + ",'curve':{'tension':0.5,'gone':null," + LINE + "}}]}"));
        FilamentsDocument again = FilamentsDocument.parse(document.toJson(), "again");
        assertEquals(document, again);
        Filament filament = again.filaments().get(0);
        assertEquals("{a=null}", String.valueOf(filament.unknown().get("extra")));
        assertTrue(
                filament.curve() != null && filament.curve().unknown().keySet().equals(Set.of("tension", "gone")));
        JsonNode manifest = Documents.manifest(document);
        assertFalse(manifest.has("more"));
        assertFalse(manifest.at("/filaments/0").has("extra"));
        assertEquals(0.5, manifest.at("/filaments/0/curve/tension").doubleValue());
        assertFalse(manifest.at("/filaments/0/curve").has("gone"));
    }

    @Test
    @Tag("statement-78")
    void keepsCurvesOfUnknownKinds() {
        Curve curve =
                curve("'kind':'clothoid','control_points':[],'step':Infinity,'degree':-3000000000,'knots':[2,1,NaN],"
                        + "'alpha':7,'smoothing':0,'curl':{'a':1}");
        assertFalse(curve.isKnown());
        assertEquals(Long.valueOf(-3000000000L), curve.degree());
        assertEquals(List.of(2.0, 1.0, Double.NaN), curve.knots());
        refusedCurve("'kind':'clothoid','control_points':[],'step':0", "filaments[1].curve", "step");
        refusedCurve("'kind':'clothoid','control_points':[[1,2]],'step':1", "filaments[1].curve.control_points[0]");
        refusedCurve("'kind':'clothoid','control_points':[['a',2,3]],'step':1", "control_points[0][0]");
        refusedCurve("'kind':'','control_points':[],'step':1", "kind");
    }

    @Test
    void catmullRomAlphaDefaultsToOneHalf() {
        Curve curve = curve("'kind':'catmull-rom','control_points':[[0,0,0],[1,0,0]],'step':1,'alpha':null");
        assertEquals((Double) 0.5, curve.alpha());
        assertEquals(Curve.catmullRom(Polyline.of(0, 0, 0, 1, 0, 0), 1, 0.5), curve);
        assertNull(curve(LINE).alpha());
        assertEquals((Double) 0.3, curve(LINE + ",'alpha':0.3").alpha());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'control_points':[[0,0,0],[1,0,0]],'step':1",
                "'kind':'linear','step':1",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]]",
                "'kind':1,'control_points':[[0,0,0],[1,0,0]],'step':1",
                "'kind':'linear','control_points':[[0,0,0]],'step':1",
                "'kind':'linear','control_points':[[0,0,0],[1,0,NaN]],'step':1",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0],[1,0,1e-6]],'step':1",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':-1",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':NaN",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':Infinity",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':1,'smoothing':-1",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':1,'smoothing':NaN",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':1,'degree':1.5",
                "'kind':'linear','control_points':[[0,0,0],[1,0,0]],'step':1,'knots':[null]",
                "'kind':'catmull-rom','control_points':[[0,0,0],[1,0,0]],'step':1,'alpha':1.1",
                "'kind':'catmull-rom','control_points':[[0,0,0],[1,0,0]],'step':1,'alpha':-0.1",
                "'kind':'catmull-rom','control_points':[[0,0,0],[1,0,0]],'step':1,'alpha':NaN",
                "'kind':'catmull-rom','control_points':[[0,0,0],[0,0,0]],'step':1"
            })
    void refusesWrongCurves(String fields) {
        refusedCurve(fields, "filaments[1].curve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1;0,0,1,1",
                "1;0,0,0.5,1,1",
                "2;0,0,0,1,1,1",
                "2;0,0,0,0.5,0.5,1,1,1",
                "3;-1,-1,-1,-1,2,2,2,2",
                "5;0,0,0,0,0,0,7,7,7,7,7,7"
            })
    void acceptsClampedBsplines(String degreeAndKnots) {
        String fields = bspline(degreeAndKnots);
        assertEquals(Curve.BSPLINE, curve(fields).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0;0,1",
                "6;0,0,0,0,0,0,0,1,1,1,1,1,1,1",
                "2;0,0,1,1",
                "1;0,0,0,1,1",
                "1;0,0.1,1,1",
                "1;0,0,0.9,1",
                "1;0,0,0.5,0.5,1,1",
                "1;0,0,0.7,0.5,1,1",
                "1;0,0,NaN,1,1",
                "1;0,0,Infinity,Infinity",
                "1;0,0,0,0",
                "2;0,0,0,0,1,1,1",
                "2;0,0,0,0.5,0.5,0.5,1,1,1",
                "3;0,0,0,0,1,1,1"
            })
    void refusesOtherKnots(String degreeAndKnots) {
        refusedCurve(bspline(degreeAndKnots), "filaments[1].curve");
    }

    /** Returns the JSON of a B-spline with as many coefficients as its knots require. */
    private static String bspline(String degreeAndKnots) {
        int degree = Integer.parseInt(degreeAndKnots.substring(0, degreeAndKnots.indexOf(';')));
        String knots = degreeAndKnots.substring(degreeAndKnots.indexOf(';') + 1);
        int coefficients = Math.max(0, knots.split(",", -1).length - degree - 1);
        String points = "[1,1,1],".repeat(coefficients);
        return "'kind':'bspline','control_points':[" + points.substring(0, Math.max(0, points.length() - 1))
                + "],'step':1,'degree':" + degree + ",'knots':[" + knots + "]";
    }

    @Test
    void aBsplineNeedsDegreeAndMatchingKnots() {
        String points = "'kind':'bspline','control_points':[[0,0,0],[1,1,1]],'step':1";
        refusedCurve(points + ",'knots':[0,0,1,1]", "degree");
        refusedCurve(points + ",'degree':1", "knots");
        refusedCurve(points + ",'degree':1,'knots':[0,0,0.5,1,1]", "4 knots");
        refusedCurve(points + ",'degree':2,'knots':[0,0,0,1,1]", "3 control_points");
    }

    @Test
    void randomDocumentsSurviveTheRoundTrip() {
        for (long seed = 0; seed < 300; seed++) {
            FilamentsDocument document = random(new Random(seed));
            byte[] json = document.toJson();
            assertEquals(document, FilamentsDocument.parse(json, "seed " + seed), "seed " + seed);
        }
    }

    static FilamentsDocument random(Random random) {
        List<Filament> filaments = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 1; i <= count; i++) {
            double[] xyz =
                    random.doubles(3L * (2 + random.nextInt(8)), -500, 500).toArray();
            Polyline points = Polyline.of(xyz);
            Curve curve = switch (random.nextInt(4)) {
                case 0 -> null;
                case 1 -> Curve.catmullRom(points, 1 + random.nextDouble(), random.nextDouble());
                case 2 -> Curve.bspline(Polyline.of(1, 2, 3, 4, 5, 6), 3, 1, List.of(0.0, 0.0, 1.0, 1.0));
                default -> Curve.linear(points, random.nextDouble() + 1e-5);
            };
            Map<String, Object> metadata = random.nextBoolean() ? Map.of() : Map.of("n", random.nextLong());
            filaments.add(new Filament(
                    Math.max(1, random.nextLong() >>> 1),
                    points,
                    random.nextBoolean(),
                    random.nextGaussian(),
                    random.nextBoolean() ? null : (Double) (random.nextDouble() + 1),
                    metadata,
                    curve,
                    random.nextInt(4) > 0 ? Map.of() : Map.of("x", "\u00fc")));
        }
        return FilamentsDocument.empty("o", "u", "s", random.nextBoolean() ? null : "r")
                .withFilaments(filaments)
                .withVoxelSpacing(random.nextBoolean() ? null : (Double) random.nextDouble())
                .withIdentity("p", "v", "0", null);
    }

    @Test
    @Tag("statement-76")
    void refusesEqualIds() {
        Filament filament = Filament.of(1, Polyline.of(1, 2, 3, 4, 5, 6));
        FilamentsDocument empty = FilamentsDocument.empty("o", "u", "s", null);
        assertThrows(IllegalArgumentException.class, () -> empty.withFilaments(List.of(filament, filament)));
        assertThrows(IllegalArgumentException.class, () -> Polyline.of(1, 2));
    }
}
