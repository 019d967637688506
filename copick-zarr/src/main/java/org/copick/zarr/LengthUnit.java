package org.copick.zarr;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Converts the units of length found in metadata to Å. */
final class LengthUnit {
    /** A metre is 10¹⁰ Å. */
    private static final int METRE = 10;

    /**
     * A prefix of the SI.
     *
     * @param name the prefix of a spelled-out unit
     * @param symbol the prefix of a symbol
     * @param power the power of ten
     */
    private record Prefix(String name, String symbol, int power) {}

    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("", "", 0),
            new Prefix("yocto", "y", -24),
            new Prefix("zepto", "z", -21),
            new Prefix("atto", "a", -18),
            new Prefix("femto", "f", -15),
            new Prefix("pico", "p", -12),
            new Prefix("nano", "n", -9),
            new Prefix("micro", "u", -6),
            new Prefix("micro", "μ", -6),
            new Prefix("milli", "m", -3),
            new Prefix("centi", "c", -2),
            new Prefix("deci", "d", -1),
            new Prefix("deca", "da", 1),
            new Prefix("hecto", "h", 2),
            new Prefix("kilo", "k", 3),
            new Prefix("mega", "M", 6),
            new Prefix("giga", "G", 9),
            new Prefix("tera", "T", 12),
            new Prefix("peta", "P", 15),
            new Prefix("exa", "E", 18),
            new Prefix("zetta", "Z", 21),
            new Prefix("yotta", "Y", 24));

    /** Powers of ten by symbol, in the standard letter case. */
    private static final Map<String, Integer> SYMBOLS =
            PREFIXES.stream().collect(Collectors.toUnmodifiableMap(prefix -> prefix.symbol + "m", Prefix::power));

    /** The symbol Å in lower case; U+212B and U+00C5 are equal after normalisation. */
    private static final String ANGSTROM_SIGN = "å";

    private LengthUnit() {}

    /**
     * Returns the length of a unit in Å; empty for an unknown unit. Names match in any letter case. Symbols do, too,
     * unless the case distinguishes two units, as in mm and Mm.
     */
    static Optional<BigDecimal> angstrom(String name) {
        // unifies the two micro signs and the two Å signs
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
            String before = one.substring(0, one.length() - "meter".length());
            return PREFIXES.stream()
                    .filter(prefix -> prefix.name.equals(before))
                    .findFirst()
                    .flatMap(prefix -> power(prefix.power));
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> power(int metres) {
        return Optional.of(BigDecimal.ONE.scaleByPowerOfTen(METRE + metres));
    }
}
