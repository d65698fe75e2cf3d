package dev.slipway.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `docs/architecture.puml` and the rules a diagram cannot draw.
class ArchitectureTest {
    private static final Path DIAGRAM = Path.of("docs/architecture.puml");

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.slipway");

    private static ArchRule asDrawnIn(Path diagram) throws java.io.IOException {
        return classes()
                .should(
                        adhereToPlantUmlDiagram(
                                diagram.toUri().toURL(),
                                consideringOnlyDependenciesInAnyPackage("dev.slipway..")))
                .because("docs/architecture.puml says who may know whom");
    }

    @Test
    void theImportIsNotEmpty() {
        assertThat(OURS.size()).isGreaterThan(20);
    }

    @Test
    void packagesKnowEachOtherAsDrawn() throws Exception {
        asDrawnIn(DIAGRAM).check(OURS);
    }

    /// A rule that cannot fail proves nothing: the same picture without one arrow must be refused.
    @Test
    void thePictureWithoutAnArrowTheCodeNeedsIsRefused(@TempDir Path folder) throws Exception {
        var drawn = Files.readString(DIAGRAM);
        var missing = drawn.replace("[http] --> [domain]\n", "");
        assertThat(missing).isNotEqualTo(drawn);

        var rule = asDrawnIn(Files.writeString(folder.resolve("broken.puml"), missing));

        assertThatThrownBy(() -> rule.check(OURS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dev.slipway.http");
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching("dev.slipway.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void javaFxStaysUnderUi() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.ui..")
                .should()
                .dependOnClassesThat(resideInAPackage("javafx.."))
                .because("services work without a toolkit, for the command line and the tests")
                .check(OURS);
    }

    @Test
    void okHttpStaysInHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.http..")
                .should()
                .dependOnClassesThat(resideInAPackage("okhttp3.."))
                .because("one transport decides what is sent once and what may be sent again")
                .check(OURS);
    }

    @Test
    void theDomainKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.slipway.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.slipway.domain..", "java..", "org.jspecify..")
                .because("everyone sees the domain")
                .check(OURS);
    }

    @Test
    void timeIsAskedOfAClockThatIsHandedIn() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.sandbox..", "dev.slipway.app..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("a simulation and a test bring their own time")
                .check(OURS);
    }

    @Test
    void onlyTheEdgesPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.cli..", "dev.slipway.app..", "dev.slipway")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("standard output is the command line's contract")
                .check(OURS);
    }
}
