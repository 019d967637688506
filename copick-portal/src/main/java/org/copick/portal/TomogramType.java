package org.copick.portal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name of a tomogram's type, made of the portal's fields as Python copick makes it. */
final class TomogramType {
    private static final int SIGMA = 0x3A3;

    private TomogramType() {}

    /**
     * Returns the type. It may contain any character, also a slash.
     *
     * @param method the reconstruction method, such as {@code WBP}
     * @param processing the processing, such as {@code denoised}
     * @param software the program that processed the tomogram; null or empty for none
     * @param ctfCorrected whether the contrast transfer function was deconvolved
     */
    static String of(String method, String processing, @Nullable String software, boolean ctfCorrected) {
        String type = camel(method) + "-" + camel(processing);
        String words = software == null || software.isBlank() ? "" : camel(software);
        if (!words.isEmpty()) {
            type += "-" + words;
        }
        return ctfCorrected ? type + "-ctfdeconv" : type;
    }

    /** Returns the words of a text in camel case, as in {@code imod4.11Beta2} for {@code IMOD 4.11_beta-2}. */
    private static String camel(String text) {
        String words = title(text.replaceAll("[_-]+", " ")).replace(" ", "");
        if (words.isEmpty()) {
            return words;
        }
        int first = words.offsetByCodePoints(0, 1);
        return words.substring(0, first).toLowerCase(Locale.ROOT) + words.substring(first);
    }

    /** Returns a text like Python's {@code str.title}: a letter after another letter in lower case, others in title case. */
    private static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean afterLetter = false;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int letter = text.codePointAt(i);
            String alone = Character.toString(letter);
            if (afterLetter && letter == SIGMA) {
                // at the end of a word it has a form of its own, which Java finds in a text only
                title.append(("a" + text.substring(i)).toLowerCase(Locale.ROOT).charAt(1));
            } else if (afterLetter) {
                title.append(alone.toLowerCase(Locale.ROOT));
            } else if (Character.toTitleCase(letter) != letter) {
                title.appendCodePoint(Character.toTitleCase(letter));
            } else {
                // letters such as the German sharp s have two capitals, of which the second becomes lower case
                String upper = alone.toUpperCase(Locale.ROOT);
                int first = upper.offsetByCodePoints(0, 1);
                title.append(upper, 0, first).append(upper.substring(first).toLowerCase(Locale.ROOT));
            }
            afterLetter =
                    Character.isUpperCase(letter) || Character.isLowerCase(letter) || Character.isTitleCase(letter);
        }
        return title.toString();
    }
}
