package org.copick.tests;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * Runs tests in the order of the source: contract by contract, and promise by promise.
 *
 * <p>Reflection returns methods in any order, but compilers write them to the class file in the order of the source.
 */
final class DeclaredOrder implements MethodOrderer {
    private static final Map<Class<?>, List<String>> NAMES = new ConcurrentHashMap<>();

    /** Used by JUnit. */
    DeclaredOrder() {}

    @Override
    public void orderMethods(MethodOrdererContext context) {
        List<Class<?>> contracts = new ArrayList<>();
        collect(context.getTestClass(), contracts);
        context.getMethodDescriptors()
                .sort(Comparator.comparingInt((MethodDescriptor test) ->
                                contracts.indexOf(test.getMethod().getDeclaringClass()))
                        .thenComparingInt(test -> rank(test.getMethod())));
    }

    /** Adds the types that may declare tests, those of the kit first. */
    private static void collect(Class<?> type, List<Class<?>> contracts) {
        if (type.getSuperclass() != null) {
            collect(type.getSuperclass(), contracts);
        }
        for (Class<?> contract : type.getInterfaces()) {
            collect(contract, contracts);
        }
        if (!contracts.contains(type)) {
            contracts.add(type);
        }
    }

    /** Returns the position of a method in the source of its class; -1 if the class file cannot be read. */
    static int rank(Method method) {
        return NAMES.computeIfAbsent(method.getDeclaringClass(), DeclaredOrder::names)
                .indexOf(method.getName());
    }

    private static List<String> names(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            return bytes == null ? List.of() : methodsOf(new DataInputStream(bytes));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Reads the names of all methods of a class file: chapter 4 of the specification of the Java virtual machine. */
    private static List<String> methodsOf(DataInputStream file) throws IOException {
        file.skipNBytes(8);
        String[] texts = new String[file.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            int tag = file.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = file.readUTF();
                case 7, 8, 16, 19, 20 -> file.skipNBytes(2);
                case 15 -> file.skipNBytes(3);
                case 5, 6 -> {
                    file.skipNBytes(8);
                    i++; // long and double take two entries
                }
                default -> file.skipNBytes(4);
            }
        }
        file.skipNBytes(6);
        file.skipNBytes(2L * file.readUnsignedShort());
        members(file, texts);
        return members(file, texts);
    }

    private static List<String> members(DataInputStream file, String[] texts) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = file.readUnsignedShort(); left > 0; left--) {
            file.skipNBytes(2);
            names.add(texts[file.readUnsignedShort()]);
            file.skipNBytes(2);
            for (int attributes = file.readUnsignedShort(); attributes > 0; attributes--) {
                file.skipNBytes(2);
                file.skipNBytes(Integer.toUnsignedLong(file.readInt()));
            }
        }
        return names;
    }
}
