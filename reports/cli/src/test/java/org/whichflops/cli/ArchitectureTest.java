package org.whichflops.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrow: engine &lt;- conventions &lt;- reports. It never turns round. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.whichflops");

  @Test
  void classes_wereFound() {
    assertThat(ALL.size()).isGreaterThan(150);
  }

  @Test
  void engineCore_dependsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("org.whichflops.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.whichflops.engine..", "java..", "org.jspecify.annotations")
        .check(ALL);
  }

  @Test
  void zoo_dependsOnTheEngineAlone() {
    classes()
        .that()
        .resideInAPackage("org.whichflops.zoo..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.whichflops.zoo..", "org.whichflops.engine..", "java..", "org.jspecify.annotations")
        .check(ALL);
  }

  @Test
  void conventions_knowNeitherModelsNorReports() {
    noClasses()
        .that()
        .resideInAPackage("org.whichflops.convention..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.whichflops.zoo..", "org.whichflops.report..", "org.whichflops.cli..")
        .check(ALL);
  }

  @Test
  void conventions_doNotKnowEachOther() {
    slices().matching("org.whichflops.convention.(*)..").should().notDependOnEachOther().check(ALL);
  }

  @Test
  void reports_nameNoConvention() {
    noClasses()
        .that()
        .resideInAnyPackage("org.whichflops.report..", "org.whichflops.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.whichflops.convention.*..")
        .check(ALL);
  }

  @Test
  void conventionFiles_knowNoConventionAndNoReport() {
    noClasses()
        .that()
        .resideInAPackage("org.whichflops.custom..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.whichflops.convention.*..",
            "org.whichflops.zoo..",
            "org.whichflops.report..",
            "org.whichflops.cli..")
        .check(ALL);
  }

  @Test
  void tables_knowNothingOfNetworks() {
    noClasses()
        .that()
        .resideInAPackage("org.whichflops.report.table..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.whichflops.engine..", "org.whichflops.zoo..", "org.whichflops.convention..")
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.whichflops.engine.(*)..",
        "org.whichflops.zoo.(*)..",
        "org.whichflops.report.(*)..",
        "org.whichflops.(*).."
      })
  void packages_haveNoCycles(String pattern) {
    slices().matching(pattern).should().beFreeOfCycles().check(ALL);
  }

  @Test
  void standardStreams_belongToTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.whichflops.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ALL);
  }
}
