package org.copick.picks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests a million points, in a heap too small for a million objects with their transforms. */
class LargePicksTest {
    private static final int COUNT = 1_000_000;

    @Test
    void readsAMillionPoints() {
        byte[] json = million();
        PicksDocument document = PicksDocument.parse(json, "large.json");
        assertEquals(COUNT, document.size());
        double[] xyz = document.positions();
        long[] ids = document.instanceIds();
        long sum = 0;
        for (int i = 0; i < COUNT; i++) {
            assertTrue(xyz[3 * i] == i + 0.25 && xyz[3 * i + 1] == -0.5 * i && xyz[3 * i + 2] == i % 997);
            sum += ids[i];
        }
        assertEquals(3L * COUNT * (COUNT - 1) / 2, sum);
        assertEquals(
                Point.at(999_999.25, -499_999.5, 999_999 % 997).withInstanceId(2_999_997L), document.point(999_999));
        assertEquals(Transform.IDENTITY, document.points().get(500_000).transform());
    }

    /** The number of points is estimated from the first part of a document. */
    @Test
    void laterPointsMayBeUnlikeTheFirst() {
        String note = " ".repeat(1000);
        for (int unlike : new int[] {0, 1, 400, 2000}) {
            StringBuilder json = new StringBuilder("{\"note\":\"")
                    .append(unlike == 0 ? " ".repeat(1 << 19) : "")
                    .append("\",\"points\":[");
            for (int i = 0; i < 4000; i++) {
                json.append(i == 0 ? "" : ",")
                        .append("{\"location\":{\"x\":")
                        .append(i)
                        .append(",\"y\":0,\"z\":0},\"instance_id\":")
                        .append(i)
                        .append(",\"score\":0.5")
                        .append(i < unlike ? ",\"note\":\"" + note + "\"" : "")
                        .append(i < unlike ? "" : ",\"transformation_\":[[1,0,0,7],[0,1,0,0],[0,0,1,0],[0,0,0,1]]")
                        .append('}');
            }
            String header = "\"pickable_object_name\":\"o\",\"user_id\":\"u\",\"session_id\":\"0\",";
            json.insert(1, header).append("]}");
            PicksDocument document =
                    PicksDocument.parse(json.toString().getBytes(StandardCharsets.US_ASCII), "unlike.json");
            assertEquals(4000, document.size());
            for (int i = 0; i < 4000; i++) {
                Point point = document.point(i);
                assertEquals(i, point.x());
                assertEquals(i < unlike ? 0 : 7, point.transform().get(0, 3));
                assertEquals(i, point.instanceId());
                assertEquals(0.5, point.score());
            }
        }
    }

    private static byte[] million() {
        ByteArrayOutputStream json = new ByteArrayOutputStream(90 * COUNT);
        StringBuilder text = new StringBuilder(
                "{\"pickable_object_name\":\"o\",\"user_id\":\"u\",\"session_id\":\"0\",\"points\":[");
        for (int i = 0; i < COUNT; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"location\":{\"x\":")
                    .append(i)
                    .append(".25,\"y\":-");
            text.append(i / 2)
                    .append(i % 2 == 0 ? ".0" : ".5")
                    .append(",\"z\":")
                    .append(i % 997);
            text.append("},\"instance_id\":").append(3L * i).append('}');
            if (text.length() > 1 << 16) {
                json.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
                text.setLength(0);
            }
        }
        json.writeBytes(text.append("]}").toString().getBytes(StandardCharsets.US_ASCII));
        return json.toByteArray();
    }
}
