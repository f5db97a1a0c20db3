package org.zegel.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls that the product does not make, why, and what to use instead. */
final class BannedCalls {
    private static final String NEW = "<init>";

    private static final String CHARSET = "depends on the machine's character set; name one, such as UTF_8 or US_ASCII";
    private static final String CLOCK = "reads the machine's clock, which tests cannot turn; take an injected Clock";
    private static final String RANDOM = "is predictable; use SecureRandom";
    private static final String LOCALE = "depends on the person's language; pass Locale.ROOT";

    /** A method, or "<init>"; exact parameter types (simple names), or "*" for any; parts where it is allowed. */
    private record Ban(String owner, String name, String parameters, String reason, Set<String> allowed) {
        Ban(String owner, String name, String parameters, String reason) {
            this(owner, name, parameters, reason, Set.of());
        }

        boolean matches(CodeUnitAccessTarget target) {
            return target.getOwner().getName().equals(owner)
                    && target.getName().equals(name)
                    && (parameters.equals("*") || parameters.equals(parametersOf(target)));
        }
    }

    private static final List<Ban> BANS = List.of(
            new Ban("java.lang.String", "getBytes", "", CHARSET),
            new Ban("java.lang.String", NEW, "byte[]", CHARSET),
            new Ban("java.lang.String", NEW, "byte[],int,int", CHARSET),
            new Ban("java.io.InputStreamReader", NEW, "InputStream", CHARSET),
            new Ban("java.io.OutputStreamWriter", NEW, "OutputStream", CHARSET),
            new Ban("java.io.PrintStream", NEW, "OutputStream", CHARSET),
            new Ban("java.io.PrintStream", NEW, "OutputStream,boolean", CHARSET),
            new Ban("java.io.PrintWriter", NEW, "OutputStream", CHARSET),
            new Ban("java.io.PrintWriter", NEW, "OutputStream,boolean", CHARSET),
            new Ban("java.io.ByteArrayOutputStream", "toString", "", CHARSET),
            new Ban("java.util.Scanner", NEW, "InputStream", CHARSET),
            new Ban("java.io.FileReader", NEW, "*", "use Files.newBufferedReader with a character set"),
            new Ban("java.io.FileWriter", NEW, "*", "use Files.newBufferedWriter with a character set"),
            new Ban("java.nio.charset.Charset", "defaultCharset", "*", CHARSET),
            new Ban("java.lang.String", "toLowerCase", "", LOCALE),
            new Ban("java.lang.String", "toUpperCase", "", LOCALE),
            new Ban("java.time.Instant", "now", "", CLOCK, Set.of("app")),
            new Ban("java.time.LocalDate", "now", "", CLOCK, Set.of("app")),
            new Ban("java.time.LocalDateTime", "now", "", CLOCK, Set.of("app")),
            new Ban("java.time.OffsetDateTime", "now", "", CLOCK, Set.of("app")),
            new Ban("java.time.ZonedDateTime", "now", "", CLOCK, Set.of("app")),
            new Ban("java.time.Clock", "systemUTC", "", CLOCK, Set.of("app")),
            new Ban("java.time.Clock", "systemDefaultZone", "", CLOCK, Set.of("app")),
            new Ban("java.lang.System", "currentTimeMillis", "", CLOCK, Set.of("app")),
            new Ban("java.util.Date", NEW, "", CLOCK),
            new Ban("java.util.Random", NEW, "*", RANDOM),
            new Ban("java.lang.Math", "random", "*", RANDOM),
            new Ban("java.util.concurrent.ThreadLocalRandom", "current", "*", RANDOM),
            new Ban(
                    "java.security.SecureRandom",
                    "getInstanceStrong",
                    "*",
                    "may block for minutes; use new SecureRandom()"),
            new Ban(
                    "java.security.Security",
                    "addProvider",
                    "*",
                    "changes every caller; pass the Provider to getInstance"),
            new Ban(
                    "java.security.Security",
                    "insertProviderAt",
                    "*",
                    "changes every caller; pass the Provider to getInstance"),
            new Ban("java.io.ObjectInputStream", NEW, "*", "runs what it reads; use the protocol's JSON or ASN.1"),
            new Ban("java.io.File", NEW, "*", "loses errors; use Path and Files"),
            new Ban("java.lang.Runtime", "exec", "*", "splits arguments at spaces; use ProcessBuilder with a list"),
            new Ban("java.lang.System", "exit", "*", "ends everybody's work; throw, or return a status", Set.of("app")),
            new Ban("java.lang.Throwable", "printStackTrace", "", "writes to the standard streams; log with SLF4J"));

    private BannedCalls() {}

    /** One line for each banned call in these classes. */
    static List<String> in(Iterable<JavaClass> classes) {
        Stream.Builder<String> found = Stream.builder();
        for (JavaClass type : classes) {
            String part = House.partOf(type);
            for (var access : type.getCodeUnitAccessesFromSelf()) {
                BANS.stream()
                        .filter(ban -> ban.matches(access.getTarget()))
                        .filter(ban -> !House.isOneOf(part, ban.allowed()))
                        .forEach(ban -> found.add(access.getDescription() + ": " + ban.reason()));
            }
        }
        return found.build().toList();
    }

    private static String parametersOf(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().stream()
                .map(JavaClass::getSimpleName)
                .collect(Collectors.joining(","));
    }
}
