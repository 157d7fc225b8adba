package io.sparknn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of the house as rules: which package may see which, where Spark may be seen, what a class looks like. */
@Tag("fast")
final class ArchitectureTest {
    private static final String ROOT = "io.sparknn.";

    /** Each package with those of ours that it may see. A new package is entered here, or the first test below fails. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            entry("tensor", Set.of()),
            entry("optim", Set.of("tensor")),
            entry("format", Set.of("tensor")),
            entry("serve", Set.of("tensor", "format")),
            entry("nn.plan", Set.of()),
            entry("nn", Set.of("tensor", "format", "nn.plan")),
            entry("onnx", Set.of("tensor", "format", "nn", "nn.layers")),
            entry("nn.layers", Set.of("tensor", "nn")),
            entry("nn.check", Set.of("tensor", "nn")),
            entry("nn.loss", Set.of("tensor")),
            entry("train.net", Set.of()),
            entry("train.rows", Set.of("tensor", "nn")),
            entry("train", Set.of("tensor", "format", "nn", "nn.loss", "optim", "train.net", "train.rows")),
            entry(
                    "ml",
                    Set.of("tensor", "optim", "format", "nn", "nn.layers", "nn.loss", "serve", "train", "train.rows")));

    private static final String[] WITHOUT_SPARK = {
        ROOT + "tensor", ROOT + "optim", ROOT + "format", ROOT + "serve", ROOT + "nn.loss"
    };

    private static final String[] SPARK = {
        "org.apache.spark..", "org.apache.hadoop..", "scala..", "com.esotericsoftware.kryo.."
    };

    private static JavaClasses library;

    @BeforeAll
    static void readClassFiles() throws URISyntaxException {
        library = new ClassFileImporter()
                .importPath(Path.of(Shape.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()));
    }

    @Test
    void everyPackageIsInThePlan() {
        assertThat(packages().map(name -> name.substring(ROOT.length()))).isSubsetOf(MAY_SEE.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plan")
    void aPackageSeesOnlyThoseBelowIt(String name, Set<String> allowed) {
        DescribedPredicate<JavaClass> others = describe(
                "are ours and not in " + allowed,
                seen -> seen.getPackageName().startsWith(ROOT)
                        && !seen.getPackageName().equals(ROOT + name)
                        && !allowed.contains(seen.getPackageName().substring(ROOT.length())));
        noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat(others)
                .allowEmptyShould(true) // packages of later chapters
                .check(library);
    }

    static Stream<Object[]> plan() {
        return MAY_SEE.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry ->
                new Object[] {entry.getKey(), entry.getValue()});
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(library);
    }

    /** So that tensors, losses, optimisers and weights files can be used where no Spark is. */
    @Test
    void sparkIsSeenByNetworksAndTrainingOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_SPARK)
                .should()
                .dependOnClassesThat(resideInAnyPackage(SPARK))
                .check(library);
    }

    /** One jar, nothing beside it: what is not Java's own comes with every Spark of the supported lines. */
    @Test
    void theLibraryNeedsNothingThatSparkDoesNotBring() {
        String[] brought = {
            "java..", "jdk.incubator.vector..", "org.slf4j..", "io.netty..", "dev.ludovic.netlib..", ROOT + "."
        };
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(brought).or(resideInAnyPackage(SPARK)))
                .check(library);
    }

    @Test
    void nothingWritesToTheStandardStreams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(library);
    }

    @Test
    void nothingThrowsAnExceptionThatSaysNothing() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(library);
    }

    /**
     * A class is made to be extended or made to be used, never both. The one exception is {@code Tensor}: a {@code
     * Parameter} is a tensor, so that {@code x.matmul(weight)} needs no conversion.
     */
    @Test
    void classesAreAbstractOrFinal() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .and()
                .areNotEnums() // one whose constants have bodies is not final in its class file
                .and()
                .doNotHaveFullyQualifiedName(Tensor.class.getName())
                .should()
                .haveModifier(ABSTRACT)
                .orShould()
                .haveModifier(FINAL)
                .check(library);
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        assertThat(packages()).allSatisfy(name -> assertThat(library.contain(name + ".package-info"))
                .as("package-info of %s", name)
                .isTrue());
    }

    private static Stream<String> packages() {
        return library.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()).stream();
    }
}
