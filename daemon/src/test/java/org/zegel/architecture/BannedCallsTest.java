package org.zegel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BannedCallsTest {
    /** Where an interface of the JDK or of Bouncy Castle speaks in java.util.Date. */
    private static final Set<String> MAY_USE_DATE =
            Set.of("model", "smime", "trust", "directory", "store", "store.*", "consent.dialog");

    private static final JavaClasses CLASSES = House.classes();

    @Test
    void nobodyCallsWhatIsBanned() {
        assertThat(BannedCalls.in(CLASSES)).isEmpty();
    }

    @Test
    void dateIsUsedOnlyWhereAnInterfaceForcesIt() {
        assertThat(House.dependencies(CLASSES)
                        .filter(edge -> House.target(edge).isEquivalentTo(Date.class))
                        .filter(edge -> !House.isOneOf(House.partOf(edge.getOriginClass()), MAY_USE_DATE))
                        .map(Dependency::getDescription))
                .as("java.util.Date is mutable and has no time zone; use Instant")
                .isEmpty();
    }

    @Test
    void findsWhatIsBanned() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

        assertThat(BannedCalls.in(offender))
                .hasSize(4)
                .anyMatch(line -> line.contains("getBytes()"))
                .anyMatch(line -> line.contains("defaultCharset()"))
                .anyMatch(line -> line.contains("Instant.now()"))
                .anyMatch(line -> line.contains("java.io.File"));
    }

    /** Not a test: something to be found. */
    @SuppressWarnings({"unused", "DefaultCharset", "JavaInstantGetSecondsGetNano"})
    private static final class Offender {
        private final byte[] bytes = "text".getBytes();
        private final Supplier<Charset> charset = Charset::defaultCharset;
        private final Instant instant = Instant.now();
        private final File file = new File("name");
        private final byte[] fine = "text".getBytes(StandardCharsets.UTF_8);

        private Instant fineToo(Clock clock) {
            return Instant.now(clock);
        }
    }
}
