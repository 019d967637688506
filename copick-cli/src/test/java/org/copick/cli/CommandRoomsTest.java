package org.copick.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Tests of the packages of the command: {@code Main} depends on commands, commands on shared packages. */
final class CommandRoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.copick.cli");

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.copick.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingKnowsTheEntry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.copick.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.copick.cli")
                .check(CLASSES);
    }

    @Test
    void commandsOfOneKindDoNotKnowThoseOfAnother() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("entry")
                .definedBy("org.copick.cli")
                .layer("look")
                .definedBy("org.copick.cli.look..")
                .layer("change")
                .definedBy("org.copick.cli.change..")
                .layer("exchange")
                .definedBy("org.copick.cli.exchange..")
                .layer("project")
                .definedBy("org.copick.cli.project..")
                .whereLayer("entry")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("look")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("change")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("exchange")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("project")
                .mayOnlyBeAccessedByLayers("entry")
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
}
