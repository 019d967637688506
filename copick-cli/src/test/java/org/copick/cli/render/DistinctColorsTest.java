package org.copick.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.copick.config.Color;
import org.junit.jupiter.api.Test;

final class DistinctColorsTest {
    private static final List<Color> PALETTE = List.of(new Color(230, 80, 60, 255));
    private static final List<Color> OWN =
            List.of(new Color(255, 0, 0, 255), new Color(0, 255, 0, 255), new Color(0, 0, 255, 255), Color.DEFAULT);

    @Test
    void fortyColoursLookDifferentAndUnlikeTheConfigurations() {
        List<Color> all = new ArrayList<>(OWN);
        DistinctColors colors = new DistinctColors(PALETTE);
        OWN.forEach(colors::take);
        for (int i = 0; i < 40; i++) {
            all.add(colors.next());
        }
        for (int i = 0; i < all.size(); i++) {
            for (int k = 0; k < i; k++) {
                double distance = DistinctColors.distance(all.get(i), all.get(k));
                assertTrue(distance >= 20, all.get(i) + " and " + all.get(k) + ": " + distance);
            }
        }
    }

    @Test
    void theOrderIsAlwaysTheSame() {
        DistinctColors one = new DistinctColors(PALETTE);
        DistinctColors other = new DistinctColors(PALETTE);
        assertEquals(PALETTE.get(0), other.next());
        one.next();
        for (int i = 0; i < 20; i++) {
            assertEquals(one.next(), other.next());
        }
    }

    @Test
    void distancesAreThoseOfTheEye() {
        assertEquals(100, DistinctColors.distance(new Color(0, 0, 0, 255), new Color(255, 255, 255, 255)), 0.1);
        assertEquals(0, DistinctColors.distance(OWN.get(0), OWN.get(0)));
        assertEquals(170.6, DistinctColors.distance(OWN.get(0), OWN.get(1)), 0.5, "red and green in CIE76");
    }
}
