package org.copick;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.error.InvalidNameException;
import org.jspecify.annotations.Nullable;

/**
 * A copick URI, which names entities within a run, exactly or by pattern (spec section 9).
 *
 * <pre>
 * picks, filaments, meshes   object[:user[/session]]
 * segmentations              name[:user[/session]][@spacing][?multilabel=true|instance=true|panoptic=true]
 * tomograms                  type[@spacing]
 * features                   type[@spacing[:feature]]
 * </pre>
 *
 * <p>Omitted parts match everything. Each part may be a glob ({@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}),
 * which is case-sensitive on all systems. After the prefix {@code re:}, every part is a regular expression that matches
 * from the start of the name; if matching takes too long, an {@link InvalidNameException} is thrown.
 *
 * <p>Unlike in Python, a delimiter inside brackets or parentheses belongs to the pattern, and a {@code ?} begins the
 * query only if one of the three types follows it.
 */
public final class CopickUri {
    /** A delimiter, a wildcard, or white space that would be lost at the end of a URI. */
    private static final Pattern SPECIAL = Pattern.compile("(?U)[\\[*?:@/]|^\\s|\\s$");

    private static final Pattern QUERY = Pattern.compile("\\?(?=(multilabel|instance|panoptic)(=|&|$))");

    private final EntityKind kind;
    private final String text;
    private final Part name;
    private final Part user;
    private final Part session;
    private final Part spacing;
    private final Part feature;
    private final Set<SegmentationType> types;

    private CopickUri(EntityKind kind, String text) {
        this.kind = kind;
        this.text = text;
        String rest = text.strip();
        boolean regex = rest.startsWith("re:");
        rest = regex ? rest.substring(3) : rest;

        Set<SegmentationType> wanted = EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL);
        var query = QUERY.matcher(rest);
        if (query.find()) {
            wanted = types(rest.substring(query.end()));
            rest = rest.substring(0, query.start());
        }
        types = wanted;

        boolean image = kind == EntityKind.TOMOGRAM || kind == EntityKind.FEATURES;
        UriParts parts = UriParts.of(kind, rest, CopickUri::topLevel);
        if (!image && topLevel(parts.author(), ':') >= 0) {
            throw invalid("it has more than one \":\"");
        }
        name = part(parts.name(), regex);
        user = image ? Part.NONE : part(parts.user(), regex);
        session = image ? Part.NONE : part(parts.session(), regex);
        spacing = image || kind == EntityKind.SEGMENTATION ? part(parts.spacing(), regex) : Part.NONE;
        feature = kind == EntityKind.FEATURES ? part(parts.feature(), regex) : Part.NONE;
    }

    /**
     * Parses a URI.
     *
     * @param kind the kind of the entities; runs, voxel spacings and density maps have no URIs
     * @param text the URI, in the grammar of this class
     * @return the parsed URI
     * @throws InvalidNameException if the text does not follow the grammar or contains an invalid regular expression
     */
    public static CopickUri parse(EntityKind kind, String text) {
        return switch (kind) {
            case RUN, VOXEL_SPACING, DENSITY_MAP ->
                throw new InvalidNameException(
                        "there are no copick URIs for " + kind.name().toLowerCase(Locale.ROOT) + "s");
            default -> new CopickUri(kind, text);
        };
    }

    /**
     * {@return the URI that matches exactly this entity}
     *
     * <p>Spacings are written as in Python: {@code 10.0}. A character of a name that has a meaning in URIs is written
     * in brackets, as in {@code a[[]1]} for the name {@code a[1]}.
     *
     * @param key the key of a tomogram, features or an annotation
     * @throws InvalidNameException if the key is that of a run, voxel spacing or density map, which have no URIs
     */
    public static String of(EntityKey key) {
        Objects.requireNonNull(key, "key");
        if (key instanceof EntityKey.Tomogram t) {
            return exactly(t.type()) + "@" + t.size().angstrom();
        }
        if (key instanceof EntityKey.Features f) {
            return exactly(f.tomogram()) + "@" + f.size().angstrom() + ":" + exactly(f.type());
        }
        if (key instanceof EntityKey.Annotation a) {
            // the object "re" would be taken for the prefix of regular expressions
            String object = a.object().equals("re") ? "[r]e" : exactly(a.object());
            String uri = object + ":" + exactly(a.user()) + "/" + exactly(a.session());
            return a instanceof EntityKey.Segmentation s
                    ? uri + "@" + s.size().angstrom()
                            + switch (s.type()) {
                                case BINARY -> "";
                                case MULTILABEL -> "?multilabel=true";
                                case INSTANCE -> "?instance=true";
                                case PANOPTIC -> "?panoptic=true";
                            }
                    : uri;
        }
        throw new InvalidNameException("there is no copick URI for " + key);
    }

    /** Returns a glob that matches only this name. */
    private static String exactly(String name) {
        return SPECIAL.matcher(name).replaceAll("[$0]");
    }

    /** {@return the kind of the entities that this URI matches} */
    public EntityKind kind() {
        return kind;
    }

    /** {@return whether this URI can match more than one entity of a run} */
    public boolean isPattern() {
        return List.of(name, user, session, spacing, feature).stream().anyMatch(part -> part.pattern() != null);
    }

    /**
     * {@return whether this URI matches the entity with this key}
     *
     * @param key the key to compare; a key of another kind does not match
     * @throws InvalidNameException if a regular expression takes too long to match one of the key's names
     */
    public boolean matches(EntityKey key) {
        if (key.kind() != kind) {
            return false;
        }
        if (key instanceof EntityKey.Tomogram t) {
            return name.matches(t.type()) && spacing.matchesSize(t.size().angstrom());
        }
        if (key instanceof EntityKey.Features f) {
            return name.matches(f.tomogram()) && spacing.matchesSize(f.size().angstrom()) && feature.matches(f.type());
        }
        EntityKey.Annotation annotation = (EntityKey.Annotation) key;
        boolean named = name.matches(annotation.object())
                && user.matches(annotation.user())
                && session.matches(annotation.session());
        return named
                && (!(annotation instanceof EntityKey.Segmentation s)
                        || (types.contains(s.type())
                                && spacing.matchesSize(s.size().angstrom())));
    }

    /** {@return the text from which this URI was parsed} */
    @Override
    public String toString() {
        return text;
    }

    private Set<SegmentationType> types(String query) {
        Optional<Boolean> multilabel = Optional.empty();
        boolean instance = false;
        boolean panoptic = false;
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            switch (equals < 0 ? parameter : parameter.substring(0, equals)) {
                case "multilabel" -> multilabel = value.isEmpty() ? multilabel : Optional.of(UriParts.isYes(value));
                case "instance" -> instance = UriParts.isYes(value);
                case "panoptic" -> panoptic = UriParts.isYes(value);
                default -> {}
            }
        }
        boolean several = multilabel.orElse(false) ? instance || panoptic : instance && panoptic;
        if (several) {
            throw invalid("it asks for two types of segmentation at once");
        }
        if (instance) {
            return EnumSet.of(SegmentationType.INSTANCE);
        }
        if (panoptic) {
            return EnumSet.of(SegmentationType.PANOPTIC);
        }
        return multilabel
                .map(yes -> EnumSet.of(yes ? SegmentationType.MULTILABEL : SegmentationType.BINARY))
                .orElse(EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL));
    }

    private Part part(String value, boolean regex) {
        if (value.equals("*")) {
            return new Part(value, name -> true, null);
        }
        Double number = null;
        try {
            number = Double.valueOf(value.strip());
        } catch (NumberFormatException notANumber) {
            // a name or a pattern
        }
        try {
            if (regex) {
                return new Part(value, new BoundedRegex(Pattern.compile(value)), null);
            }
            return new Part(value, Glob.isGlob(value) ? new Glob(value) : null, number);
        } catch (PatternSyntaxException e) {
            throw invalid("\"" + value + "\" is not a regular expression: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw invalid("it is nested too deep");
        }
    }

    /**
     * Returns the index of the first delimiter outside brackets and parentheses, or -1.
     *
     * <p>If an opening bracket is never closed and no such delimiter was found, brackets are ignored.
     */
    private static int topLevel(String text, char delimiter) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == delimiter && depth == 0) {
                return i;
            }
            if (c == '(' || c == '[') {
                depth++;
            } else if ((c == ')' || c == ']') && depth > 0) {
                depth--;
            }
        }
        return depth == 0 ? -1 : text.indexOf(delimiter);
    }

    private InvalidNameException invalid(String why) {
        return new InvalidNameException(
                "\"" + text + "\" is not a URI of " + kind.name().toLowerCase(Locale.ROOT) + ": " + why);
    }

    /** One part of a URI: a pattern that matches from the start, or exact text. */
    private record Part(
            String value,
            @Nullable NamePattern pattern,
            @Nullable Double number) {
        /** A placeholder for parts that this kind of URI does not have. */
        static final Part NONE = new Part("", null, null);

        boolean matches(String candidate) {
            return pattern == null ? value.equals(candidate) : pattern.matches(candidate);
        }

        boolean matchesSize(double angstrom) {
            if (number != null) {
                return number == angstrom;
            }
            return matches(Double.toString(angstrom));
        }
    }
}
