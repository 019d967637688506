package org.copick.cli.options;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.Entity;
import org.copick.MetadataFilter;
import org.copick.Root;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.EntityKind;
import org.copick.spi.MetadataField;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that select entities by what a catalogue such as the CryoET Data Portal knows about them. */
public final class MetadataOptions {
    /** The field of the authors. */
    private static final String AUTHORS = "authors";

    @Option(
            names = "--where",
            paramLabel = "FIELD=VALUE",
            converter = Condition.Converter.class,
            description = "Condition on metadata of the CryoET Data Portal: FIELD=VALUE, FIELD>=VALUE or FIELD<=VALUE;"
                    + " FIELD=null for no value; repeatable, for all of them (default: none).")
    private List<Condition> conditions = new ArrayList<>();

    @Option(
            names = "--author",
            paramLabel = "NAME",
            description = "Author in the CryoET Data Portal; repeatable, for all of them (default: any).")
    private List<String> authors = new ArrayList<>();

    public MetadataOptions() {}

    /** Returns whether any condition was given. */
    public boolean isGiven() {
        return !conditions.isEmpty() || !authors.isEmpty();
    }

    /**
     * Returns the filter for entities of one kind.
     *
     * @throws org.copick.error.NotFoundException if the kind has no such field
     */
    public MetadataFilter filter(Root root, EntityKind kind) {
        MetadataFilter filter = filter();
        filter.on(root, kind); // refuses unknown fields once, before anything is listed
        return filter;
    }

    /**
     * Returns the test for entities of several kinds. Kinds without one of the fields do not pass.
     *
     * @throws CommandFailure if no kind has all of the fields
     */
    public Predicate<Entity> accepted(Root root, Set<EntityKind> kinds) {
        if (!isGiven()) {
            return entity -> true;
        }
        Map<EntityKind, Predicate<Entity>> tests = new EnumMap<>(EntityKind.class);
        Set<String> known = new TreeSet<>();
        for (EntityKind kind : kinds) {
            List<String> names =
                    root.metadataFields(kind).stream().map(MetadataField::name).toList();
            known.addAll(names);
            if (names.containsAll(fields())) {
                tests.put(kind, filter().on(root, kind));
            }
        }
        if (tests.isEmpty()) {
            throw new CommandFailure("no kind of entity has the metadata "
                    + (fields().size() == 1 ? "field " : "fields ") + String.join(", ", fields())
                    + (known.isEmpty()
                            ? ": the project has no metadata"
                            : "; the fields are " + String.join(", ", known)));
        }
        return entity -> {
            Predicate<Entity> test = tests.get(entity.key().kind());
            return test != null && test.test(entity);
        };
    }

    private MetadataFilter filter() {
        MetadataFilter filter = MetadataFilter.any();
        for (Condition condition : conditions) {
            filter = condition.addedTo(filter);
        }
        for (String author : authors) {
            filter = filter.is(AUTHORS, author);
        }
        return filter;
    }

    private Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        conditions.forEach(condition -> fields.add(condition.field));
        if (!authors.isEmpty()) {
            fields.add(AUTHORS);
        }
        return fields;
    }

    /** A value of {@code --where}. */
    private record Condition(String field, String sign, String value) {
        private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*(=|>=|<=)\\s*(.*?)\\s*", Pattern.DOTALL);

        MetadataFilter addedTo(MetadataFilter filter) {
            return switch (sign) {
                case ">=" -> filter.atLeast(field, value);
                case "<=" -> filter.atMost(field, value);
                default -> filter.is(field, value.equals("null") ? null : value);
            };
        }

        private static final class Converter implements CommandLine.ITypeConverter<Condition> {
            Converter() {}

            @Override
            public Condition convert(String text) {
                Matcher parts = FORM.matcher(text);
                if (!parts.matches()) {
                    throw new CommandLine.TypeConversionException(
                            "'" + text + "' is not FIELD=VALUE, FIELD>=VALUE or FIELD<=VALUE");
                }
                return new Condition(parts.group(1), parts.group(2), parts.group(3));
            }
        }
    }
}
