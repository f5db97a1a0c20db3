package org.zegel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which library may be used where. A library that is not in the table may be used nowhere: add a line, and an ADR. */
class LibraryFencesTest {
    private static final JavaClasses CLASSES = House.classes();

    private record Fence(String packages, Set<String> parts) {}

    private static final List<Fence> FENCES = List.of(
            new Fence("org.jspecify", Set.of("*")),
            new Fence("org.slf4j", Set.of("*")),
            new Fence("java", Set.of("*")),
            new Fence("javax", Set.of("*")),
            new Fence("jdk", Set.of("app")),
            new Fence("jdk.net", Set.of("door.socket", "app")),
            new Fence("com.sun", Set.of("app")),
            new Fence("java.awt", Set.of("consent.dialog", "app")),
            new Fence("javax.swing", Set.of("consent.dialog", "app")),
            new Fence("com.formdev.flatlaf", Set.of("consent.dialog", "app")),
            new Fence("java.sql", Set.of("database", "directory", "consent", "audit", "trust")),
            new Fence("org.sqlite", Set.of("database")),
            new Fence("picocli", Set.of("app")),
            new Fence("io.javalin", Set.of("door.http")),
            new Fence("org.eclipse.jetty", Set.of("door.http")),
            new Fence("jakarta.servlet", Set.of("door.http")),
            new Fence("kotlin", Set.of("door.http")),
            new Fence("tools.jackson", Set.of("protocol", "app")),
            new Fence("com.fasterxml.jackson.annotation", Set.of("protocol", "app")),
            new Fence("org.freedesktop.dbus", Set.of("app")),
            new Fence("com.sun.jna", Set.of("store.*", "app")),
            new Fence("org.bouncycastle", Set.of("smime", "trust", "directory", "store.*")),
            new Fence("org.bouncycastle.cms", Set.of("smime")),
            new Fence("org.bouncycastle.mime", Set.of("smime")),
            new Fence("org.bouncycastle.mail", Set.of("smime")));

    @Test
    void librariesStayWhereTheyBelong() {
        assertThat(House.dependencies(CLASSES)
                        .filter(edge -> !isPrimitive(House.target(edge)))
                        .filter(edge -> !House.isOurs(House.target(edge)))
                        .filter(edge -> !isAllowed(House.partOf(edge.getOriginClass()), House.target(edge)))
                        .map(Dependency::getDescription))
                .as("uses of a library outside its fence (LibraryFencesTest.FENCES)")
                .isEmpty();
    }

    @Test
    void modelNeedsTheJdkAlone() {
        assertThat(House.dependencies(CLASSES)
                        .filter(edge -> House.partOf(edge.getOriginClass()).equals("model"))
                        .map(edge -> House.target(edge).getPackageName())
                        .distinct())
                .allMatch(name -> name.isEmpty()
                        || name.matches(
                                "(java|javax\\.security\\.auth\\.x500|org\\.jspecify|org\\.zegel\\.model)(\\..*)?"));
    }

    @Test
    void standardStreamsBelongToTheCommandLineAndNativeMessaging() {
        assertThat(CLASSES.stream()
                        .filter(type -> !House.isOneOf(House.partOf(type), Set.of("door.nativemessaging", "app")))
                        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                        .filter(access -> isStandardStream(access.getTarget()))
                        .map(JavaFieldAccess::getDescription))
                .as("System.in, out and err outside the command line and native messaging; log with SLF4J")
                .isEmpty();
    }

    @Test
    void theNarrowestFenceCounts() {
        assertThat(fenceOf("org.bouncycastle.cms.jcajce").parts()).containsExactly("smime");
        assertThat(fenceOf("org.bouncycastle.asn1.cms").parts()).contains("trust");
        assertThat(fenceOf("com.sun.jna.platform").parts()).contains("store.*");
        assertThat(fenceOf("org.example").parts()).isEmpty();
        assertThat(fenceOf("javalin").parts()).isEmpty();
    }

    private static boolean isAllowed(String part, JavaClass type) {
        return House.isOneOf(part, fenceOf(type.getPackageName()).parts());
    }

    private static Fence fenceOf(String packageName) {
        return FENCES.stream()
                .filter(fence -> (packageName + ".").startsWith(fence.packages() + "."))
                .max(Comparator.comparingInt(fence -> fence.packages().length()))
                .orElse(new Fence(packageName, Set.of()));
    }

    private static boolean isPrimitive(JavaClass type) {
        return type.isPrimitive();
    }

    private static boolean isStandardStream(FieldAccessTarget field) {
        return field.getOwner().isEquivalentTo(System.class)
                && Set.of("in", "out", "err").contains(field.getName());
    }
}
