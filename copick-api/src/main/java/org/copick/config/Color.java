package org.copick.config;

import org.copick.error.InvalidConfigException;

/** The colour that an object is drawn in; each component is 0 to 255. */
public record Color(int red, int green, int blue, int alpha) {
    /** The colour that Python gives an object without one. */
    public static final Color DEFAULT = new Color(100, 100, 100, 255);

    /**
     * Checks the components.
     *
     * @throws InvalidConfigException if a component is outside 0 to 255
     */
    public Color {
        for (int component : new int[] {red, green, blue, alpha}) {
            if (component < 0 || component > 255) {
                throw new InvalidConfigException("a colour component is " + component + "; it must be 0 to 255");
            }
        }
    }
}
