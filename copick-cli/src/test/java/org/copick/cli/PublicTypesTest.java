package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of properties that all public types share. */
final class PublicTypesTest {
    private static final Set<String> PACKAGES = Set.of(
            "org.copick",
            "org.copick.config",
            "org.copick.entity",
            "org.copick.picks",
            "org.copick.mesh",
            "org.copick.spi",
            "org.copick.imagej",
            "org.copick.imglib2",
            "org.copick.storage",
            "org.copick.zarr");

    private static List<Class<?>> types() throws ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.copick")) {
            if (PACKAGES.contains(each.getPackageName()) && each.getModifiers().contains(JavaModifier.PUBLIC)) {
                types.add(Class.forName(each.getName()));
            }
        }
        return types;
    }

    /** Every public type has a useful {@code toString}, for example in a Java shell. */
    @Test
    void eachHasATextOfItsOwn() throws ReflectiveOperationException {
        Set<String> without = new TreeSet<>();
        for (Class<?> type : types()) {
            boolean instances = !type.isInterface()
                    && !Modifier.isAbstract(type.getModifiers())
                    && java.util.Arrays.stream(type.getDeclaredMethods())
                            .anyMatch(method -> Modifier.isPublic(method.getModifiers())
                                    && !Modifier.isStatic(method.getModifiers()));
            boolean builder = type.getSimpleName().equals("Builder");
            if (instances && !builder && type.getMethod("toString").getDeclaringClass() == Object.class) {
                without.add(type.getName());
            }
        }
        assertEquals(Set.of(), without);
    }

    /** Public methods refuse a null argument immediately and name the parameter. */
    @Test
    void nullIsRefusedByName() throws ReflectiveOperationException {
        Set<String> wrong = new TreeSet<>();
        for (Class<?> type : types()) {
            List<Executable> entrances = new ArrayList<>();
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic()
                        && !(type.isEnum() && method.getName().equals("valueOf"))) {
                    entrances.add(method);
                }
            }
            if (!Modifier.isAbstract(type.getModifiers())) {
                entrances.addAll(List.of(type.getConstructors()));
            }
            for (Executable entrance : entrances) {
                Parameter[] parameters = entrance.getParameters();
                for (int i = 0; i < parameters.length; i++) {
                    if (parameters[i].getType().isPrimitive()
                            || parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                        continue;
                    }
                    String said = refusal(entrance, parameters, i);
                    if (!said.contains(parameters[i].getName())) {
                        wrong.add(entrance.getDeclaringClass().getSimpleName() + "." + entrance.getName() + "("
                                + parameters[i].getName() + "): " + said);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static String refusal(Executable entrance, Parameter[] parameters, int missing)
            throws ReflectiveOperationException {
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == missing ? null : sample(parameters[i].getType());
            if (i != missing && arguments[i] == null) {
                return parameters[missing].getName(); // no sample of this type to call it with
            }
        }
        try {
            Object made = entrance instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) entrance).invoke(null, arguments);
            return "accepted: " + (made == null ? "null" : made.getClass().getSimpleName());
        } catch (InvocationTargetException e) {
            // another problem of the samples may be reported first
            boolean other = !(e.getCause() instanceof NullPointerException)
                    && !String.valueOf(e.getCause()).contains("null");
            return other ? parameters[missing].getName() : String.valueOf(e.getCause());
        }
    }

    private static @Nullable Object sample(Class<?> type) {
        if (type == String.class) {
            return "x";
        } else if (type == int.class) {
            return 1;
        } else if (type == long.class) {
            return 1L;
        } else if (type == double.class) {
            return 1.0;
        } else if (type == boolean.class) {
            return true;
        } else if (type == byte[].class) {
            return new byte[1];
        } else if (type == long[].class) {
            return new long[] {1, 1, 1};
        } else if (type == int[].class) {
            return new int[] {1, 1, 1};
        } else if (type == float[].class) {
            return new float[1];
        } else if (type == double[].class) {
            return new double[1];
        } else if (type == short[].class) {
            return new short[1];
        } else if (type == java.util.List.class) {
            return List.of();
        } else if (type == java.util.Map.class) {
            return java.util.Map.of();
        } else if (type == java.util.Optional.class) {
            return java.util.Optional.empty();
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return null;
    }
}
