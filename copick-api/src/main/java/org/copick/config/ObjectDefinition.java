package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.copick.error.InvalidConfigException;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a configuration's {@code pickable_objects} (spec section 1.3).
 *
 * <p>Two definitions are equal if all their fields are equal, unknown fields included.
 */
public final class ObjectDefinition {
    private final String name;
    private final boolean particle;
    private final @Nullable Long label;
    private final Color color;
    private final @Nullable String emdbId;
    private final @Nullable String pdbId;
    private final @Nullable String identifier;
    private final @Nullable Double mapThreshold;
    private final @Nullable Double radius;
    private final ObjectNode metadata;
    private final @Nullable FilamentSpec filament;
    private final Map<String, JsonNode> unknown;

    private ObjectDefinition(FieldReader fields) {
        name = fields.text("name");
        if (!EntityNames.isSanitized(name)) {
            throw fields.invalid("name", "is \"" + name + "\" and " + EntityNames.refusal(name));
        }
        particle = fields.bool("is_particle");
        label = fields.has("label") ? optionalInteger(fields, "label") : Long.valueOf(1);
        if (label != null && label == 0) {
            throw fields.invalid("label", "is 0, which is reserved for background");
        }
        color = color(fields);
        emdbId = fields.optionalText("emdb_id");
        pdbId = fields.optionalText("pdb_id");
        String plain = fields.optionalText("identifier");
        identifier = fields.has("go_id") ? fields.optionalText("go_id") : plain;
        mapThreshold = fields.optionalDecimal("map_threshold");
        radius = fields.optionalDecimal("radius");
        metadata = fields.objectOrEmpty("metadata");
        filament = metadata.isEmpty() ? null : FilamentSpec.of(metadata, fields.object("metadata"));
        if (filament != null && !particle) {
            throw fields.invalid("is_particle", "must be true for an object that is declared a filament");
        }
        unknown = fields.unknown();
    }

    /**
     * Reads one definition.
     *
     * @param where how messages name the definition, such as {@code pickable_objects[2].}
     * @throws org.copick.error.InvalidConfigException if a field breaks its rule
     */
    static ObjectDefinition parse(ObjectNode json, String where) {
        return new ObjectDefinition(new FieldReader(json, where));
    }

    /**
     * Starts a definition without label and radius, with the default colour, grey.
     *
     * @param name the object's name, which must pass {@link EntityNames#isSanitized}
     * @param isParticle whether points annotate the object and it may have a density map
     * @return a builder
     */
    public static Builder builder(String name, boolean isParticle) {
        Objects.requireNonNull(name, "name");
        return new Builder(JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("is_particle", isParticle)
                .putNull("label"));
    }

    /**
     * Starts the definition of a particle, which points annotate and which may have a density map.
     *
     * @param name the object's name, which must pass {@link EntityNames#isSanitized}
     * @return a builder, like one of {@link #builder(String, boolean)}
     */
    public static Builder particle(String name) {
        Objects.requireNonNull(name, "name");
        return builder(name, true);
    }

    /**
     * Starts a definition with all fields of this one.
     *
     * @return a builder; this definition stays as it is
     */
    public Builder toBuilder() {
        return new Builder(tree());
    }

    /** Builds a definition; {@link #build} checks it. */
    public static final class Builder {
        private final ObjectNode json;

        private Builder(ObjectNode json) {
            this.json = json;
        }

        /**
         * Sets the value of this object in multilabel segmentations.
         *
         * @param label any number but 0, which is reserved for background
         * @return this builder
         */
        public Builder label(long label) {
            json.put("label", label);
            return this;
        }

        /**
         * Removes the label; a project then assigns the next free one.
         *
         * @return this builder
         */
        public Builder withoutLabel() {
            json.putNull("label");
            return this;
        }

        /**
         * Sets the object's name.
         *
         * @param name the name, which must pass {@link EntityNames#isSanitized}
         * @return this builder
         */
        public Builder name(String name) {
            json.put("name", name);
            return this;
        }

        /**
         * Sets whether points annotate the object and it may have a density map.
         *
         * @param isParticle true for a particle; must be true for a filament
         * @return this builder
         */
        public Builder particle(boolean isParticle) {
            json.put("is_particle", isParticle);
            return this;
        }

        /**
         * Sets the colour that the object is drawn in.
         *
         * @param color the colour
         * @return this builder
         */
        public Builder color(Color color) {
            json.putArray("color")
                    .add(color.red())
                    .add(color.green())
                    .add(color.blue())
                    .add(color.alpha());
            return this;
        }

        /**
         * Sets the EMDB entry of the object.
         *
         * @param id the accession, such as {@code 3228}; not checked
         * @return this builder
         */
        public Builder emdbId(String id) {
            json.put("emdb_id", id);
            return this;
        }

        /**
         * Sets the PDB entry of the object.
         *
         * @param id the accession, such as {@code 3J9I}; not checked
         * @return this builder
         */
        public Builder pdbId(String id) {
            json.put("pdb_id", id);
            return this;
        }

        /**
         * Sets a GO, UniProtKB or similar accession.
         *
         * @param accession the accession, such as {@code GO:0005840}; not checked
         * @return this builder
         */
        public Builder identifier(String accession) {
            json.put("identifier", accession);
            return this;
        }

        /**
         * Sets the isosurface level of the density map.
         *
         * @param level the level, in the density map's own units; finite
         * @return this builder
         * @throws InvalidConfigException if it is not finite
         */
        public Builder mapThreshold(double level) {
            if (!Double.isFinite(level)) {
                throw invalid("map threshold", level, "give a finite number");
            }
            json.put("map_threshold", level);
            return this;
        }

        /**
         * Sets the radius; for filaments the radius of the tube.
         *
         * @param angstrom the radius in Å, finite and not negative
         * @return this builder
         * @throws InvalidConfigException if it is negative or not finite
         */
        public Builder radius(double angstrom) {
            if (!(angstrom >= 0) || Double.isInfinite(angstrom)) {
                throw invalid("radius", angstrom, "give a finite number of Å, not negative");
            }
            json.put("radius", angstrom);
            return this;
        }

        /**
         * Replaces the metadata, including any filament declaration.
         *
         * @param metadata text, numbers, booleans, lists, maps and nulls; the key {@code copick} is reserved for copick
         * @return this builder
         * @throws IllegalArgumentException if a value is of another class
         */
        public Builder metadata(Map<String, ? extends @Nullable Object> metadata) {
            json.set("metadata", JsonTree.object(metadata));
            return this;
        }

        /**
         * Declares the object a filament (spec section 14.2). Unknown keys of an earlier declaration are kept.
         *
         * @param filament the declaration; its null components are left out
         * @return this builder
         * @throws InvalidConfigException if the metadata hold something other than an object or null under {@code
         *     copick}, or in that under {@code filament}
         */
        public Builder filament(FilamentSpec filament) {
            ObjectNode declared = within(within(json.withObject("metadata"), "copick"), "filament");
            declared.put("polar", filament.polar());
            declared.put("helical_rise_a", filament.helicalRise());
            declared.put("helical_twist_deg", filament.helicalTwist());
            declared.properties().removeIf(field -> field.getValue().isNull());
            return this;
        }

        /** Returns the object under a name in the metadata, after adding it if there is none. */
        private static ObjectNode within(ObjectNode metadata, String name) {
            if (metadata.hasNonNull(name) && !metadata.get(name).isObject()) {
                throw new InvalidConfigException("cannot declare the object a filament: its metadata must hold an"
                        + " object under \"" + name + "\"");
            }
            return metadata.withObject(name);
        }

        /**
         * Removes the filament declaration and keeps all other metadata.
         *
         * @return this builder
         */
        public Builder withoutFilament() {
            if (json.path("metadata") instanceof ObjectNode metadata
                    && metadata.path("copick") instanceof ObjectNode copick) {
                copick.remove("filament");
                if (copick.isEmpty()) {
                    metadata.remove("copick");
                }
            }
            return this;
        }

        private InvalidConfigException invalid(String field, double value, String remedy) {
            return new InvalidConfigException("the " + field + " of the object \""
                    + json.path("name").asText() + "\" cannot be " + value + "; " + remedy);
        }

        /**
         * {@return the definition}
         *
         * @throws InvalidConfigException if a field breaks its rule
         */
        public ObjectDefinition build() {
            return parse(json.deepCopy(), "object ");
        }
    }

    /**
     * {@return the name}
     *
     * <p>Names should be unique in a project; if a configuration repeats one, the first definition counts.
     */
    public String name() {
        return name;
    }

    /** {@return whether points annotate the object and it may have a density map} */
    public boolean isParticle() {
        return particle;
    }

    /** {@return the value of this object in multilabel segmentations, never 0; empty if it has none} */
    public OptionalLong label() {
        return label == null ? OptionalLong.empty() : OptionalLong.of(label);
    }

    /** {@return the colour that the object is drawn in} */
    public Color color() {
        return color;
    }

    /** {@return the EMDB accession of the object, if it has one} */
    public Optional<String> emdbId() {
        return Optional.ofNullable(emdbId);
    }

    /** {@return the PDB accession of the object, if it has one} */
    public Optional<String> pdbId() {
        return Optional.ofNullable(pdbId);
    }

    /** {@return a GO, UniProtKB or similar accession; older configurations call it {@code go_id}} */
    public Optional<String> identifier() {
        return Optional.ofNullable(identifier);
    }

    /** {@return the isosurface level of the density map, if it is configured} */
    public OptionalDouble mapThreshold() {
        return mapThreshold == null ? OptionalDouble.empty() : OptionalDouble.of(mapThreshold);
    }

    /** {@return the radius in Å, if it is configured; for filaments the radius of the tube} */
    public OptionalDouble radius() {
        return radius == null ? OptionalDouble.empty() : OptionalDouble.of(radius);
    }

    /** {@return the metadata: text, numbers, booleans, lists, maps and nulls} */
    public Map<String, @Nullable Object> metadata() {
        return JsonTree.plainFields(metadata);
    }

    /** {@return the filament declaration, if there is one} */
    public Optional<FilamentSpec> filament() {
        return Optional.ofNullable(filament);
    }

    /** {@return the JSON that Python writes: the known fields in Python's order, then the unknown ones} */
    public String toJson() {
        return ConfigJson.write(tree());
    }

    ObjectNode tree() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("is_particle", particle);
        json.put("label", label);
        json.putArray("color")
                .add(color.red())
                .add(color.green())
                .add(color.blue())
                .add(color.alpha());
        json.put("emdb_id", emdbId);
        json.put("pdb_id", pdbId);
        json.put("identifier", identifier);
        json.put("map_threshold", mapThreshold);
        json.put("radius", radius);
        json.set("metadata", metadata.deepCopy());
        json.setAll(new LinkedHashMap<>(unknown));
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectDefinition that && tree().equals(that.tree());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, label);
    }

    @Override
    public String toString() {
        return "object " + name;
    }

    private static @Nullable Long optionalInteger(FieldReader fields, String name) {
        JsonNode value = fields.get(name);
        return value == null ? null : fields.asInteger(name, value);
    }

    private static Color color(FieldReader fields) {
        List<JsonNode> parts = fields.optionalList("color");
        if (parts == null) {
            return Color.DEFAULT;
        }
        if (parts.size() != 4) {
            throw fields.invalid("color", "must have four components, red, green, blue and alpha");
        }
        int[] components = new int[4];
        for (int i = 0; i < 4; i++) {
            long component = fields.asInteger("color", parts.get(i));
            if (component < 0 || component > 255) {
                throw fields.invalid("color", "has a component outside 0 to 255");
            }
            components[i] = (int) component;
        }
        return new Color(components[0], components[1], components[2], components[3]);
    }
}
