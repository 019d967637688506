package org.copick.config;

import org.copick.error.InvalidConfigException;

/** The colour an object is drawn in; each component 0 to 255. */
public record Color(int red, int green, int blue, int alpha) {
    /** What Python gives an object without a colour. */
    public static final Color DEFAULT = new Color(100, 100, 100, 255);

    public Color {
        for (int component : new int[] {red, green, blue, alpha}) {
            if (component < 0 || component > 255) {
                throw new InvalidConfigException("a colour component is " + component + "; it must be 0 to 255");
            }
        }
    }
}
