package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;

class PolicyWatchTest {
    @TempDir
    Path home;

    @Test
    void aLineIsWrittenWhenThePolicyIsAnotherThanBefore() throws Exception {
        String one = "11".repeat(32);
        try (Database database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA))) {
            AuditLog log = new AuditLog(database, Clock.systemUTC());
            PolicyWatch watch = new PolicyWatch(database, log);
            watch.inForce(null, List.of());
            watch.inForce(one, List.of("trust.offline", "clients.allowed"));
            watch.inForce(one, List.of("trust.offline", "clients.allowed"));
            watch.inForce("22".repeat(32), List.of("trust.offline"));
            watch.inForce(null, List.of());
            watch.inForce(null, List.of());
            watch.inForce(one, List.of("trust.offline", "clients.allowed"));

            assertThat(log.from(1))
                    .allSatisfy(line -> assertThat(line.event().operation()).isEqualTo("policy.change"))
                    .extracting(line -> line.event().detail())
                    .containsExactly(
                            "trust.offline clients.allowed",
                            "trust.offline",
                            "no policy",
                            "trust.offline clients.allowed");
            assertThat(log.from(1).getFirst().event().digest()).isEqualTo(one);
            assertThat(log.verify().whole()).isTrue();
        }
    }
}
