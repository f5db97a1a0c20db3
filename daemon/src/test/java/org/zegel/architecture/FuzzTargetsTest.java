package org.zegel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jazzer fuzzes one test in a JVM, and the build gives each class one: a second one would silently not be fuzzed. */
class FuzzTargetsTest {
    private static final List<JavaMethod> TARGETS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages(House.ROOT).stream()
                    .flatMap(type -> type.getMethods().stream())
                    .filter(method -> method.isAnnotatedWith(FuzzTest.class))
                    .toList();

    @Test
    void eachIsAloneInAClassThatTheBuildFuzzes() {
        assertThat(TARGETS.stream().map(JavaMethod::getOwner).map(JavaClass::getName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.endsWith("FuzzTest"));
    }

    @Test
    void eachEnds() {
        assertThat(TARGETS)
                .allMatch(method ->
                        method.getAnnotationOfType(FuzzTest.class).maxDuration().matches("([1-9]|[1-5][0-9])s"));
    }
}
