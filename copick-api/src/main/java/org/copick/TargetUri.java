package org.copick;

import java.util.Locale;
import java.util.Objects;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.InvalidNameException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for the name of a copied or moved entity, in the grammar of {@link CopickUri}.
 *
 * <p>Parts that are omitted or {@code *} keep the name of the source. The placeholders {@code {object_name}}, {@code
 * {name}}, {@code {user_id}}, {@code {session_id}} and {@code {voxel_spacing}} are replaced by the values of the
 * source.
 */
public final class TargetUri {
    private static final String SAME = UriParts.ANY;

    private final EntityKind kind;
    private final String text;
    private final String name;
    private final String user;
    private final String session;
    private final String spacing;
    private final String feature;
    private final @Nullable SegmentationType type;

    private TargetUri(EntityKind kind, String text) {
        this.kind = kind;
        this.text = text;
        String rest = text.strip();
        if (rest.startsWith("re:")) {
            throw invalid("a regular expression does not define a name");
        }
        SegmentationType wanted = null;
        int query = rest.indexOf('?');
        if (query >= 0) {
            wanted = type(rest.substring(query + 1));
            rest = rest.substring(0, query);
        }
        type = wanted;
        UriParts parts = UriParts.of(kind, rest, String::indexOf);
        name = parts.name();
        user = parts.user();
        session = parts.session();
        spacing = parts.spacing();
        feature = parts.feature();
        for (String part : new String[] {name, user, session, spacing, feature}) {
            if (part.isEmpty()) {
                throw invalid("a part of it is empty");
            }
            if (!part.equals(SAME) && part.chars().anyMatch(c -> "*?[]:/".indexOf(c) >= 0)) {
                throw invalid("\"" + part + "\" is a pattern, not a name; use {name}, {user_id} or {session_id} for the"
                        + " source's own");
            }
        }
    }

    /**
     * Parses a target.
     *
     * @param kind the kind of the entities
     * @param text the target, such as <code>{object_name}:bob/1</code>
     * @return the parsed target
     * @throws InvalidNameException if the text does not follow the grammar
     */
    public static TargetUri parse(EntityKind kind, String text) {
        Objects.requireNonNull(kind, "kind");
        return new TargetUri(kind, text);
    }

    /**
     * {@return the key for a copy of a source, in the same run}
     *
     * @param source the key of the entity to copy or move
     * @throws InvalidNameException if the source has another kind, is a segmentation of another type, or is a run,
     *     voxel spacing or density map; or if this target's voxel spacing is invalid
     */
    public EntityKey of(EntityKey source) {
        if (source.kind() != kind) {
            throw invalid(source + " is of another kind");
        }
        if (source instanceof EntityKey.Tomogram t) {
            return new EntityKey.Tomogram(t.run(), size(t.size()), filled(name, t.type(), t));
        }
        if (source instanceof EntityKey.Features f) {
            return new EntityKey.Features(
                    f.run(), size(f.size()), filled(name, f.tomogram(), f), filled(feature, f.type(), f));
        }
        if (source instanceof EntityKey.Annotation a) {
            String object = filled(name, a.object(), a);
            String by = filled(user, a.user(), a);
            String in = filled(session, a.session(), a);
            if (a instanceof EntityKey.Segmentation s) {
                if (type != null && type != s.type()) {
                    throw invalid("the source is a " + s.type().name().toLowerCase(Locale.ROOT)
                            + " segmentation, whose type cannot be changed");
                }
                return new EntityKey.Segmentation(a.run(), size(s.size()), object, by, in, s.type());
            }
            return a.named(object, by, in);
        }
        throw invalid(source + " cannot be copied by URI");
    }

    /** {@return the text from which this target was parsed} */
    @Override
    public String toString() {
        return text;
    }

    private VoxelSize size(VoxelSize own) {
        if (spacing.equals(SAME) || spacing.equals("{voxel_spacing}")) {
            return own;
        }
        try {
            return new VoxelSize(Double.parseDouble(spacing));
        } catch (NumberFormatException e) {
            throw new InvalidNameException("\"" + text + "\": \"" + spacing + "\" is not a voxel spacing", e);
        }
    }

    private static String filled(String part, String own, EntityKey source) {
        if (part.equals(SAME)) {
            return own;
        }
        if (!(source instanceof EntityKey.Annotation a)) {
            return part.replace("{name}", own);
        }
        String filled = part.replace("{object_name}", a.object())
                .replace("{name}", a.object())
                .replace("{user_id}", a.user())
                .replace("{session_id}", a.session());
        return a instanceof EntityKey.Segmentation s
                ? filled.replace("{voxel_spacing}", s.size().text())
                : filled;
    }

    private SegmentationType type(String query) {
        for (String parameter : query.split("&", -1)) {
            boolean yes = UriParts.isYes(parameter.substring(parameter.indexOf('=') + 1));
            if (parameter.startsWith("multilabel=")) {
                return yes ? SegmentationType.MULTILABEL : SegmentationType.BINARY;
            } else if (parameter.startsWith("instance=") && yes) {
                return SegmentationType.INSTANCE;
            } else if (parameter.startsWith("panoptic=") && yes) {
                return SegmentationType.PANOPTIC;
            }
        }
        throw invalid("\"?" + query + "\" names no type of segmentation");
    }

    private InvalidNameException invalid(String why) {
        return new InvalidNameException("\"" + text + "\" cannot be a target: " + why);
    }
}
