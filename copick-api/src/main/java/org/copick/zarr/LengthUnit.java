package org.copick.zarr;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The units of length that programs write, and what they are in Å. */
final class LengthUnit {
    /** A metre is 10¹⁰ Å. */
    private static final int METRE = 10;

    /** Powers of ten by the names of prefixes. */
    private static final Map<String, Integer> PREFIXES = Map.ofEntries(
            Map.entry("", 0),
            Map.entry("yocto", -24),
            Map.entry("zepto", -21),
            Map.entry("atto", -18),
            Map.entry("femto", -15),
            Map.entry("pico", -12),
            Map.entry("nano", -9),
            Map.entry("micro", -6),
            Map.entry("milli", -3),
            Map.entry("centi", -2),
            Map.entry("deci", -1),
            Map.entry("deca", 1),
            Map.entry("hecto", 2),
            Map.entry("kilo", 3),
            Map.entry("mega", 6),
            Map.entry("giga", 9),
            Map.entry("tera", 12),
            Map.entry("peta", 15),
            Map.entry("exa", 18),
            Map.entry("zetta", 21),
            Map.entry("yotta", 24));

    /** Powers of ten by symbols, as they are to be written. */
    private static final Map<String, Integer> SYMBOLS = Map.ofEntries(
            Map.entry("m", 0),
            Map.entry("ym", -24),
            Map.entry("zm", -21),
            Map.entry("am", -18),
            Map.entry("fm", -15),
            Map.entry("pm", -12),
            Map.entry("nm", -9),
            Map.entry("um", -6),
            Map.entry("μm", -6),
            Map.entry("mm", -3),
            Map.entry("cm", -2),
            Map.entry("dm", -1),
            Map.entry("dam", 1),
            Map.entry("hm", 2),
            Map.entry("km", 3),
            Map.entry("Mm", 6),
            Map.entry("Gm", 9),
            Map.entry("Tm", 12),
            Map.entry("Pm", 15),
            Map.entry("Em", 18),
            Map.entry("Zm", 21),
            Map.entry("Ym", 24));

    /** Å as people write it, in lower case; U+212B and U+00C5 are one after normalisation. */
    private static final String ANGSTROM_SIGN = "å";

    private LengthUnit() {}

    /**
     * How many Å a unit is, empty for a name that is not known. Names are taken in any letter case; so are symbols, unless
     * another case means something else, as in mm and Mm.
     */
    static Optional<BigDecimal> angstrom(String name) {
        // both micro signs and both Å are written alike after this
        String text = Normalizer.normalize(name, Normalizer.Form.NFKC).strip();
        if (SYMBOLS.containsKey(text)) {
            return power(SYMBOLS.get(text));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals(ANGSTROM_SIGN) || text.equals("A")) {
            return power(-METRE);
        }
        long meanings = SYMBOLS.keySet().stream()
                .filter(symbol -> symbol.equalsIgnoreCase(text))
                .count();
        if (meanings == 1 && SYMBOLS.containsKey(lower)) {
            return power(SYMBOLS.get(lower));
        }
        String word = Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String one = word.length() > 2 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        if (one.equals("angstrom") || one.equals("angstroem")) {
            return power(-METRE);
        }
        if (one.equals("micron")) {
            return power(-6);
        }
        if (one.endsWith("meter") || one.endsWith("metre")) {
            String prefix = one.substring(0, one.length() - "meter".length());
            return Optional.ofNullable(PREFIXES.get(prefix)).flatMap(LengthUnit::power);
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> power(int metres) {
        return Optional.of(BigDecimal.ONE.scaleByPowerOfTen(METRE + metres));
    }
}
