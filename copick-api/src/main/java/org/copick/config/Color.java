package org.copick.config;

import org.copick.error.InvalidConfigException;

/**
 * The colour that an object is drawn in.
 *
 * @param red red component, 0 to 255
 * @param green green component, 0 to 255
 * @param blue blue component, 0 to 255
 * @param alpha opacity, 0 (transparent) to 255 (opaque)
 */
public record Color(int red, int green, int blue, int alpha) {
    /** The colour that Python gives an object without one. */
    public static final Color DEFAULT = new Color(100, 100, 100, 255);

    /**
     * Checks the components.
     *
     * @param red red component, 0 to 255
     * @param green green component, 0 to 255
     * @param blue blue component, 0 to 255
     * @param alpha opacity, 0 to 255
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
