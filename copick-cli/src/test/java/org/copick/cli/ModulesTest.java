package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of the declarations of our modules. */
final class ModulesTest {
    private static final String SERVICES = "META-INF/services/";

    @Test
    void everyLibraryIsAModule() {
        assertEquals(
                Set.of(
                        "org.copick.storage",
                        "org.copick.zarr",
                        "org.copick.api",
                        "org.copick.fs",
                        "org.copick.overlay",
                        "org.copick.s3",
                        "org.copick.gcs",
                        "org.copick.http",
                        "org.copick.portal",
                        "org.copick.exchange",
                        "org.copick.imglib2",
                        "org.copick.imagej"),
                modules().stream().map(module -> module.descriptor().name()).collect(Collectors.toSet()));
    }

    /** Declarations apply on the module path, and services files on the class path. */
    @Test
    void servicesFilesAndDeclarationsAgree() throws IOException {
        int providers = 0;
        for (ModuleReference module : modules()) {
            Map<String, List<String>> declared = new TreeMap<>();
            module.descriptor().provides().forEach(each -> declared.put(each.service(), each.providers()));
            Map<String, List<String>> listed = new TreeMap<>();
            for (String file : files(module)) {
                if (file.startsWith(SERVICES) && !file.endsWith("/")) {
                    listed.put(file.substring(SERVICES.length()), lines(module, file));
                }
            }
            assertEquals(listed, declared, module.descriptor().name());
            providers += declared.size();
        }
        assertEquals(7, providers);
    }

    /** Every package with a public type is exported, except those that only our modules use. */
    @Test
    void packagesOfUsersAreExported() throws IOException, ClassNotFoundException {
        for (ModuleReference module : modules()) {
            Set<String> open = new TreeSet<>();
            Set<String> narrow = new TreeSet<>();
            for (ModuleDescriptor.Exports each : module.descriptor().exports()) {
                (each.isQualified() ? narrow : open).add(each.source());
            }
            Set<String> withPublicTypes = new TreeSet<>();
            for (String file : files(module)) {
                if (file.endsWith(".class") && !file.endsWith("-info.class")) {
                    Class<?> type = Class.forName(
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'),
                            false,
                            ModulesTest.class.getClassLoader());
                    if (Modifier.isPublic(type.getModifiers())) {
                        withPublicTypes.add(type.getPackageName());
                    }
                }
            }
            Set<String> ours = withPublicTypes.stream()
                    .filter(name -> name.contains(".internal"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(ours, narrow, module.descriptor().name());
            withPublicTypes.removeAll(ours);
            // the codecs are public only for the package above
            withPublicTypes.remove("org.copick.zarr.codec");
            assertEquals(withPublicTypes, open, module.descriptor().name());
        }
    }

    private static Set<ModuleReference> modules() {
        Path[] entries = JavaProcess.classPath().stream().filter(Files::exists).toArray(Path[]::new);
        return ModuleFinder.of(entries).findAll().stream()
                .filter(module -> module.descriptor().name().startsWith("org.copick."))
                .filter(module -> !module.descriptor().isAutomatic())
                .collect(Collectors.toSet());
    }

    private static List<String> files(ModuleReference module) throws IOException {
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            return files.toList();
        }
    }

    private static List<String> lines(ModuleReference module, String file) throws IOException {
        try (ModuleReader reader = module.open();
                InputStream in = reader.open(file).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
