package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.copick.storage.StorageProvider;
import org.junit.jupiter.api.Test;

/** Tests of the declaration of the kit's module. */
final class KitModuleTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final ModuleDescriptor KIT =
            ModuleFinder.of(CLASSES).find("org.copick.tests").orElseThrow().descriptor();

    @Test
    void servicesFileAndDeclarationAgree() throws IOException {
        String service = StorageProvider.class.getName();
        ModuleDescriptor.Provides declared = KIT.provides().iterator().next();
        assertEquals(1, KIT.provides().size());
        assertEquals(service, declared.service());
        assertEquals(Files.readAllLines(CLASSES.resolve("META-INF/services/" + service)), declared.providers());
    }

    @Test
    void allPackagesAreExported() {
        assertEquals(
                KIT.packages(),
                KIT.exports().stream()
                        .filter(each -> !each.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet()));
        assertEquals(
                Set.of("org.copick.tests", "org.copick.tests.hostile", "org.copick.tests.network"), KIT.packages());
    }

    /** A module that extends a contract compiles without naming JUnit's modules. */
    @Test
    void authorsNeedNoOtherModule() {
        List<String> given = KIT.requires().stream()
                .filter(each -> each.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
                .map(ModuleDescriptor.Requires::name)
                .sorted()
                .toList();
        assertEquals(
                List.of("org.copick.api", "org.jspecify", "org.junit.jupiter.api", "org.junit.jupiter.params"), given);
    }
}
