package org.copick.cli.render;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.config.Color;
import org.copick.internal.names.Nearest;
import picocli.CommandLine;

/**
 * The colours of objects in a picture: from the options, else from the configuration.
 *
 * <p>Objects without a colour, which Python's copick draws in one grey, get colours that differ from each other and
 * from all colours of the configuration.
 */
public final class ObjectColors {
    private static final List<Color> PALETTE = List.of(
            rgb(230, 80, 60),
            rgb(70, 150, 230),
            rgb(90, 190, 90),
            rgb(240, 190, 50),
            rgb(170, 100, 210),
            rgb(60, 200, 200),
            rgb(240, 130, 190),
            rgb(250, 140, 30),
            rgb(150, 210, 50),
            rgb(120, 120, 240),
            rgb(170, 110, 70),
            rgb(250, 250, 120));

    private final Root root;
    private final Map<String, Color> given;
    private final Optional<Color> forAll;
    private final Map<String, Color> assigned = new HashMap<>();
    private final DistinctColors distinct = new DistinctColors(PALETTE);
    private final Set<String> asked = new HashSet<>();

    /**
     * Returns the colours of a project.
     *
     * @param texts {@code OBJECT=COLOUR}, or {@code COLOUR} for all
     */
    public static ObjectColors of(Root root, List<String> texts, CommandLine commandLine) {
        Map<String, Color> given = new TreeMap<>();
        Color forAll = null;
        for (String text : texts) {
            int equals = text.indexOf('=');
            Color color = parse(text.substring(equals + 1), commandLine);
            if (equals < 0) {
                forAll = color;
            } else {
                given.put(text.substring(0, equals), color);
            }
        }
        return new ObjectColors(root, given, Optional.ofNullable(forAll));
    }

    /** Creates the colours of a project without any from options. */
    public ObjectColors(Root root) {
        this(root, Map.of(), Optional.empty());
    }

    private ObjectColors(Root root, Map<String, Color> given, Optional<Color> forAll) {
        this.root = root;
        this.given = given;
        this.forAll = forAll;
        given.values().forEach(distinct::take);
        forAll.ifPresent(distinct::take);
        for (PickableObject object : root.objects()) {
            if (!object.color().equals(Color.DEFAULT)) {
                distinct.take(object.color());
            }
        }
        // in the order of the configuration, so that an object has one colour in all pictures
        for (PickableObject object : root.objects()) {
            if (object.color().equals(Color.DEFAULT)) {
                assign(object.name());
            }
        }
    }

    /** Returns the colour of an object. */
    public Color of(String object) {
        asked.add(object);
        Color chosen = given.get(object);
        if (chosen != null) {
            return chosen;
        }
        if (forAll.isPresent()) {
            return forAll.get();
        }
        return root.findObject(object)
                .map(PickableObject::color)
                .filter(color -> !color.equals(Color.DEFAULT))
                .orElseGet(() -> assign(object));
    }

    /** Returns the colour of an instance. */
    static Color ofInstance(long number) {
        return PALETTE.get((int) Math.floorMod(number, (long) PALETTE.size()));
    }

    /** Refuses a colour for a name that is neither an object of the configuration nor drawn. */
    public void requireKnown(CommandLine commandLine) {
        for (String name : given.keySet()) {
            if (root.findObject(name).isEmpty() && !asked.contains(name)) {
                Set<String> known = new TreeSet<>(asked);
                root.objects().forEach(object -> known.add(object.name()));
                throw new CommandLine.ParameterException(
                        commandLine,
                        "--color: no object \"" + name + "\""
                                + Nearest.to(name, known)
                                        .map(near -> " (did you mean " + near + "?)")
                                        .orElse(""));
            }
        }
    }

    private Color assign(String name) {
        return assigned.computeIfAbsent(name, unknown -> distinct.next());
    }

    private static Color rgb(int red, int green, int blue) {
        return new Color(red, green, blue, 255);
    }

    private static Color parse(String text, CommandLine commandLine) {
        try {
            String[] parts = text.split(",", -1);
            if (parts.length == 3 || parts.length == 4) {
                return rgb(part(parts[0]), part(parts[1]), part(parts[2]));
            }
            if (text.matches("#[0-9a-fA-F]{6}")) {
                int rgb = Integer.parseInt(text.substring(1), 16);
                return rgb(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
            }
        } catch (NumberFormatException e) {
            throw refused(text, commandLine);
        }
        throw refused(text, commandLine);
    }

    private static int part(String text) {
        int value = Integer.parseInt(text.strip());
        if (value < 0 || value > 255) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static CommandLine.ParameterException refused(String text, CommandLine commandLine) {
        return new CommandLine.ParameterException(
                commandLine,
                "--color: invalid colour \"" + text
                        + "\"; write #ff8800 or 255,136,0, after OBJECT= for one object only");
    }
}
