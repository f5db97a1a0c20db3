package org.zegel.architecture;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** docs/THREAT_MODEL.md claims nothing that no test shows: every test it names is there, and every defence names one. */
class ThreatModelTest {
    private static final Path PAGE = Path.of(System.getProperty("zegel.root", ".."), "docs", "THREAT_MODEL.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|Properties))\\.(\\w+)`");
    private static final String HEADING = "| attack | defence | test |";

    /** Several classes may have one name in different packages. */
    private static final Map<String, List<JavaClass>> TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages(House.ROOT).stream()
                    .filter(type -> !type.isNestedClass())
                    .collect(groupingBy(JavaClass::getSimpleName));

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<MatchResult> named =
                NAMED.matcher(Files.readString(PAGE)).results().toList();
        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named.stream()
                        .filter(name -> !isTest(name.group(1), name.group(2)))
                        .map(MatchResult::group))
                .as("named, but no test")
                .isEmpty();
    }

    @Test
    void everyDefenceNamesATest() throws IOException {
        List<String> rows = rows(Files.readAllLines(PAGE));
        assertThat(rows).hasSizeGreaterThan(50);
        assertThat(rows).allSatisfy(row -> {
            String[] cells = row.split("\\|", -1);
            assertThat(cells).as(row).hasSize(5);
            assertThat(NAMED.matcher(cells[3]).find()).as(row).isTrue();
        });
    }

    @Test
    void aTestThatIsNotThereIsFound() {
        assertThat(isTest("ThreatModelTest", "aTestThatIsNotThereIsFound")).isTrue();
        assertThat(isTest("ThreatModelTest", "isTest")).isFalse();
        assertThat(isTest("ThreatModelTest", "nothing")).isFalse();
        assertThat(isTest("NothingTest", "nothing")).isFalse();
    }

    /** The rows of all tables of attacks. */
    private static List<String> rows(List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(at -> lines.get(at).equals(HEADING))
                .boxed()
                .flatMap(at -> lines.subList(at + 2, lines.size()).stream().takeWhile(line -> line.startsWith("|")))
                .toList();
    }

    private static boolean isTest(String type, String method) {
        return TESTS.getOrDefault(type, List.of()).stream()
                .map(JavaClass::reflect)
                .flatMap(ThreatModelTest::withSuperclasses)
                .flatMap(found -> Arrays.stream(found.getDeclaredMethods()))
                .anyMatch(found ->
                        found.getName().equals(method) && AnnotationSupport.isAnnotated(found, Testable.class));
    }

    private static Stream<Class<?>> withSuperclasses(Class<?> type) {
        return Stream.iterate(type, found -> found != null, Class::getSuperclass);
    }
}
