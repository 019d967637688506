package org.copick;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.copick.error.CopickException;
import org.junit.jupiter.api.Test;

/** Checks the layers of the API, as CONTRIBUTING.md lists them. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.copick");

    @Test
    void importsPointDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("org.copick")
                .layer("layout")
                .definedBy("org.copick.layout..")
                .layer("spi")
                .definedBy("org.copick.spi..")
                .layer("entity")
                .definedBy("org.copick.entity..")
                .layer("config")
                .definedBy("org.copick.config..")
                .layer("internal")
                .definedBy("org.copick.internal.json..")
                .layer("picks")
                .definedBy("org.copick.picks..")
                .layer("mesh")
                .definedBy("org.copick.mesh..")
                .layer("zarr")
                .definedBy("org.copick.zarr..")
                .layer("cache")
                .definedBy("org.copick.cache..")
                .layer("storage")
                .definedBy("org.copick.storage..")
                .layer("error")
                .definedBy("org.copick.error..")
                .whereLayer("model")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("layout")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("spi")
                .mayOnlyBeAccessedByLayers("model", "layout")
                .whereLayer("entity")
                .mayOnlyBeAccessedByLayers("model", "layout", "spi")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("model", "layout", "spi")
                .whereLayer("picks")
                .mayOnlyBeAccessedByLayers("model")
                .whereLayer("mesh")
                .mayOnlyBeAccessedByLayers("model")
                .whereLayer("zarr")
                .mayOnlyBeAccessedByLayers("model", "layout")
                .whereLayer("cache")
                .mayOnlyBeAccessedByLayers("model", "zarr")
                .whereLayer("storage")
                .mayOnlyBeAccessedByLayers("model", "layout", "spi", "entity", "zarr", "cache")
                .check(CLASSES);
    }

    @Test
    void theDiskCacheKnowsStoresAndNothingElseAndOnlyTheContextKnowsIt() {
        String disk = "org.copick.storage.disk..";
        classes()
                .that()
                .resideInAPackage(disk)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        disk, "org.copick.storage", "org.copick.error", "java..", "org.slf4j..", "org.jspecify..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(disk, "org.copick")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(disk)
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.copick.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyExceptionIsOneOfOurs() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .should()
                .beAssignableTo(CopickException.class)
                .check(CLASSES);
    }

    @Test
    void classesAreFinalUnlessMadeForMore() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void nothingWritesToTheConsole() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
