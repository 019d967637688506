package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.copick.entity.EntityKind;
import org.copick.error.NotFoundException;
import org.copick.spi.MetadataField;
import org.jspecify.annotations.Nullable;

/**
 * A filter by what a catalogue knows about entities, such as {@code MetadataFilter.any().is("method_type", "manual")}.
 *
 * <p>An entity passes if its {@linkplain Entity#metadata metadata} meet every condition. Entities without metadata, such
 * as those of a layer in the copick layout, pass only a filter without conditions. {@link Root#metadataFields} returns
 * the fields that a project has. Filters read the metadata of listed entities, so they send no requests. Immutable.
 *
 * <p>Values are texts, numbers, booleans, and dates as {@link java.time.LocalDate}, {@link java.time.Instant} or {@link
 * java.time.OffsetDateTime}. Each is converted to the type of the field: the text {@code "99.5"} finds the number 99.5.
 * Texts are compared exactly. A date without time is that whole day in UTC.
 */
public final class MetadataFilter {
    private static final MetadataFilter ANY = new MetadataFilter(List.of());

    private final List<MetadataCondition> conditions;

    private MetadataFilter(List<MetadataCondition> conditions) {
        this.conditions = conditions;
    }

    /** {@return a filter without conditions, which every entity passes} */
    public static MetadataFilter any() {
        return ANY;
    }

    /**
     * {@return a filter that also requires a value of a field; in a list, such as that of the authors, an element}
     *
     * @param field the name of the field
     * @param value the value; null requires that the catalogue has no value
     */
    public MetadataFilter is(String field, @Nullable Object value) {
        return with(new MetadataCondition(
                field, value == null ? MetadataCondition.Test.NONE : MetadataCondition.Test.IS, String.valueOf(value)));
    }

    /**
     * {@return a filter that also requires that a number or date is not less than a value}
     *
     * @param field the name of the field
     * @param value the least number, or the first date
     */
    public MetadataFilter atLeast(String field, Object value) {
        return with(new MetadataCondition(field, MetadataCondition.Test.AT_LEAST, value.toString()));
    }

    /**
     * {@return a filter that also requires that a number or date is not greater than a value}
     *
     * @param field the name of the field
     * @param value the greatest number, or the last date
     */
    public MetadataFilter atMost(String field, Object value) {
        return with(new MetadataCondition(field, MetadataCondition.Test.AT_MOST, value.toString()));
    }

    /**
     * {@return the test for entities of a kind in a project}
     *
     * @param root the project
     * @param kind the kind of the entities to test
     * @throws NotFoundException if entities of this kind have no such field; the message lists the fields that they have
     * @throws org.copick.error.InvalidDataException if a value cannot be converted to the type of its field, or if the
     *     type has no order
     */
    public Predicate<Entity> on(Root root, EntityKind kind) {
        List<MetadataField> known = conditions.isEmpty() ? List.of() : root.metadataFields(kind);
        List<Predicate<Map<String, Object>>> tests = conditions.stream()
                .map(condition -> condition.on(field(known, condition.field(), root, kind)))
                .toList();
        return entity -> tests.isEmpty()
                || (!entity.metadata().isEmpty() && tests.stream().allMatch(test -> test.test(entity.metadata())));
    }

    private static MetadataField field(List<MetadataField> known, String name, Root root, EntityKind kind) {
        Optional<MetadataField> found =
                known.stream().filter(field -> field.name().equals(name)).findFirst();
        return found.orElseThrow(() -> new NotFoundException("no metadata field \"" + name + "\" of "
                + kind.name().replace('_', ' ').toLowerCase(Locale.ROOT) + " in " + root + "; "
                + (known.isEmpty()
                        ? "no layer has metadata of them"
                        : "the fields are "
                                + known.stream().map(MetadataField::name).collect(Collectors.joining(", ")))));
    }

    /** Returns a filter with the conditions of both. */
    MetadataFilter and(MetadataFilter other) {
        List<MetadataCondition> all = new ArrayList<>(conditions);
        all.addAll(other.conditions);
        return new MetadataFilter(List.copyOf(all));
    }

    private MetadataFilter with(MetadataCondition condition) {
        Objects.requireNonNull(condition.field(), "field");
        return and(new MetadataFilter(List.of(condition)));
    }

    /** {@return the conditions, as a person writes them} */
    @Override
    public String toString() {
        return conditions.isEmpty()
                ? "any metadata"
                : conditions.stream().map(MetadataCondition::toString).collect(Collectors.joining(", "));
    }
}
