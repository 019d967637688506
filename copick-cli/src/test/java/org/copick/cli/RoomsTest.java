package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of the modules: each depends only on the modules below it. */
final class RoomsTest {
    private static final Pattern ROOM = Pattern.compile("/(copick-[a-z0-9]+)(?:/target/classes/|-[^/]*\\.jar!)");

    /** The modules that each module may depend on; the command may depend on all. */
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("copick-storage", Set.of()),
            Map.entry("copick-zarr", Set.of("copick-storage")),
            Map.entry("copick-fs", Set.of("copick-storage")),
            Map.entry("copick-s3", Set.of("copick-storage")),
            Map.entry("copick-gcs", Set.of("copick-storage")),
            Map.entry("copick-http", Set.of("copick-storage")),
            Map.entry("copick-api", Set.of("copick-storage", "copick-zarr")),
            Map.entry("copick-overlay", Set.of("copick-storage", "copick-zarr", "copick-api")),
            Map.entry("copick-portal", Set.of("copick-storage", "copick-zarr", "copick-api", "copick-overlay")),
            Map.entry("copick-exchange", Set.of("copick-storage", "copick-zarr", "copick-api")),
            Map.entry("copick-imglib2", Set.of("copick-storage", "copick-zarr", "copick-api")),
            Map.entry("copick-imagej", Set.of("copick-storage", "copick-zarr", "copick-api")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.copick");

    @Test
    void eachRoomKnowsThoseBelowIt() {
        Set<String> wrong = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            String room = room(each);
            seen.add(room);
            Set<String> below = BELOW.get(room);
            if (below == null) {
                continue;
            }
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target ->
                            target.getPackageName().startsWith("org.copick") && CLASSES.contain(target.getName()))
                    .filter(target -> !room(target).equals(room) && !below.contains(room(target)))
                    .forEach(target -> wrong.add(each.getName() + " knows " + target.getName()));
        }
        assertEquals(Set.of(), wrong);
        Set<String> rooms = new TreeSet<>(BELOW.keySet());
        rooms.add("copick-cli");
        assertEquals(rooms, seen);
    }

    @Test
    void noPackageIsInTwoRooms() {
        Map<String, Set<String>> rooms = new TreeMap<>();
        for (JavaClass each : CLASSES) {
            rooms.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>())
                    .add(room(each));
        }
        rooms.values().removeIf(found -> found.size() == 1);
        assertEquals(Map.of(), rooms);
    }

    /** The package of chunk codecs, which is public only for {@code org.copick.zarr}. */
    private static final String CODECS = "org.copick.zarr.codec";

    @Test
    void whatIsInternalIsInNoPublicSignature() {
        assertEquals(Set.of(), shown(RoomsTest::isInternal));
    }

    @Test
    void theJsonLibraryIsInNoPublicSignature() {
        assertEquals(Set.of(), shown(type -> type.getPackageName().startsWith("com.fasterxml")));
    }

    /** Returns the public methods and constructors of libraries that expose such types. */
    private static Set<String> shown(Predicate<JavaClass> hidden) {
        Set<String> shown = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            if (!isPublic(each)
                    || isInternal(each)
                    || !BELOW.containsKey(room(each))
                    || each.getPackageName().equals(CODECS)) {
                continue;
            }
            each.getCodeUnits().stream()
                    .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                            || unit.getModifiers().contains(JavaModifier.PROTECTED))
                    .filter(unit -> Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()))
                            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                            .map(JavaClass::getBaseComponentType)
                            .anyMatch(hidden))
                    .forEach(unit -> shown.add(unit.getFullName()));
        }
        return shown;
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getBaseComponentType().getPackageName().contains(".internal");
    }

    private static String room(JavaClass type) {
        String place = type.getSource().orElseThrow().getUri().toString();
        Matcher matcher = ROOM.matcher(place);
        assertTrue(matcher.find(), place);
        return matcher.group(1);
    }
}
