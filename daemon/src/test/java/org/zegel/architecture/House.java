package org.zegel.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parts of the house and the edges allowed between them. A part is a package below org.zegel with all its
 * sub-packages, except that every door, operation and store backend, and the dialogs, are parts of their own.
 */
final class House {
    static final String ROOT = "org.zegel";

    /** Parts whose sub-packages are parts of their own; a line "door.*" below stands for each of them. */
    private static final Set<String> SPLIT = Set.of("door", "operation", "store");

    /** Part -> parts it may use; its own line counts before that of its kind. "*" is all. What is not here is not allowed. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("app", Set.of("*")),
            Map.entry("door", Set.of("dispatch", "protocol", "content", "event", "model")),
            Map.entry("door.*", Set.of("door", "dispatch", "protocol", "content", "event", "model")),
            Map.entry("dispatch", Set.of("operation", "operation.*", "consent", "protocol", "content", "model")),
            Map.entry(
                    "operation",
                    Set.of("smime", "trust", "store", "directory", "consent", "content", "audit", "event", "model")),
            Map.entry(
                    "operation.*",
                    Set.of(
                            "operation",
                            "smime",
                            "trust",
                            "store",
                            "directory",
                            "consent",
                            "content",
                            "audit",
                            "event",
                            "model")),
            Map.entry("smime", Set.of("store", "content", "model")),
            Map.entry("trust", Set.of("smime", "store", "content", "database", "model")),
            Map.entry("directory", Set.of("store", "content", "database", "model")),
            Map.entry("store", Set.of("consent", "event", "model")),
            Map.entry("store.*", Set.of("store", "consent", "model")),
            Map.entry("store.cryptoki", Set.of("model")),
            Map.entry("store.token", Set.of("store.cryptoki", "store", "consent", "model")),
            Map.entry("store.pkcs11", Set.of("store.token", "store.cryptoki", "store", "consent", "model")),
            Map.entry("store.nss", Set.of("store.token", "store.cryptoki", "store", "consent", "model")),
            Map.entry("consent", Set.of("database", "model")),
            Map.entry("consent.dialog", Set.of("consent", "model")),
            Map.entry("audit", Set.of("database", "model")),
            Map.entry("protocol", Set.of("model")),
            Map.entry("content", Set.of("model")),
            Map.entry("event", Set.of("model")),
            Map.entry("database", Set.of("model")),
            Map.entry("model", Set.of()),
            Map.entry("", Set.of()));

    private House() {}

    /** The product's classes, without the tests'. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    /** The part a package belongs to, such as "smime" or "store.pkcs11"; "" for org.zegel itself. */
    static String partOf(String packageName) {
        if (packageName.equals(ROOT)) {
            return "";
        }
        String[] names = packageName.substring(ROOT.length() + 1).split("\\.", -1);
        if (names.length > 1 && (SPLIT.contains(names[0]) || (names[0] + "." + names[1]).equals("consent.dialog"))) {
            return names[0] + "." + names[1];
        }
        return names[0];
    }

    static String partOf(JavaClass type) {
        return partOf(type.getPackageName());
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    static boolean mayUse(String part, String other) {
        if (part.equals(other)) {
            return true;
        }
        Set<String> allowed = MAY_USE.getOrDefault(part, MAY_USE.getOrDefault(kindOf(part), Set.of()));
        return allowed.contains("*") || allowed.contains(other) || allowed.contains(kindOf(other));
    }

    /** Is this part, or its kind, in one of these names ("door.http", "store.*")? */
    static boolean isOneOf(String part, Set<String> names) {
        return names.contains("*") || names.contains(part) || names.contains(kindOf(part));
    }

    static boolean isKnown(String part) {
        return MAY_USE.containsKey(kindOf(part));
    }

    /** What the product's classes use, arrays unwrapped. */
    static Stream<Dependency> dependencies(JavaClasses classes) {
        return classes.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    private static String kindOf(String part) {
        int dot = part.indexOf('.');
        return dot > 0 && SPLIT.contains(part.substring(0, dot)) ? part.substring(0, dot) + ".*" : part;
    }
}
